"""Ten million records as a year of an operator's mediation would write them, batch by batch."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from mykyivstar.domain.usage.ingest import BATCH
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

FIRST_MONTH, LAST_MONTH = Month(2025, 11), Month(2026, 10)
MONTHS = [FIRST_MONTH.shifted(number) for number in range(12)]
# One line that uses as much as twenty others.
HEAVY_LINE = 1
HEAVY_RECORDS = 20_000
# Category, how often in a hundred, the largest quantity, the largest cost in kopiykas.
_MIX = (
    (UsageCategory.DATA, 40, 300_000_000, 0),
    (UsageCategory.CALL_ON_NET, 18, 900, 0),
    (UsageCategory.CALL_OFF_NET, 14, 600, 900),
    (UsageCategory.CALL_IN, 14, 600, 0),
    (UsageCategory.SMS, 9, 1, 100),
    (UsageCategory.CALL_ABROAD, 1, 300, 4_500),
    (UsageCategory.ROAMING_DATA, 2, 50_000_000, 9_000),
    (UsageCategory.SERVICE, 1, 1, 6_000),
    (UsageCategory.PAID_CONTENT, 1, 1, 5_000),
)


def batches(count: int, lines: int) -> Iterator[list[NewRecord]]:
    """They follow the time, the lines at random; every so often one is the heavy line's."""
    rng = Random(1)
    kinds = [kind for kind in _MIX for _ in range(kind[1])]
    start, end = FIRST_MONTH.period.start, LAST_MONTH.period.end
    step, heavy = (end - start) / count, max(1, count // HEAVY_RECORDS)
    batch: list[NewRecord] = []
    for number in range(count):
        category, _, most, dearest = kinds[int(rng.random() * len(kinds))]
        cost = int(rng.random() * dearest) if dearest and rng.random() < 0.3 else 0
        line = HEAVY_LINE if number % heavy == 0 else int(rng.random() * lines) + HEAVY_LINE + 1
        began = start + step * number
        batch.append(
            NewRecord(
                line_id=line,
                started_at=datetime(*began.timetuple()[:6], tzinfo=UTC),
                ref=f"B{number:09d}",
                category=category,
                quantity=int(rng.random() * most) + 1,
                other_party="" if category.value.endswith("data") else str(380_500_000_000 + int(rng.random() * 10**6)),
                cost=Money(cost),
                rule="package" if cost == 0 else "base",
            )
        )
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def moments_between(first: datetime, last: datetime, rng: Random) -> datetime:
    """Some moment from one to the other."""
    return first + timedelta(seconds=int(rng.random() * (last - first).total_seconds()))
