"""One top-up over several numbers: not a kopiyka more, not one less."""

from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments.splitting import bring_to, by_hand, equally
from mykyivstar.kit.money import Money

KEYS = st.lists(
    st.builds(HoldingKey, st.sampled_from(HoldingKind), st.integers(1, 10**6)), min_size=1, max_size=20, unique=True
)
AMOUNTS = st.integers(0, 500_000).map(Money)
BALANCES = st.integers(-1_000_000, 1_000_000).map(Money)


def line(number: int) -> HoldingKey:
    return HoldingKey(HoldingKind.LINE, number)


def amounts(split: object) -> list[int]:
    return [share.amount.kopiykas for share in split.shares]  # type: ignore[attr-defined]


@given(total=AMOUNTS, keys=KEYS)
def test_equal_shares_are_exact_and_differ_by_a_kopiyka_at_most(total: Money, keys: list[HoldingKey]) -> None:
    split = equally(total, keys)
    assert split.total == total
    each = [split.of(key).kopiykas for key in keys]
    assert max(each) - min(each) <= 1
    assert sum(amount == max(each) for amount in each) == (split.rest.kopiykas or len(keys))
    assert all(share.amount > Money.ZERO for share in split.shares)


@given(typed=KEYS.flatmap(lambda keys: st.fixed_dictionaries(dict.fromkeys(keys, AMOUNTS))))
def test_by_hand_is_what_was_typed(typed: dict[HoldingKey, Money]) -> None:
    split = by_hand(typed)
    assert {key: split.of(key) for key in typed} == typed
    assert split.total == sum(typed.values(), Money.ZERO)
    assert [share.key for share in split.shares] == [key for key in typed if typed[key]]


@given(
    level=AMOUNTS, balances=KEYS.flatmap(lambda keys: st.fixed_dictionaries({k: BALANCES | st.none() for k in keys}))
)
def test_bringing_to_a_level_never_takes_and_never_overshoots(
    level: Money, balances: dict[HoldingKey, Money | None]
) -> None:
    split = bring_to(level, balances)
    assert set(split.unknown) == {key for key, balance in balances.items() if balance is None}
    for key, balance in balances.items():
        share = split.of(key)
        assert share >= Money.ZERO
        if balance is None:
            assert share == Money.ZERO
        else:
            assert balance + share == max(balance, level)


def test_a_hryvnia_for_three_is_thirty_four_and_twice_thirty_three() -> None:
    split = equally(Money.uah(1), [line(1), line(2), line(3)])
    assert amounts(split) == [34, 33, 33]
    assert split.rest == Money(1)


def test_what_divides_leaves_no_rest() -> None:
    assert equally(Money.uah(3), [line(1), line(2), line(3)]).rest == Money.ZERO


def test_nobody_gets_nothing() -> None:
    split = equally(Money.uah(3), [])
    assert (split.shares, split.total) == ((), Money.ZERO)


def test_a_debt_is_paid_and_the_rich_get_nothing() -> None:
    split = bring_to(Money.uah(100), {line(1): -Money.uah(5), line(2): Money.uah(100), line(3): Money.uah(40, 1)})
    assert [(str(share.key), share.amount) for share in split.shares] == [
        ("line:1", Money.uah(105)),
        ("line:3", Money.uah(59, 99)),
    ]
