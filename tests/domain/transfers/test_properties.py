"""Whatever is transferred, whenever: money is neither made nor lost, and no limit is passed."""

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.conftest import EachUrl
from tests.domain.transfers.conftest import Purse, key_of
from tests.factories.people import hold, make_line, make_person, put_money

LIMITS = PaymentLimits(
    transfer_most=Money.uah(50),
    transfer_code_above=Money.uah(20),
    transfer_day_without_code=Money.uah(60),
    transfer_month_most=Money.uah(90),
)
BEGINNING = datetime(2026, 10, 23, 20, 30, tzinfo=UTC)  # the clocks go back two days later
LINES = 3
START = Money.uah(80)

steps = st.tuples(
    st.integers(0, LINES - 1),
    st.integers(0, LINES - 1),
    st.integers(0, 5_500),  # kopiykas
    st.sampled_from(["right", "wrong", "none", "twice"]),
    st.sampled_from([0, 1, 90, 3_600, 86_400, 9 * 86_400]),  # seconds until the next
)


async def play(url: str, moves: list[tuple[int, int, int, str, int]]) -> None:
    clock = FixedClock(BEGINNING)
    database = Database(url, clock=clock)
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        lines = [await make_line(session, f"38067100000{number}") for number in range(LINES)]
        for line in lines:
            await hold(session, olena, line)
            await put_money(session, line, START)
    purse = Purse(database, clock, olena, lines[0], lines[1], LIMITS)
    expected = [START] * LINES
    by_month: dict[tuple[int, Month], Money] = defaultdict(lambda: Money.ZERO)
    for giver, getter, kopiykas, way, seconds in moves:
        amount = Money(kopiykas)
        if await attempt(purse, lines[giver], lines[getter], amount, way):
            expected[giver] -= amount
            expected[getter] += amount
            by_month[giver, Month.of(clock.now())] += amount
        assert await purse.has(*lines) == expected
        clock.moment += timedelta(seconds=seconds)
    assert all(balance >= Money.ZERO for balance in expected)
    assert all(total <= LIMITS.transfer_month_most for total in by_month.values())
    await database.dispose()


async def attempt(purse: Purse, giver: Line, getter: Line, amount: Money, way: str) -> bool:
    """Whether the money has moved."""
    try:
        done = await purse.give(amount, getter.msisdn.digits, giver=key_of(giver))
        if done.state is PaymentState.CONFIRMING and way != "none":
            code = await purse.newest_code() if way != "wrong" else "0000"
            done = await purse.confirm(done, code)
            if way == "twice":
                done = await purse.confirm(done, code)
    except CustomerError:
        return False
    return done.state is PaymentState.CREDITED


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, max_size=12))
def test_money_is_kept_and_limits_hold(each_sqlite_url: EachUrl, moves: list[tuple[int, int, int, str, int]]) -> None:
    with each_sqlite_url() as url:
        asyncio.run(play(url, moves))
