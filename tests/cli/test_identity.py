"""Issuing temporary passwords from the command line: A5."""

import asyncio

import pytest
from click.testing import CliRunner
from sqlmodel import select

from mykyivstar import wiring
from mykyivstar.cli import main
from mykyivstar.db.database import Database
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.clock import FixedClock
from tests.domain.identity.conftest import ACCOUNT, OLENA, World


@pytest.fixture
def database(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with Olena's internet account; each command has a loop of its own, as at the command line."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)

    async def prepare() -> None:
        await World(database, clock).account()
        await database.dispose()

    asyncio.run(prepare())
    return database


def sent(database: Database) -> list[SmsMessage]:
    async def read() -> list[SmsMessage]:
        async with database.reading() as session:
            found = list(await session.exec(select(SmsMessage)))
        await database.dispose()
        return found

    return asyncio.run(read())


def test_the_password_goes_by_sms_and_is_not_printed(database: Database) -> None:
    done = CliRunner().invoke(main, ["issue-temporary-password", ACCOUNT, "--language", "ru"])
    assert done.exit_code == 0, done.output
    [sms] = sent(database)
    assert (sms.to, sms.language.value, sms.params["login"]) == (OLENA, "ru", ACCOUNT)
    assert done.output == f"Login {ACCOUNT}: the temporary password is on its way by SMS and works for 3 days.\n"
    assert sms.params["password"] not in done.output


def test_it_is_shown_when_asked_for(database: Database) -> None:
    done = CliRunner().invoke(main, ["issue-temporary-password", ACCOUNT, "--login", "Kovalenko", "--show"])
    [sms] = sent(database)
    assert done.output.splitlines()[1] == f"Password: {sms.params['password']}"
    assert sms.params["login"] == "Kovalenko"


def test_an_unknown_account_is_refused_in_a_sentence(database: Database) -> None:
    done = CliRunner().invoke(main, ["issue-temporary-password", "0000000000"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: We could not find this.")
    assert sent(database) == []
