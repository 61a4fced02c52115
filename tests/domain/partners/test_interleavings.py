"""Whatever several partners send at the same time, in whatever order and however often, the books stay right."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, func, select

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import Operation
from mykyivstar.domain.partners import management
from mykyivstar.domain.partners.management import PartnerLimits
from mykyivstar.domain.partners.models import PartnerDay, PartnerPayment
from mykyivstar.domain.partners.views import Status
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money
from tests.domain.partners.conftest import Terminal
from tests.factories.people import make_line

PARTNERS = 3
DAY_MOST = Money.uah(9)


@dataclass(frozen=True)
class Step:
    """What one partner sends: under a few ids only, so that repeats, mismatches and cancellations meet."""

    ref: str
    amount: int
    cancels: bool


steps = st.builds(Step, st.sampled_from(["a", "b", "c"]), st.sampled_from([1, 2, 5]), st.booleans())
# Each partner has two connections, and each connection its own queue.
queues = st.lists(st.lists(steps, max_size=6), min_size=2 * PARTNERS, max_size=2 * PARTNERS)
_examples = count()


MAY_BE_REFUSED = {True: ("partners.unknown_payment",), False: ("partners.id_used", "partners.day_limit_reached")}


async def send(terminal: Terminal, queue: Sequence[Step]) -> None:
    for step in queue:
        try:
            if step.cancels:
                await terminal.cancel(step.ref)
            else:
                await terminal.pay(step.ref, Money.uah(step.amount), account=terminal.line.msisdn.digits)
        except CustomerError as refusal:
            if refusal.code not in MAY_BE_REFUSED[step.cancels]:
                raise


async def play(database: Database, clock: FixedClock, sent: Sequence[Sequence[Step]]) -> None:
    example = next(_examples)
    limits = PartnerLimits(day_most=DAY_MOST)
    async with database.unit_of_work() as session:
        line = await make_line(session, f"38067{example:07}")
        partners = [
            await management.add(session, f"p-{example}-{place}", name="P", at=clock.now(), limits=limits)
            for place in range(PARTNERS)
        ]
    terminals = [Terminal(database, clock, partner, line) for partner in partners]
    await asyncio.gather(*(send(terminals[place % PARTNERS], queue) for place, queue in enumerate(sent)))
    kept = [await demand_right(terminal) for terminal in terminals]
    assert await terminals[0].balance() == sum(kept, Money.ZERO)


async def demand_right(terminal: Terminal) -> Money:
    """What this partner's payments left on the line, once everything about them agrees."""
    register = await terminal.register()
    kept = [line for line in register.lines if line.status is Status.CREDITED]
    assert len({line.ref for line in register.lines}) == len(register.lines)
    assert register.kept.sum == sum((line.amount for line in kept), Money.ZERO)
    assert register.kept.sum <= DAY_MOST
    async with terminal.database.reading() as session:
        days = (await session.exec(select(PartnerDay.taken).where(PartnerDay.partner_id == terminal.id))).all()
        assert sum(days, Money.ZERO) == register.kept.sum
        for line in register.lines:
            credited = select(func.count()).where(col(Operation.key) == f"payment:{line.payment_id}:credit")
            refunded = select(func.count()).where(col(Operation.key) == f"payment:{line.payment_id}:refund")
            found = ((await session.exec(credited)).one(), (await session.exec(refunded)).one())
            assert found == (1, int(line.status is Status.CANCELLED))
        rows = select(func.count()).where(col(PartnerPayment.partner_id) == terminal.id)
        assert (await session.exec(rows)).one() == len(register.lines)
    return register.kept.sum


async def test_books_are_right_after_any_interleaving(database: Database, clock: FixedClock):
    loop = asyncio.get_running_loop()

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sent=queues)
    def any_interleaving(sent: list[list[Step]]) -> None:
        asyncio.run_coroutine_threadsafe(play(database, clock, sent), loop).result(timeout=240)

    await asyncio.to_thread(any_interleaving)
