"""People pay in so that the balance comes out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.demo.chance import chance
from mykyivstar.demo.moves import Move, Pot, charge, top_up
from mykyivstar.demo.purse import filled_backwards, filled_forwards, paid_by_invoice, with_first
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.kit.money import Money

START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
POT = Pot("380671000001", Unit.UAH)
SUMS = [10000, 20000]


def debit(days: float, kopiykas: int) -> Move:
    at = START + timedelta(days=days)
    return charge(POT, Money(kopiykas), key=f"fee {days}", kind=OperationKind.TARIFF_FEE, at=at, why={})


def debits(amounts: list[int]) -> list[Move]:
    return [debit(5 * index, amount) for index, amount in enumerate(amounts)]


def lowest(there: Money, moves: list[Move]) -> Money:
    balance = low = there
    for move in sorted(moves, key=lambda move: move.at):
        balance += move.of(POT)
        low = min(low, balance)
    return low


@given(st.lists(st.integers(1, 30000), max_size=30), st.integers(0, 50000), st.integers(0, 99))
def test_backwards_ends_at_the_target_and_never_falls_below_zero(amounts: list[int], target: int, seed: int) -> None:
    lived = debits(amounts)
    there, paid = filled_backwards(
        POT, lived, target=Money(target), ceiling=Money(30000), sums=SUMS, since=START, rng=chance(seed)
    )
    assert there + Money(sum(move.of(POT).kopiykas for move in [*paid, *lived])) == Money(target)
    assert lowest(there, [*paid, *lived]) >= Money.ZERO
    assert there <= Money(max(30000, target))
    assert len({move.key for move in paid}) == len(paid)
    assert all(move.at > START - timedelta(minutes=1) for move in paid)


@given(st.lists(st.integers(1, 30000), max_size=30), st.integers(0, 50000), st.integers(0, 99))
def test_forwards_never_falls_below_zero(amounts: list[int], balance: int, seed: int) -> None:
    lived = debits(amounts)
    paid = filled_forwards(POT, lived, balance=Money(balance), sums=SUMS, since=START, rng=chance(seed))
    assert lowest(Money(balance), [*paid, *lived]) >= Money.ZERO
    assert len({move.key for move in paid}) == len(paid)


def test_forwards_pays_nothing_while_there_is_enough() -> None:
    lived = [debit(1, 5000), debit(2, 5000)]
    assert filled_forwards(POT, lived, balance=Money(10000), sums=SUMS, since=START, rng=chance(1)) == []


def test_an_invoice_pays_last_months_debt_on_its_day() -> None:
    lived = [debit(0.5, 22000), debit(20, 1550), debit(31.5, 22000)]
    until = START + timedelta(days=60)
    paid = paid_by_invoice(POT, lived, balance=Money.ZERO, pays_on=16, since=START, until=until)
    assert [(move.at.month, move.at.day, move.of(POT)) for move in paid] == [(2, 16, Money(23550))]


def test_an_invoice_asks_nothing_of_who_owes_nothing() -> None:
    until = START + timedelta(days=60)
    assert paid_by_invoice(POT, [], balance=Money(500), pays_on=16, since=START, until=until) == []


def test_a_large_first_payment_makes_the_next_ones_needless() -> None:
    paid = [top_up(POT, Money(2000), at=START + timedelta(days=day), channel="card") for day in (1, 2, 3)]
    there, rest = with_first(POT, Money(1500), paid, first=Money(5000))
    assert (there, rest) == (Money(5500), paid[2:])
