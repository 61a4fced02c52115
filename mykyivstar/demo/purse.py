"""How people pay in, so that the balance of the last day is the one that was chosen for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from mykyivstar.demo.moves import Move, Pot, top_up
from mykyivstar.kit.clock import KYIV, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

CHANNELS = ("card", "card", "bank_app", "bank_app", "terminal")
_WAKING_HOURS = range(8, 23)


def filled_backwards(
    pot: Pot,
    debits: Sequence[Move],
    *,
    target: Money,
    ceiling: Money,
    sums: Sequence[int],
    since: datetime,
    rng: Random,
) -> tuple[Money, list[Move]]:
    """What must have been there before the first of these debits (in order of time), and the top-ups between them.

    Going back from the target, a top-up is put before a debit whenever more than the ceiling would have had to be
    there; so the balance is the target in the end and was never below zero, if the target is not.
    """
    balance, paid = target, []
    for index in range(len(debits) - 1, -1, -1):
        balance -= debits[index].of(pot)
        earlier = debits[index - 1].at if index else since
        while balance > ceiling and (fitting := [Money(amount) for amount in sums if Money(amount) <= balance]):
            amount = rng.choice(fitting)
            balance -= amount
            paid.append((_before(debits[index].at, earlier, rng), amount))
    return balance, _top_ups(pot, paid, rng)


def filled_forwards(
    pot: Pot, debits: Sequence[Move], *, balance: Money, sums: Sequence[int], since: datetime, rng: Random
) -> list[Move]:
    """The top-ups that keep the balance at or above zero through these debits."""
    paid: list[tuple[datetime, Money]] = []
    earlier = since
    for debit in debits:
        while (short := balance + debit.of(pot)) < Money.ZERO and debit.of(pot) < Money.ZERO:
            amount = Money(rng.choice([amount for amount in sums if Money(amount) >= -short] or [max(sums)]))
            paid.append((_before(debit.at, earlier, rng), amount))
            balance += amount
        balance += debit.of(pot)
        earlier = debit.at
    return _top_ups(pot, paid, rng)


def paid_by_invoice(
    pot: Pot, debits: Sequence[Move], *, balance: Money, pays_on: int, since: datetime, until: datetime
) -> list[Move]:
    """Contract: on its day of each month, what was owed at the end of the month before."""
    paid: list[Move] = []
    month = Month.of(since)
    while (at := kyiv_midnight(month.first_day.replace(day=pays_on)) + timedelta(hours=11)) <= until:
        used = sum(debit.of(pot).kopiykas for debit in debits if debit.at < month.period.start)
        owed = -(balance + Money(used + sum(payment.of(pot).kopiykas for payment in paid)))
        if at > since and owed > Money.ZERO:
            paid.append(top_up(pot, owed, at=at, channel="invoice"))
        month = month.shifted(1)
    return paid


def with_first(pot: Pot, opening: Money, paid: list[Move], *, first: Money) -> tuple[Money, list[Move]]:
    """As if the first payment had been at least so much: the next ones were not needed then."""
    while opening < first and paid:
        opening += paid[0].of(pot)
        paid = paid[1:]
    return opening, paid


def _before(moment: datetime, earlier: datetime, rng: Random) -> datetime:
    """A moment of the day or two before, after the earlier one; a waking one if that can be."""
    at, gap = moment, moment - earlier
    for _ in range(8):
        at = moment - min(timedelta(minutes=rng.randint(20, 1800)), gap * rng.uniform(0.2, 0.8))
        if at.astimezone(KYIV).hour in _WAKING_HOURS:
            break
    return at.replace(microsecond=0)


def _top_ups(pot: Pot, paid: Sequence[tuple[datetime, Money]], rng: Random) -> list[Move]:
    """In order of time, and no two in one second: the second is part of their keys."""
    moves: list[Move] = []
    # From the last one back: one that gives way goes earlier, so that no debit finds it missing.
    for at, amount in sorted(paid, key=lambda payment: payment[0], reverse=True):
        moment = min(at, moves[-1].at - timedelta(seconds=1)) if moves else at
        moves.append(top_up(pot, amount, at=moment, channel=rng.choice(CHANNELS)))
    return moves[::-1]
