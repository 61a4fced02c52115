"""Calls for help leave no trace."""

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.usage.hidden import HIDDEN_NUMBERS, is_hidden
from mykyivstar.domain.usage.ingest import Stored, store
from mykyivstar.domain.usage.models import UsageCategory, UsageMonth, UsageRecord
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.people import make_line


@pytest.mark.parametrize("number", sorted(HIDDEN_NUMBERS))
@pytest.mark.parametrize("written", ["{}", "+380{}", "380{}", "00380{}", " {} ", "+380 {}"])
def test_numbers_for_help_are_hidden_however_they_are_written(number: str, written: str):
    assert is_hidden(written.format(number))


@pytest.mark.parametrize("number", ["116111", "116123", "+380116006"])
def test_helplines_are_hidden(number: str):
    assert is_hidden(number)


@pytest.mark.parametrize(
    "number", ["", "466", "380671000102", "380671120101", "1010", "11", "112112", "Kyivstar", "10"]
)
def test_other_numbers_are_not(number: str):
    assert not is_hidden(number)


async def test_a_call_for_help_is_never_stored(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        line = await make_line(session)
        records = [
            {
                "line_id": line.id,
                "started_at": clock.now(),
                "ref": party,
                "category": UsageCategory.CALL_OFF_NET,
                "quantity": 60,
                "other_party": party,
                "cost": Money.ZERO,
                "rule": "",
            }
            for party in ("112", "+380 103", "380501234567")
        ]
        stored = await store(session, records)
    assert stored == Stored(created=1, hidden=2)
    async with database.reading() as session:
        assert [r.other_party for r in (await session.exec(select(UsageRecord))).all()] == ["380501234567"]
        [month] = (await session.exec(select(UsageMonth))).all()
        assert (month.records, month.quantity) == (1, 60)
