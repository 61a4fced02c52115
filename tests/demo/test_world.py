"""The world as told by pure functions: it repeats, it ends today, and it looks right."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from mykyivstar.demo.cast import cast
from mykyivstar.demo.moves import Pot
from mykyivstar.demo.rhythm import latest_holiday
from mykyivstar.demo.world import LineChapter, World, begin, stands
from mykyivstar.domain.bonuses.rules import expires_at
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory
from mykyivstar.kit.clock import KYIV, kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from tests.demo.conftest import NOON, SEED, TODAY

DAYS_OF_ALL_SORTS = [
    date(2027, 1, 1),
    date(2027, 2, 28),
    date(2028, 2, 29),
    date(2027, 3, 28),
    date(2027, 4, 4),
    date(2027, 8, 20),
    date(2027, 10, 31),
    date(2027, 12, 31),
]


def line(world: World, number: str) -> LineChapter:
    return next(chapter for chapter in world.lines if chapter.part.number == number)


def money(world: World, number: str) -> Money:
    return stands(world)[Pot(number, Unit.UAH)]


def test_the_same_seed_and_moment_give_the_same_world(world: World) -> None:
    assert begin(SEED, NOON).digest == world.digest


def test_another_seed_gives_another_world(world: World) -> None:
    assert begin(SEED + 1, NOON).digest != world.digest


def test_another_day_moves_the_dates() -> None:
    later = begin(SEED, NOON + timedelta(days=10))
    first = line(later, "380671000001")
    assert first.state.next_charge_at == kyiv_midnight(TODAY + timedelta(days=10 + 11))
    assert money(later, "380671000001") == Money.uah(284, 60)


@pytest.mark.parametrize("today", DAYS_OF_ALL_SORTS)
def test_it_looks_right_whatever_day_it_is(today: date) -> None:
    at = kyiv_midnight(today) + timedelta(hours=15)
    world = begin(SEED, at)
    pots = stands(world)
    assert pots[Pot("380671000001", Unit.UAH)] == Money.uah(284, 60)
    assert pots[Pot("380682000001", Unit.UAH)] == Money.uah(7, 20)
    assert pots[Pot("0007730015", Unit.UAH)] == -Money.uah(135)
    assert all(balance >= Money.ZERO for pot, balance in pots.items() if pot.unit is Unit.BONUS)
    for chapter in world.lines:
        assert chapter.state.next_charge_at is not None
        assert chapter.state.next_charge_at > at
    for account in world.accounts:
        assert account.state.next_charge_at > at
    assert all(record.at <= at for record in world.records)
    assert all(move.at <= at for move in world.moves)
    ends = line(world, "380682000001").valid_until
    assert ends is not None
    assert kyiv_date(ends) == today + timedelta(days=9)


def test_olena_has_fourteen_months(world: World) -> None:
    for number in ("380671000001", "380671000002", "380671000003"):
        months = {record.at.astimezone(KYIV).strftime("%Y-%m") for record in line(world, number).records}
        assert len(months) >= 15
    assert kyiv_date(max(record.at for record in line(world, "380671000001").records)) == TODAY


def test_references_are_unique_and_fit(world: World) -> None:
    refs = Counter((record.number, record.at, record.ref) for record in world.records)
    assert max(refs.values()) == 1
    assert max(len(record.ref) for record in world.records) <= 40
    assert max(len(record.rule) for record in world.records) <= 80
    assert max(len(record.party) for record in world.records) <= 40


def test_operation_keys_are_unique_and_fit(world: World) -> None:
    keys = Counter(move.key for move in world.moves)
    assert max(keys.values()) == 1
    assert max(len(key) for key in keys) <= 80


def test_a_prepaid_purse_is_never_below_zero(world: World) -> None:
    for chapter in world.lines:
        if chapter.valid_until is None:
            continue
        balance = Money.ZERO
        for move in sorted(chapter.moves, key=lambda move: move.at):
            balance += move.of(Pot(chapter.part.number, Unit.UAH))
            assert balance >= Money.ZERO, (chapter.part.number, move)


def test_what_records_cost_is_what_was_taken_for_usage(world: World) -> None:
    for chapter in world.lines:
        cost = sum(record.cost.kopiykas for record in chapter.records)
        used = [move for move in chapter.moves if move.kind is OperationKind.USAGE]
        assert cost == -sum(amount.kopiykas for move in used for _, amount in move.amounts)


def test_andrii_cannot_pay_his_next_fee(world: World) -> None:
    chapter = line(world, "380682000001")
    assert money(world, "380682000001") < chapter.state.tariff.fee
    payments = [move for move in chapter.moves if move.kind is OperationKind.TOP_UP]
    assert [move.at for move in payments if move.of(Pot("380682000001", Unit.UAH)) >= Money.uah(30)] == [
        chapter.activated_at
    ]


def test_iryna_owes_for_the_internet_more_than_the_threshold(world: World) -> None:
    account = next(chapter for chapter in world.accounts if chapter.part.number == "0007730015")
    assert account.part.off_for_debt
    assert money(world, "0007730015") < Money(account.part.threshold)


def test_bonuses_come_on_the_fourth_and_equal_the_fee(world: World) -> None:
    account = next(chapter for chapter in world.accounts if chapter.part.number == "0004477622")
    accruals = [move for move in account.moves if move.kind is OperationKind.BONUS_ACCRUAL]
    assert len(accruals) == 14
    for move in accruals:
        assert kyiv_date(move.at).day == 4
        assert move.of(Pot("0004477622", Unit.BONUS)) == Money.uah(100)


def test_transferred_bonuses_are_spent_or_lost_after_twenty_days(world: World) -> None:
    chapter = line(world, "380671000003")
    pot = Pot("380671000003", Unit.BONUS)
    assert any(move.kind is OperationKind.USAGE and move.of(pot) for move in chapter.moves)
    lost = [move for move in chapter.moves if move.kind is OperationKind.ADJUSTMENT]
    arrived = {m.at for a in world.accounts for m in a.moves if m.kind is OperationKind.TRANSFER and m.of(pot)}
    assert lost
    assert {move.at for move in lost} <= {expires_at(at) for at in arrived}


def test_people_sleep_and_talk_in_the_evening(world: World) -> None:
    hours = Counter(record.at.astimezone(KYIV).hour for record in line(world, "380671000001").records)
    assert sum(hours[hour] for hour in range(1, 6)) < 0.02 * hours.total()
    assert hours[19] > 1.3 * hours[10]


def test_employees_rest_at_weekends(world: World) -> None:
    records = [record for record in world.records if record.number.startswith("38067500")]
    calls = Counter(
        record.at.astimezone(KYIV).weekday() for record in records if record.category.value.startswith("call")
    )
    assert calls[5] + calls[6] < 0.3 * (calls[1] + calls[2])


def test_olena_was_abroad_once(world: World) -> None:
    away = [r for r in line(world, "380671000001").records if r.category.value.startswith("roaming")]
    first, last = latest_holiday(TODAY)
    assert {r.category for r in away} >= {UsageCategory.ROAMING_CALL, UsageCategory.ROAMING_DATA}
    assert all(first <= kyiv_date(r.at) <= last for r in away)


def test_packages_are_partly_used_and_expire_later(world: World) -> None:
    for chapter in world.lines:
        for bucket in chapter.state.meter.alive(NOON):
            assert 0 <= bucket.left <= bucket.granted
            assert bucket.expires_at > NOON
    data = [b for b in line(world, "380671000001").state.meter.alive(NOON) if b.kind is AllowanceKind.DATA]
    assert 0.3 < data[0].left / data[0].granted < 0.9


def test_emergency_calls_are_among_the_records_for_the_reports_to_hide(world: World) -> None:
    assert [r.cost for r in world.records if r.party == "103"] == [Money.ZERO]


def test_taxes_sum_to_the_price() -> None:
    for kopiykas in (1, 106, 531, 10_000, 27_500, 99_999):
        for is_mobile in (True, False):
            assert sum(taxes(Money(kopiykas), is_mobile=is_mobile).values()) == kopiykas
    assert taxes(Money.uah(120), is_mobile=False) == {"net": 10_000, "vat": 2_000, "duty": 0}


def test_a_world_may_end_at_midnight() -> None:
    world = begin(SEED, kyiv_midnight(TODAY))
    assert max(record.at for record in world.records) <= kyiv_midnight(TODAY)
    assert money(world, "380671000001") == Money.uah(284, 60)


def test_everybody_in_the_cast_has_a_story(world: World) -> None:
    told = {chapter.part.number for chapter in world.lines} | {chapter.part.number for chapter in world.accounts}
    assert told == {number for part in cast() for number in part.numbers}
    assert all(chapter.records for chapter in world.lines)


def test_the_moment_is_kept_in_utc(world: World) -> None:
    assert all(record.at.tzinfo is UTC for record in world.records)
    assert all(isinstance(move.at, datetime) and move.at.tzinfo is UTC for move in world.moves)
