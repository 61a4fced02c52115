"""Statements that go to SQLite's driver as they are answer like any other, and as every database does."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select

from mykyivstar.db.database import Database
from mykyivstar.db.prepared import SHORTCUT, Prepared, ask
from mykyivstar.db.statements import table_of
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.models import Brand, Line, LineState
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import make_line, make_person

PAID_UNTIL = datetime(2027, 1, 31, 22, tzinfo=UTC)
_line, _profile = table_of(Line).c, table_of(Profile).c
LINES = Prepared(
    select(_line.msisdn, _line.brand, _line.state.label("condition"), _line.valid_until)
    .where(_line.msisdn >= bindparam("least", type_=_line.msisdn.type))
    .order_by(_line.msisdn)
    .limit(2)
)
LOGINS = Prepared(select(_profile.login))
SINCE = Prepared(select(_line.id).where(_line.valid_until > bindparam("moment", type_=_line.valid_until.type)))


async def put_lines(database: Database) -> None:
    async with database.unit_of_work() as session:
        await make_line(session, "380671000001", valid_until=PAID_UNTIL)
        await make_line(session, "380671000002", brand=Brand.DJUICE)
        await make_line(session, "380671000003")
        await make_person(session)


async def test_columns_are_our_values_and_have_names(database: Database) -> None:
    await put_lines(database)
    async with database.reading() as session:
        [rows] = await ask(session, (LINES, {"least": Msisdn("380671000001")}))
    assert [tuple(row) for row in rows] == [
        (Msisdn("380671000001"), Brand.KYIVSTAR, LineState.ACTIVE, PAID_UNTIL),
        (Msisdn("380671000002"), Brand.DJUICE, LineState.ACTIVE, None),
    ]
    assert rows[0].condition is LineState.ACTIVE


async def test_parameters_are_our_values(database: Database) -> None:
    await put_lines(database)
    async with database.reading() as session:
        [[first, *_]] = await ask(session, (LINES, {"least": Msisdn("380671000003")}))
        [later] = await ask(session, (SINCE, {"moment": PAID_UNTIL}))
    assert first.msisdn == Msisdn("380671000003")
    assert list(later) == []


async def test_several_are_answered_in_their_order(database: Database) -> None:
    await put_lines(database)
    async with database.reading() as session:
        lines, logins = await ask(session, (LINES, {"least": Msisdn("380671000003")}), (LOGINS, {}))
    assert (len(lines), [row.login for row in logins]) == (1, ["olena"])


async def test_what_was_committed_is_seen_at_once(database: Database) -> None:
    async with database.reading() as session:
        assert await ask(session, (LOGINS, {})) == [[]]
        await put_lines(database)
        [logins] = await ask(session, (LOGINS, {}))
    assert [row.login for row in logins] == ["olena"]


async def test_in_a_transaction_its_own_changes_are_seen_and_nobody_elses(database: Database) -> None:
    async with database.unit_of_work() as session:
        session.add(Profile(login="mine", login_key="mine", created_at=PAID_UNTIL))
        [mine] = await ask(session, (LOGINS, {}))
        async with database.reading() as other:
            [theirs] = await ask(other, (LOGINS, {}))
    assert ([row.login for row in mine], list(theirs)) == (["mine"], [])


async def test_a_session_that_has_read_goes_on_with_what_it_has_seen(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.reading() as session:
        assert (await (await session.connection()).execute(LOGINS.statement)).all() == []
        await put_lines(database)
        assert await ask(session, (LOGINS, {})) == [[]]
    await database.dispose()


async def test_the_shortcut_cannot_write(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.reading() as session:
        with pytest.raises(Exception, match="readonly"):
            session.info[SHORTCUT].rows("DELETE FROM profile")
    await database.dispose()


async def test_a_session_that_only_asked_serves_the_next_reader(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.reading() as first:
        await ask(first, (LOGINS, {}))
    async with database.reading() as second:
        assert second is first
        await second.connection()
    async with database.reading() as third:
        assert third is not second
    await database.dispose()


def test_a_list_is_no_parameter() -> None:
    listed = Prepared(select(_line.id).where(_line.msisdn.in_(bindparam("some", expanding=True))))
    with pytest.raises(AssertionError, match="each length"):
        _ = listed._for_sqlite
