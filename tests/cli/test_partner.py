"""Partners from the command line: D7."""

import asyncio
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from mykyivstar import wiring
from mykyivstar.cli import main
from mykyivstar.db.database import Database
from mykyivstar.domain.partners.keys import KeyId, key_of
from mykyivstar.domain.partners.management import of_code
from mykyivstar.domain.partners.models import Partner
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money

SECRET = b"0123456789abcdef0123456789abcdef"


@pytest.fixture
def database(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Database:
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "secret_key", lambda: SECRET)
    return database


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["partner", *words])
    return done.exit_code, done.output


def kept(database: Database) -> Partner:
    async def read() -> Partner:
        async with database.reading() as session:
            found = await of_code(session, "terminal")
        await database.dispose()
        return found

    return asyncio.run(read())


def test_a_partner_is_added_with_its_limits_and_given_a_key(database: Database) -> None:
    code, output = run("add", "terminal", "Термінали", "--payment-most", "500", "--day-most", "10000")
    key = key_of(SECRET, KeyId("terminal", 1))
    assert (code, output) == (0, f"Key id:  terminal.1\nKey:     {key}\n")
    partner = kept(database)
    assert (partner.name, partner.payment_most, partner.day_most) == ("Термінали", Money.uah(500), Money.uah(10_000))
    assert run("key", "terminal") == (0, output)


def test_a_code_is_used_once_and_looks_like_one(database: Database) -> None:
    run("add", "terminal", "Terminal")
    assert run("add", "terminal", "Again") == (1, "Error: There is a partner with this code already.\n")
    assert run("add", "Terminal.1", "T")[0] == 2
    assert run("key", "nobody") == (1, "Error: There is no partner with this code.\n")


def test_a_key_is_rotated_with_an_overlap_or_at_once(database: Database) -> None:
    run("add", "terminal", "Terminal")
    code, output = run("rotate", "terminal")
    assert code == 0
    assert output.splitlines()[::2] == ["Key id:  terminal.2", "terminal.1 signs until 2026-11-29 12:00 in Kyiv."]
    assert kept(database).previous_key_until == datetime(2026, 11, 29, 10, tzinfo=UTC)
    assert run("rotate", "terminal", "--overlap-days", "0")[1].splitlines()[-1] == "terminal.2 does not sign any more."
    assert kept(database).previous_key_until is None


def test_a_closed_partner_gets_no_more_keys(database: Database) -> None:
    run("add", "terminal", "Terminal")
    assert run("close", "terminal") == (0, "terminal is closed.\n")
    assert run("rotate", "terminal") == (1, "Error: This partner is closed.\n")
    assert run("list") == (
        0,
        "terminal  Terminal  closed 2026-11-22  key 1  payment 5000  day 1000000  requests a minute 600\n",
    )
