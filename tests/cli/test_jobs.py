"""`mykyivstar jobs run` does a run once, says what it would do, and knows what it can be asked."""

import asyncio
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from mykyivstar import wiring
from mykyivstar.cli import main
from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import FeePeriod, TariffKind
from mykyivstar.kit.clock import FixedClock, kyiv_date
from tests.domain.billing import small_world as world


@pytest.fixture
def books(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A line that can pay its 150, one that cannot, and home internet of 100 since the first of the month."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)

    async def prepare() -> None:
        today = kyiv_date(clock.now())
        async with database.unit_of_work() as session:
            its = await world.tariff(session)
            await world.line(session, its, 200, today)
            await world.line(session, its, 50, today, "380671000002")
            fast = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=FeePeriod.MONTH)
            await world.account(session, fast, 500, today)
        await database.dispose()

    asyncio.run(prepare())
    return database


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["jobs", "run", *words])


def test_fees_are_taken_once(books: Database) -> None:
    assert run("fees").output.splitlines() == [
        "2026-11-22: done",
        "  fast: 1, 100.00 in all",
        "  wide: 1, 150.00 in all, 1 wait for money",
        "  together: 2, 250.00, 1 wait for money",
    ]
    assert run("fees").output == "2026-11-22: nothing to do.\n"


def test_a_dry_run_says_the_same_and_changes_nothing(books: Database) -> None:
    for _ in range(2):
        assert run("fees", "--dry-run").output.splitlines()[0] == "2026-11-22: would be done"
    assert "together: 2, 250.00" in run("fees").output


def test_another_day_can_be_looked_at_and_not_run(books: Database) -> None:
    assert "together: 2, 156.67" in run("fees", "--day", "2026-12-20", "--dry-run").output
    refused = run("fees", "--day", "2026-12-20")
    assert refused.exit_code != 0
    assert "has not begun" in refused.output


def test_bonuses_come_on_the_fourth(books: Database, clock: FixedClock) -> None:
    run("fees")
    assert run("bonuses", "--day", "2026-11-05").exit_code != 0
    clock.moment += timedelta(days=12)
    assert run("bonuses").output.splitlines() == [
        "2026-12-04: done",
        "  bonuses: 1, 100.00 in all",
        "  together: 1, 100.00",
    ]
    assert run("bonuses").output == "2026-12-04: nothing to do.\n"
    assert run("bonus-ends", "--dry-run").output == "2026-12-04: nothing to do.\n"


def test_nothing_else_is_known(books: Database) -> None:
    assert run("rent").exit_code != 0
