"""Who may transfer what to whom: D5 and D6 with their numbers, B4."""

from datetime import datetime, timedelta

import pytest

from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, LineState
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.payments.errors import PaymentMismatch, UnknownTarget
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.domain.transfers.errors import (
    JustTransferred,
    LentMoneyStays,
    LineCannotGive,
    MonthLimitReached,
    NotTheOwner,
    OnlyWithinProfile,
    SameNumber,
    TransferOutOfRange,
)
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.domain.transfers.conftest import PLENTY, Purse, key_of, promise
from tests.factories.people import hold, make_account, make_line, make_person, put_money


@pytest.mark.parametrize("amount", [Money(99), Money.uah(1_000, 1)])
async def test_a_transfer_under_one_or_over_a_thousand_is_refused(purse: Purse, amount: Money) -> None:
    with pytest.raises(TransferOutOfRange) as refused:
        await purse.give(amount)
    assert refused.value.params == {"least": Money.uah(1), "most": Money.uah(1_000)}
    assert await purse.has(purse.line, purse.taras) == [PLENTY, Money.ZERO]
    assert await purse.payments() == 0


@pytest.mark.parametrize("amount", [Money.uah(1), Money.uah(1_000)])
async def test_one_and_a_thousand_are_transferred_without_a_fee(purse: Purse, amount: Money) -> None:
    done = await purse.give(amount)
    if done.state is PaymentState.CONFIRMING:
        done = await purse.confirm(done, await purse.newest_code())
    assert done.state is PaymentState.CREDITED
    assert await purse.has(purse.line, purse.taras) == [PLENTY - amount, amount]


async def test_twenty_go_at_once_and_a_kopiyka_more_asks_for_a_code(purse: Purse) -> None:
    assert (await purse.give(Money.uah(20))).state is PaymentState.CREDITED
    assert await purse.sms(SmsTemplate.CODE_TRANSFER) == []
    assert (await purse.give(Money.uah(20, 1))).state is PaymentState.CONFIRMING
    assert len(await purse.sms(SmsTemplate.CODE_TRANSFER)) == 1
    assert await purse.has(purse.taras) == [Money.uah(20)]


async def test_small_ones_ask_for_a_code_too_once_they_add_up(purse: Purse) -> None:
    states = [(await purse.give(Money.uah(20))).state for _ in range(6)]
    assert states == [PaymentState.CREDITED] * 5 + [PaymentState.CONFIRMING]
    purse.clock.moment = datetime(2026, 11, 23, 0, 0, tzinfo=KYIV)
    assert (await purse.give(Money.uah(20))).state is PaymentState.CREDITED


async def test_what_a_code_confirmed_does_not_count_as_small_ones(purse: Purse) -> None:
    assert (await purse.give_with_code(Money.uah(300))).state is PaymentState.CREDITED
    assert (await purse.give(Money.uah(20))).state is PaymentState.CREDITED


@pytest.mark.parametrize("asked", [Money.uah(99, 99), Money.uah(100)])
async def test_up_to_2900_a_month_and_not_a_kopiyka_more(purse: Purse, asked: Money) -> None:
    for amount in (1_000, 1_000, 800):
        await purse.give_with_code(Money.uah(amount))
    assert (await purse.give_with_code(asked)).state is PaymentState.CREDITED
    assert await purse.has(purse.taras) == [Money.uah(2_800) + asked]


async def test_2900_01_is_refused_with_what_is_left(purse: Purse) -> None:
    for amount in (1_000, 1_000, 800):
        await purse.give_with_code(Money.uah(amount))
    with pytest.raises(MonthLimitReached) as refused:
        await purse.give(Money.uah(100, 1))
    assert refused.value.params == {"left": Money.uah(100), "most": Money.uah(2_900)}
    assert await purse.has(purse.taras) == [Money.uah(2_800)]


async def test_the_limit_holds_when_the_code_comes_too(purse: Purse) -> None:
    for _ in range(2):
        await purse.give_with_code(Money.uah(1_000))
    waiting = await purse.give(Money.uah(890))
    code = await purse.newest_code()
    await purse.give(Money.uah(11))
    with pytest.raises(MonthLimitReached):
        await purse.confirm(waiting, code)
    assert (await purse.payment(waiting)).state is PaymentState.FAILED
    assert await purse.has(purse.taras) == [Money.uah(2_011)]


@pytest.mark.parametrize(
    "midnight",
    [
        datetime(2026, 12, 1, tzinfo=KYIV),
        datetime(2027, 1, 1, tzinfo=KYIV),
        datetime(2027, 3, 1, tzinfo=KYIV),
        # The clocks go forward on 28 March and back on 31 October 2027.
        datetime(2027, 4, 1, tzinfo=KYIV),
        datetime(2027, 11, 1, tzinfo=KYIV),
    ],
)
async def test_the_month_turns_at_midnight_in_kyiv(purse: Purse, midnight: datetime) -> None:
    purse.clock.moment = midnight - timedelta(hours=2)
    for amount in (1_000, 1_000, 900):
        await purse.give_with_code(Money.uah(amount))
        purse.later(minutes=2)
    purse.clock.moment = midnight - timedelta(microseconds=1)
    with pytest.raises(MonthLimitReached):
        await purse.give(Money.uah(1))
    purse.clock.moment = midnight
    assert (await purse.give(Money.uah(1))).state is PaymentState.CREDITED


@pytest.mark.parametrize("day", [datetime(2027, 3, 28, 3, 30, tzinfo=KYIV), datetime(2027, 10, 31, 3, 30, tzinfo=KYIV)])
async def test_a_changed_clock_opens_no_month(purse: Purse, day: datetime) -> None:
    purse.clock.moment = day - timedelta(hours=3)
    for amount in (1_000, 1_000, 900):
        await purse.give_with_code(Money.uah(amount))
        purse.later(minutes=2)
    purse.clock.moment = day + timedelta(hours=3)
    with pytest.raises(MonthLimitReached):
        await purse.give(Money.uah(1))


async def test_a_transfer_counts_in_the_month_in_which_it_was_credited(purse: Purse) -> None:
    midnight = datetime(2026, 12, 1, tzinfo=KYIV)
    purse.clock.moment = midnight - timedelta(minutes=1)
    waiting = await purse.give(Money.uah(1_000))
    purse.clock.moment = midnight
    await purse.confirm(waiting, await purse.newest_code())
    for amount in (1_000, 900):
        await purse.give_with_code(Money.uah(amount))
    with pytest.raises(MonthLimitReached):
        await purse.give(Money.uah(1))


async def test_what_waits_for_its_code_or_failed_uses_up_no_limit(purse: Purse) -> None:
    await purse.give(Money.uah(1_000))
    await purse.give(Money.uah(999))
    for amount in (1_000, 1_000, 900):
        assert (await purse.give_with_code(Money.uah(amount))).state is PaymentState.CREDITED


async def test_money_that_is_missing_is_named(bare: Purse) -> None:
    await bare.set_balance(bare.line, Money.uah(10))
    with pytest.raises(NotEnoughMoney) as refused:
        await bare.give(Money.uah(12, 50))
    assert refused.value.params == {"missing": Money.uah(2, 50)}
    assert (await bare.give(Money.uah(10))).state is PaymentState.CREDITED
    assert await bare.has(bare.line) == [Money.ZERO]


async def test_the_last_money_spent_while_the_code_travels_fails_the_transfer(bare: Purse) -> None:
    await bare.set_balance(bare.line, Money.uah(30))
    waiting = await bare.give(Money.uah(25))
    code = await bare.newest_code()
    await bare.give(Money.uah(10))
    with pytest.raises(NotEnoughMoney):
        await bare.confirm(waiting, code)
    assert await bare.has(bare.line, bare.taras) == [Money.uah(20), Money.uah(10)]
    assert (await bare.payment(waiting)).state is PaymentState.FAILED


async def test_a_contract_line_gives_no_credit(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        contract = await make_line(session, "380671000003", payment=Billing.CONTRACT)
        other = await make_line(session, "380671000004")
        await hold(session, purse.olena, contract)
        await hold(session, purse.olena, other)
        await put_money(session, contract, Money.uah(5))
    with pytest.raises(NotEnoughMoney) as refused:
        await purse.give(Money.uah(6), other.msisdn.digits, giver=key_of(contract))
    assert refused.value.params == {"missing": Money.uah(1)}
    assert (await purse.give(Money.uah(5), other.msisdn.digits, giver=key_of(contract))).state is PaymentState.CREDITED


@pytest.mark.parametrize("role", [None, HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_a_contract_line_gives_to_own_lines_only(purse: Purse, role: HoldingRole | None) -> None:
    async with purse.database.unit_of_work() as session:
        contract = await make_line(session, "380671000003", payment=Billing.CONTRACT)
        account = await make_account(session)
        await hold(session, purse.olena, contract)
        await hold(session, purse.olena, account)
        await put_money(session, contract, Money.uah(50))
        if role is not None:
            await hold(session, purse.olena, purse.taras, role=role)
    for to in (purse.taras.msisdn.digits, account.number):
        with pytest.raises(OnlyWithinProfile):
            await purse.give(Money.uah(5), to, giver=key_of(contract))
    assert (await purse.give(Money.uah(5), purse.line.msisdn.digits, giver=key_of(contract))).state.value == "credited"


async def test_a_mobile_pays_for_home_internet(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        account = await make_account(session, "0004477622")
    done = await purse.give(Money.uah(15), "0004477622")
    assert (done.to, done.number) == (HoldingKey(HoldingKind.INTERNET, account.id or 0), "0004477622")
    assert await purse.has(purse.line, account) == [PLENTY - Money.uah(15), Money.uah(15)]


async def test_a_blocked_line_takes_money_and_gives_none(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        blocked = await make_line(session, "380671000003", state=LineState.BLOCKED)
        await hold(session, purse.olena, blocked)
        await put_money(session, blocked, Money.uah(50))
    with pytest.raises(LineCannotGive):
        await purse.give(Money.uah(5), giver=key_of(blocked))
    assert (await purse.give(Money.uah(5), "067 100 00 03")).state is PaymentState.CREDITED
    assert await purse.has(blocked) == [Money.uah(55)]


@pytest.mark.parametrize("typed", ["0671999999", "0501234567", "0671000005", "0009999999"])
async def test_numbers_that_are_nobodys_foreign_or_inactive_are_refused_alike(purse: Purse, typed: str) -> None:
    async with purse.database.unit_of_work() as session:
        await make_line(session, "380671000005", state=LineState.INACTIVE)
    with pytest.raises(UnknownTarget):
        await purse.give(Money.uah(5), typed)
    assert await purse.has(purse.line) == [PLENTY]


@pytest.mark.parametrize("typed", ["", "olena", "12", "067 100 00 0", "+1 202 555 0100"])
async def test_what_is_no_number_is_refused(purse: Purse, typed: str) -> None:
    with pytest.raises(NotALogin):
        await purse.begin(purse.order(Money.uah(5), typed or " "))


async def test_the_giving_number_itself_is_no_target(purse: Purse) -> None:
    with pytest.raises(SameNumber):
        await purse.give(Money.uah(5), "+380 67 100 00 01")


@pytest.mark.parametrize("role", [HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_payers_and_viewers_of_a_line_may_not_spend_its_money(purse: Purse, role: HoldingRole) -> None:
    async with purse.database.unit_of_work() as session:
        theirs = await make_line(session, "380671000003")
        await hold(session, purse.olena, theirs, role=role)
        await put_money(session, theirs, Money.uah(50))
    with pytest.raises(NotTheOwner):
        await purse.give(Money.uah(5), giver=key_of(theirs))
    assert await purse.has(theirs) == [Money.uah(50)]


@pytest.mark.parametrize("key", ["line:2", "line:999999999999", "internet:1"])
async def test_a_strangers_line_is_not_found(purse: Purse, key: str) -> None:
    with pytest.raises(NotFound):
        await purse.give(Money.uah(5), purse.line.msisdn.digits, giver=HoldingKey.parse(key))
    async with purse.database.unit_of_work() as session:
        thief = await make_person(session, "thief")
    with pytest.raises(NotFound):
        await purse.begin(purse.order(Money.uah(5)), actor=thief)
    assert await purse.has(purse.line) == [PLENTY]


async def test_one_form_transfers_once(purse: Purse) -> None:
    order = purse.order(Money.uah(15))
    first, second = await purse.begin(order), await purse.begin(order)
    assert first.code == second.code
    assert await purse.has(purse.taras) == [Money.uah(15)]


async def test_one_form_with_other_content_is_refused(purse: Purse) -> None:
    await purse.begin(purse.order(Money.uah(15), key="form"))
    with pytest.raises(PaymentMismatch):
        await purse.begin(purse.order(Money.uah(16), key="form"))
    assert await purse.has(purse.taras) == [Money.uah(15)]


async def test_the_same_from_a_second_tab_is_asked_about(purse: Purse) -> None:
    await purse.give(Money.uah(15))
    with pytest.raises(JustTransferred):
        await purse.give(Money.uah(15), again=False)
    assert (await purse.give(Money.uah(16), again=False)).state is PaymentState.CREDITED
    purse.later(minutes=2)
    assert (await purse.give(Money.uah(15), again=False)).state is PaymentState.CREDITED
    assert await purse.has(purse.taras) == [Money.uah(46)]


async def test_the_check_page_says_what_will_happen_and_does_nothing(purse: Purse) -> None:
    seen = await purse.look(purse.order(Money.uah(20, 1)))
    assert (seen.giver, seen.number, seen.amount) == ("380671000001", "380671000002", Money.uah(20, 1))
    assert (seen.left, seen.needs_code) == (PLENTY - Money.uah(20, 1), True)
    assert (await purse.look(purse.order(Money.uah(20)))).needs_code is False
    assert await purse.payments() == 0
    with pytest.raises(NotEnoughMoney):
        await purse.look(purse.order(Money.uah(1), purse.line.msisdn.digits, giver=await _empty(purse)))


async def _empty(purse: Purse) -> HoldingKey:
    async with purse.database.unit_of_work() as session:
        line = await make_line(session, "380671000009")
        await hold(session, purse.olena, line)
    return key_of(line)


async def test_a_promised_payment_is_not_given_away(bare: Purse) -> None:
    await bare.set_balance(bare.line, Money.uah(60))
    await promise(bare, bare.line, Money.uah(50), price=Money.uah(5))
    with pytest.raises(LentMoneyStays) as refused:
        await bare.give(Money.uah(5, 1))
    assert refused.value.params == {"lent": Money.uah(55), "free": Money.uah(5)}
    assert (await bare.give(Money.uah(5))).state is PaymentState.CREDITED


async def test_what_arrives_pays_back_what_the_getter_was_lent(purse: Purse) -> None:
    await promise(purse, purse.taras, Money.uah(10), price=Money.uah(2))
    assert (await purse.give(Money.uah(15))).state is PaymentState.CREDITED
    assert await purse.has(purse.line, purse.taras) == [PLENTY - Money.uah(15), Money.uah(3)]
