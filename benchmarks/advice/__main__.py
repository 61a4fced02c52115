"""How long it takes to re-rate three months under a hundred tariffs, and what others of the same server feel of it.

    python -m benchmarks.advice [--tariffs 100] [--records 3000] [--rounds 5]

The comparison runs in a thread, as the page has it made. Meanwhile the event loop is asked every two milliseconds, as
other people's clicks ask it: how late it answers is what they would wait. Packages are small, so that they run out and
as much as possible has to be priced.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from benchmarks.verdicts import Verdict, judge
from mykyivstar.domain.advice.case import Case, Offer, Use, places
from mykyivstar.domain.advice.comparing import Advice, advise
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

MONTHS = [Month(2026, 8), Month(2026, 9), Month(2026, 10)]
CPU_MOST, LATE_MOST = 2.0, 50.0
_ASKED_EVERY = 0.002


def case(tariffs: int, records: int) -> Case:
    """A line that calls, writes and reads all day, and tariffs of every period."""
    rng = Random(1)
    place_of, start = places(MONTHS), MONTHS[0].period.start
    seconds = int((MONTHS[-1].period.end - start).total_seconds())
    uses: list[Use] = []
    for _ in range(records):
        at = start + timedelta(seconds=rng.randrange(seconds))
        category = rng.choice([each for each in UsageCategory if each is not UsageCategory.CALL_IN])
        quantity = rng.randrange(1, 50 * 1024**2) if "data" in category.value else rng.randrange(1, 900)
        uses.append(Use(at, place_of(at), category, quantity, 0, ""))
    offers = [_offer(number, rng) for number in range(tariffs)]
    return Case(MONTHS, offers[0], offers, sorted(uses))


def _offer(number: int, rng: Random) -> Offer:
    package = [
        {"kind": kind, "amount": rng.randrange(1, most)}
        for kind, most in (
            ("minutes_on_net", 6_000),
            ("minutes_ukraine", 30_000),
            ("minutes_abroad", 1_200),
            ("sms", 60),
            ("data", 5 * 1024**3),
            ("roaming_data", 1024**3),
        )
    ]
    prices = {category.value: rng.randrange(1, 200) for category in UsageCategory}
    period = list(FeePeriod)[number % 3]
    return Offer(f"t{number}", {}, {}, Money(rng.randrange(100, 40_000)), period, package, prices)


async def measured(compared: Case) -> tuple[float, list[float]]:
    """Seconds of processor for one comparison, and how many milliseconds late the loop was each time."""
    late: list[float] = []
    done = asyncio.Event()

    async def ask() -> None:
        while not done.is_set():
            asked = time.perf_counter()
            await asyncio.sleep(_ASKED_EVERY)
            late.append((time.perf_counter() - asked - _ASKED_EVERY) * 1000)

    asking = asyncio.create_task(ask())
    await asyncio.sleep(0.05)
    late.clear()
    seconds = await asyncio.to_thread(_timed, compared)
    done.set()
    await asking
    return seconds, late


def _timed(compared: Case) -> float:
    before = time.thread_time()
    found: Advice = advise(compared)
    assert len(found.choices) == len(compared.offers)
    return time.thread_time() - before


def verdicts(seconds: Sequence[float], late: Sequence[float]) -> list[Verdict]:
    """By the worst round, and by the 99th of a hundred askings."""
    p99 = statistics.quantiles(late, n=100)[98]
    return [
        Verdict("processor for one comparison", max(seconds), " s", at_most=CPU_MOST),
        Verdict("others wait meanwhile, p99", p99, " ms", at_most=LATE_MOST),
    ]


def main() -> int:
    """Print the verdicts; 1 when one is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.advice")
    asked.add_argument("--tariffs", type=int, default=100)
    asked.add_argument("--records", type=int, default=3_000)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    compared = case(given.tariffs, given.records)
    rounds = [asyncio.run(measured(compared)) for _ in range(given.rounds)]
    print(f"  {given.records:,} records under {given.tariffs} tariffs, {given.rounds} rounds")
    return judge(verdicts([seconds for seconds, _ in rounds], [each for _, late in rounds for each in late]))


if __name__ == "__main__":
    sys.exit(main())
