"""The code of a transfer: bound to its sum and its getter, five minutes, five tries."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.identity.errors import CodeSpent, TooManyTries, WrongCode
from mykyivstar.domain.identity.models import CodePurpose, Language, OneTimeCode, Profile
from mykyivstar.domain.lines.models import HoldingRole, Line, LineState
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.payments.errors import UnknownTarget
from mykyivstar.domain.payments.models import Cause, Failure, PaymentState, PaymentStep
from mykyivstar.domain.transfers import flow, queries
from mykyivstar.domain.transfers.errors import (
    LineCannotGive,
    TransferCancelled,
    TransferTimeOver,
    TransferTriesOver,
)
from mykyivstar.domain.transfers.queries import Transfer
from mykyivstar.jobs.sms_texts import sms_text
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.domain.transfers.conftest import OTHER_VISITOR, PLENTY, Purse
from tests.factories.people import hold, make_account, make_line, make_person

WRONG = "0000"  # no sign of a code is a zero


async def pending(purse: Purse) -> Transfer | None:
    async with purse.database.reading() as session:
        return await queries.pending(session, purse.olena, at=purse.clock.now())


async def test_the_sms_goes_to_the_giving_line_and_names_sum_and_masked_getter(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        await hold(session, purse.olena, await make_line(session, "380671000007"), position=-1)
    await purse.give(Money.uah(100, 50))
    (sent,) = await purse.sms(SmsTemplate.CODE_TRANSFER)
    assert sent.to == purse.line.msisdn
    assert sent.expires_at == purse.clock.now() + timedelta(minutes=5)
    text = sms_text(sent.template, Language.UK, sent.params or {}).replace("\u00a0", " ")
    assert text.startswith(f"{await purse.newest_code()} ")
    assert "100,50 ₴" in text
    assert "067*****02" in text
    assert purse.taras.msisdn.digits[2:] not in text


async def test_the_code_transfers_and_both_are_told(purse: Purse) -> None:
    done = await purse.give_with_code(Money.uah(100))
    assert done.state is PaymentState.CREDITED
    assert await purse.has(purse.line, purse.taras) == [PLENTY - Money.uah(100), Money.uah(100)]
    (given,), (got,) = await purse.sms(SmsTemplate.TRANSFER_GIVEN), await purse.sms(SmsTemplate.TRANSFER_GOT)
    assert (given.to, given.params) == (purse.line.msisdn, {"kopiykas": "10000", "to": "067*****02"})
    assert (got.to, got.params) == (purse.taras.msisdn, {"kopiykas": "10000", "by": "067*****01"})


async def test_the_getter_reads_it_in_their_own_language(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        taras = await make_person(session, "taras")
        (await session.get_one(Profile, taras.profile_id)).language = Language.RU
        await hold(session, taras, purse.taras)
    await purse.give(Money.uah(10))
    (got,) = await purse.sms(SmsTemplate.TRANSFER_GOT)
    assert got.language is Language.RU


async def test_who_pays_for_the_own_internet_is_told_once(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        account = await make_account(session, contract_phone=purse.line.msisdn)
    await purse.give(Money.uah(10), account.number)
    assert len(await purse.sms(SmsTemplate.TRANSFER_GIVEN)) == 1
    assert await purse.sms(SmsTemplate.TRANSFER_GOT) == []


async def test_a_code_is_good_for_its_own_transfer_only(purse: Purse) -> None:
    """Another sum, or another getter: another transfer, and the first one is void."""
    async with purse.database.unit_of_work() as session:
        await make_line(session, "380671000003")
    first = await purse.give(Money.uah(100))
    code = await purse.newest_code()
    for changed in (purse.order(Money.uah(101)), purse.order(Money.uah(100), "380671000003")):
        other = await purse.begin(changed)
        assert other.code != first.code
        assert (await purse.payment(first)).failure is Failure.GIVEN_UP
        with pytest.raises(WrongCode):
            await purse.confirm(other, code)
        with pytest.raises(TransferCancelled):
            await purse.confirm(first, code)
        first, code = other, await purse.newest_code()
    assert await purse.has(purse.line, purse.taras) == [PLENTY, Money.ZERO]


async def test_a_used_code_transfers_nothing_more(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    code = await purse.newest_code()
    await purse.confirm(waiting, code)
    assert (await purse.confirm(waiting, code)).state is PaymentState.CREDITED
    with pytest.raises(WrongCode):
        await purse.confirm(await purse.give(Money.uah(100)), code)
    assert await purse.has(purse.taras) == [Money.uah(100)]


@pytest.mark.parametrize(("seconds", "works"), [(299.999, True), (300, False)])
async def test_a_code_works_for_five_minutes_to_the_moment(purse: Purse, seconds: float, works: bool) -> None:
    waiting = await purse.give(Money.uah(100))
    purse.later(seconds=seconds)
    if works:
        assert (await purse.confirm(waiting, await purse.newest_code())).state is PaymentState.CREDITED
        return
    with pytest.raises(TransferTimeOver):
        await purse.confirm(waiting, await purse.newest_code())
    assert (await purse.payment(waiting)).failure is Failure.NOT_FINISHED
    assert await purse.has(purse.taras) == [Money.ZERO]


async def test_after_five_wrong_codes_the_transfer_must_be_begun_again(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    left = []
    for _ in range(4):
        with pytest.raises(WrongCode) as refused:
            await purse.confirm(waiting, WRONG)
        left.append(refused.value.params["tries_left"])
    assert left == [4, 3, 2, 1]
    with pytest.raises(TransferTriesOver):
        await purse.confirm(waiting, WRONG)
    with pytest.raises(TransferTriesOver):
        await purse.confirm(waiting, await purse.newest_code())
    with pytest.raises(TransferTriesOver):
        await purse.again(waiting)
    assert (await purse.payment(waiting)).failure is Failure.WRONG_CODE
    assert await purse.has(purse.taras) == [Money.ZERO]


async def test_another_code_brings_no_new_tries_and_ends_the_first(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    first = await purse.newest_code()
    for _ in range(3):
        with pytest.raises(WrongCode):
            await purse.confirm(waiting, WRONG)
    purse.later(seconds=60)
    again = await purse.again(waiting)
    assert again.expires_at == purse.clock.now() + timedelta(minutes=5)
    with pytest.raises(WrongCode) as refused:
        await purse.confirm(waiting, first)
    assert refused.value.params == {"tries_left": 1}
    assert (await purse.confirm(waiting, await purse.newest_code())).state is PaymentState.CREDITED


async def test_asked_too_early_the_code_that_is_out_stays(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    purse.later(seconds=59)
    await purse.again(waiting)
    assert len(await purse.sms(SmsTemplate.CODE_TRANSFER)) == 1


async def test_a_code_works_in_the_browser_that_asked_for_it(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    code = await purse.newest_code()
    with pytest.raises(CodeSpent):
        await purse.confirm(waiting, code, visitor=OTHER_VISITOR)
    await purse.again(waiting, visitor=OTHER_VISITOR)
    with pytest.raises(CodeSpent):
        await purse.confirm(waiting, code)
    done = await purse.confirm(waiting, await purse.newest_code(), visitor=OTHER_VISITOR)
    assert done.state is PaymentState.CREDITED


async def test_a_code_for_something_else_transfers_nothing(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    code = await purse.newest_code()
    async with purse.database.unit_of_work() as session:
        (await session.exec(select(OneTimeCode))).one().purpose = CodePurpose.SIGN_IN
    with pytest.raises(CodeSpent):
        await purse.confirm(waiting, code)


async def test_somebody_elses_transfer_is_not_found(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        thief = await make_person(session, "thief")
        await hold(session, thief, purse.line, role=HoldingRole.OWNER)
    waiting = await purse.give(Money.uah(100))
    code = await purse.newest_code()
    with pytest.raises(NotFound):
        await purse.confirm(waiting, code, actor=thief)
    with pytest.raises(NotFound):
        await purse.again(waiting, actor=thief)
    with pytest.raises(NotFound):
        await flow.give_up(purse.database.unit_of_work, thief, code=waiting.code, at=purse.clock.now())
    async with purse.database.reading() as session:
        assert await queries.pending(session, thief, at=purse.clock.now()) is None
        with pytest.raises(NotFound):
            await queries.of_code(session, thief, waiting.code)


async def test_a_line_blocked_while_the_code_travels_gives_nothing(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    async with purse.database.unit_of_work() as session:
        (await session.get_one(Line, purse.line.id)).state = LineState.BLOCKED
    with pytest.raises(LineCannotGive):
        await purse.confirm(waiting, await purse.newest_code())
    assert (await purse.payment(waiting)).failure is Failure.DECLINED


async def test_a_getter_gone_while_the_code_travels_gets_nothing(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    async with purse.database.unit_of_work() as session:
        (await session.get_one(Line, purse.taras.id)).state = LineState.INACTIVE
    with pytest.raises(UnknownTarget):
        await purse.confirm(waiting, await purse.newest_code())
    assert (await purse.payment(waiting)).failure is Failure.TARGET_GONE
    assert await purse.has(purse.line) == [PLENTY]


async def test_what_waits_is_found_again_until_its_time_is_over(purse: Purse) -> None:
    assert await pending(purse) is None
    waiting = await purse.give(Money.uah(100))
    assert await pending(purse) == waiting
    purse.later(minutes=5)
    assert await pending(purse) is None


async def test_the_same_form_in_a_second_tab_joins_what_waits(purse: Purse) -> None:
    first, second = await purse.give(Money.uah(100)), await purse.give(Money.uah(100), again=False)
    assert first.code == second.code
    assert len(await purse.sms(SmsTemplate.CODE_TRANSFER)) == 1


async def test_given_up_it_is_over(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    over = await flow.give_up(purse.database.unit_of_work, purse.olena, code=waiting.code, at=purse.clock.now())
    assert (over.state, over.failure) == (PaymentState.FAILED, Failure.GIVEN_UP)
    with pytest.raises(TransferCancelled):
        await purse.confirm(waiting, await purse.newest_code())
    done = await purse.give(Money.uah(10))
    kept = await flow.give_up(purse.database.unit_of_work, purse.olena, code=done.code, at=purse.clock.now())
    assert kept.state is PaymentState.CREDITED


async def test_the_job_ends_those_whose_time_is_over(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    assert await flow.expire(purse.database.unit_of_work, at=purse.clock.now() + timedelta(seconds=299)) == 0
    purse.later(minutes=5)
    assert await flow.expire(purse.database.unit_of_work, at=purse.clock.now()) == 1
    assert await flow.expire(purse.database.unit_of_work, at=purse.clock.now()) == 0
    payment = await purse.payment(waiting)
    assert (payment.state, payment.failure) == (PaymentState.FAILED, Failure.NOT_FINISHED)
    async with purse.database.reading() as session:
        steps = await session.exec(select(PaymentStep).order_by(PaymentStep.id))  # type: ignore[arg-type]
        assert [(step.state.value, step.cause) for step in steps] == [
            ("created", Cause.PAYER),
            ("confirming", Cause.PAYER),
            ("failed", Cause.CLOCK),
        ]


async def test_a_number_has_its_codes_for_the_hour_and_then_waits(purse: Purse) -> None:
    for kopiyka in range(5):
        await purse.give(Money.uah(100, kopiyka))
    with pytest.raises(TooManyTries):
        await purse.give(Money.uah(200))
    assert await pending(purse) is None
    assert (await purse.give(Money.uah(20))).state is PaymentState.CREDITED


async def test_the_right_code_sent_many_times_at_once_transfers_once(purse: Purse) -> None:
    waiting = await purse.give(Money.uah(100))
    code = await purse.newest_code()
    done = await asyncio.gather(*(purse.confirm(waiting, code) for _ in range(5)), return_exceptions=True)
    assert any(isinstance(each, Transfer) and each.state is PaymentState.CREDITED for each in done)
    # Those that came before the money had moved learn that the code is used.
    assert all(isinstance(each, Transfer | CodeSpent | WrongCode) for each in done)
    assert (await purse.payment(waiting)).state is PaymentState.CREDITED
    assert await purse.has(purse.line, purse.taras) == [PLENTY - Money.uah(100), Money.uah(100)]
