"""`mykyivstar faults …`: requests listed, confirmed, called off and done; technicians' time."""

import asyncio

import pytest
from click.testing import CliRunner, Result

from mykyivstar import wiring
from mykyivstar.cli import main
from mykyivstar.db.database import Database
from mykyivstar.domain.faults import requests, visits
from mykyivstar.domain.faults.models import Symptom
from mykyivstar.domain.faults.requests import Asked
from mykyivstar.domain.faults.terms import VisitTerms
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.faults.conftest import ADDRESS, MONDAY_NOON
from tests.factories.people import hold, make_account, make_line, make_person

TERMS = VisitTerms()


@pytest.fixture
def code(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> str:
    """A request with a visit on Monday at noon."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)

    async def prepare() -> str:
        async with database.unit_of_work() as session:
            actor, account = await make_person(session), await make_account(session, address=ADDRESS)
            await hold(session, actor, await make_line(session))
            await hold(session, actor, account, position=1)
            asked = Asked("form", account.id or 0, Symptom.DROPS, "Щовечора", Msisdn("380671000001"))
            request = await requests.ask(session, actor, asked, terms=TERMS, at=clock.now())
            await visits.book(session, actor, request.code, MONDAY_NOON, terms=TERMS, at=clock.now())
        await database.dispose()
        return request.code

    return asyncio.run(prepare())


def faults(*words: str) -> Result:
    return CliRunner().invoke(main, ["faults", *words])


def test_a_request_is_listed_with_all_that_a_technician_needs(code: str) -> None:
    [line] = faults("list").output.splitlines()
    for part in (code, "booked", "0004477622", ADDRESS, "drops", "+380671000001", "2026-11-23 12:00-15:00", "Щовечора"):
        assert part in line


def test_it_is_confirmed_called_off_and_done(code: str) -> None:
    assert faults("confirm", code.lower()).output == f"{code} is confirmed.\n"
    assert faults("call-off", code, "--note", "Хворий").output == f"{code} is open.\n"
    refused = faults("confirm", code)
    assert (refused.exit_code, "No visit is chosen" in refused.output) == (1, True)
    assert faults("done", code, "--note", "Замінено кабель").output == f"{code} is done.\n"
    assert faults("list").output == ""
    assert code in faults("list", "--all").output
    assert faults("done", code).exit_code == 1


def test_the_time_of_technicians_is_set_and_not_below_what_is_booked(code: str) -> None:
    assert faults("slots", "м. Київ", "2026-11-23", "15", "5").output == "київ  2026-11-23 15:00  0 of 5\n"
    refused = faults("slots", "Київ", "2026-11-23", "12", "0")
    assert (refused.exit_code, "1 visits are booked" in refused.output) == (1, True)
    assert faults("slots", "Київ", "2026-11-22", "12", "3").exit_code == 1


def test_an_unknown_one_is_refused(code: str) -> None:
    refused = faults("confirm", "NOPE")
    assert (refused.exit_code, "could not find" in refused.output) == (1, True)
