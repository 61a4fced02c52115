"""What a phone sees when it dials, answer by answer."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select, update

from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Billing, Line, LineState
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.api.ussd.conftest import OLENA, Gateway, World
from tests.factories.people import hold, make_account, make_line, make_person, put_money

MENU = (
    "Balance: 150.00 UAH\nBonuses: 32.50\n"
    "1 Promised payment\n2 Transfer\n3 My tariff\n4 Home internet\n6 Block this number\n0 Exit"
)


async def test_a_line_hears_its_balance_and_bonuses(gateway: Gateway, world: World):
    phone = gateway.phone()
    assert await phone.dial("*110#") == MENU
    assert phone.is_open
    assert await phone.answer("0") == "Thank you for being with Kyivstar!"
    assert not phone.is_open


@pytest.mark.parametrize(
    ("language", "words"), [("uk", "Баланс: 150,00 грн\nБонуси: 32,50"), ("ru", "Баланс: 150,00 грн\nБонусы: 32,50")]
)
async def test_it_speaks_the_language_of_its_owner(gateway: Gateway, world: World, language: str, words: str):
    await world.speak(language)
    assert (await gateway.phone().dial()).startswith(words)


async def test_the_home_internet_of_the_contract_phone_is_told(gateway: Gateway, world: World):
    phone = gateway.phone()
    assert await phone.dial("*460#") == (
        "Home internet 0004477622: works\nBalance: 12.00 UAH\nBonuses: 100.00\n1 Grace week\n0 Exit"
    )
    assert (await gateway.phone("380671000002").dial("*460#")).startswith("No home internet")


async def test_of_several_accounts_one_is_chosen(gateway: Gateway, world: World):
    async with world.database.unit_of_work() as session:
        await make_account(session, "0009000001")
    phone = gateway.phone()
    assert await phone.dial("*460#") == "1 0004477622\n2 0009000001\n0 Exit"
    assert (await phone.answer("3")).startswith("Choose one of the numbers.\n1 0004477622")
    assert (await phone.answer("2")).startswith("Home internet 0009000001: works\nBalance: not known yet")


async def test_a_promised_payment_is_taken_once(gateway: Gateway, world: World):
    async with world.database.unit_of_work() as session:
        await session.exec(update(Line).where(Line.id == world.other.id).values(state=LineState.ACTIVE))
    phone = gateway.phone("380671000002")
    await phone.dial()
    assert await phone.answer("1") == (
        "Promised payment. Price 5.00 UAH, back by 27.11.2026\n1 50.00 UAH\n2 100.00 UAH\n0 Cancel"
    )
    assert await phone.answer("1") == (
        "Take 50.00 UAH now? 55.00 UAH goes back from your next top-up, by 27.11.2026 at the latest.\n1 Yes\n0 No"
    )
    done = await phone.answer("1")
    assert done == "50.00 UAH is on your account. 55.00 UAH goes back from your next top-up, by 27.11.2026."
    assert [await phone.send("1") for _ in range(3)] == [done] * 3
    assert await world.money(world.other) == Money.uah(50)
    await phone.dial()
    assert (await phone.answer("1")).startswith("The last promised payment is still open")
    assert not phone.is_open


async def test_a_small_transfer_needs_no_code(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    assert (await phone.answer("2")).startswith("To whom?")
    assert await phone.answer("067 100 00 02") == "How much to 380671000002? From 1.00 UAH to 1,000.00 UAH.\n0 Cancel"
    assert await phone.answer("15,50") == ("15.50 UAH to 380671000002? 134.50 UAH stays.\n1 Transfer\n0 Cancel")
    assert await phone.answer("1") == "Transferred: 15.50 UAH to 380671000002. Balance: 134.50 UAH"
    assert not phone.is_open
    assert (await world.money(), await world.money(world.other)) == (Money.uah(134, 50), Money.uah(15, 50))


async def test_a_larger_one_is_confirmed_by_the_code_of_an_sms(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    assert "You will get a code by SMS." in await phone.answer("2", "0671000002", "100")
    assert (await phone.answer("1")).startswith("Type the code from the SMS to transfer 100.00 UAH to 380671000002.")
    [message] = await world.sms()
    assert (message.to, message.template) == (Msisdn(OLENA), "code_transfer")
    assert "does not fit" in await phone.answer("ZZZZ")
    assert phone.is_open
    assert await world.money() == Money.uah(150)
    code = await world.code()
    assert await phone.answer(code.lower()) == "Transferred: 100.00 UAH to 380671000002. Balance: 50.00 UAH"
    assert [await phone.send(code.lower()) for _ in range(2)] == [
        "Transferred: 100.00 UAH to 380671000002. Balance: 50.00 UAH"
    ] * 2
    assert await world.money() == Money.uah(50)


async def test_a_closed_window_loses_nothing_and_the_code_is_typed_in_another_dialogue(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("2", "0671000002", "100", "1")
    again = gateway.phone()
    assert "5 Code of the transfer" in await again.dial()
    assert (await again.answer("5")).startswith("Type the code from the SMS")
    assert (await again.answer(await world.code())).startswith("Transferred: 100.00 UAH")
    assert "5 Code" not in await again.dial()
    assert (await again.answer("5")).startswith("Choose one of the numbers.")


async def test_a_code_works_on_the_phone_that_asked_and_on_no_other(gateway: Gateway, world: World):
    await gateway.phone().dial()
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("2", "0671000002", "100", "1")
    # The other line of the same person: the code is not asked for there.
    assert "5 Code" not in await gateway.phone("380671000002").dial()


async def test_after_wrong_codes_the_transfer_is_over(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("2", "0671000002", "100", "1")
    for _ in range(4):
        assert "does not fit" in await phone.answer("ZZZZ")
    assert "cancelled" in await phone.answer("ZZZZ")
    assert not phone.is_open
    assert await world.money() == Money.uah(150)


async def test_giving_up_ends_the_transfer(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("2", "0671000002", "100", "1")
    assert await phone.answer("0") == "Cancelled, nothing was done."
    async with world.database.reading() as session:
        assert (await session.exec(select(Payment.state))).one() is PaymentState.FAILED


async def test_the_same_once_more_is_asked_about(gateway: Gateway, world: World):
    phone = gateway.phone()
    for _ in range(2):
        await phone.dial()
        shown = await phone.answer("2", "0671000002", "10", "1")
    assert shown == "You have just transferred 10.00 UAH to 380671000002. Once more?\n1 Yes\n0 No"
    assert (await phone.answer("1")).startswith("Transferred: 10.00 UAH")
    assert await world.money(world.other) == Money.uah(20)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["abc"], "Enter a mobile number"),
        (["0990000009"], "We cannot top up 0990000009"),
        (["0671000002", "0"], "Cancelled"),
        (["0671000002", "zero"], "Enter an amount"),
        (["0671000002", "1000,01"], "One transfer is from 1.00 UAH to 1,000.00 UAH."),
        (["0671000002", "151"], "There is not enough money on the account: 1.00 UAH more is needed."),
        (["0671000001", "5"], "This is the number you transfer from."),
    ],
)
async def test_what_cannot_be_is_told_and_asked_again(gateway: Gateway, world: World, typed: list[str], words: str):
    phone = gateway.phone()
    await phone.dial()
    assert (await phone.answer("2", *typed)).startswith(words)
    assert phone.is_open is (words != "Cancelled")
    assert await world.money() == Money.uah(150)


async def test_a_mistake_is_mended_in_the_same_dialogue(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    shown = await phone.answer("2", "abc", "0671000001", "5", "0671000002", "500", "5", "7", "1")
    assert shown == "Transferred: 5.00 UAH to 380671000002. Balance: 145.00 UAH"


async def test_a_contract_line_gives_only_within_its_profile(gateway: Gateway, world: World):
    async with world.database.unit_of_work() as session:
        await session.exec(update(Line).where(Line.id == world.line.id).values(payment=Billing.CONTRACT))
        await make_line(session, "380672000001")
    phone = gateway.phone()
    await phone.dial()
    assert (await phone.answer("2", "0672000001", "5")).startswith("A contract number can transfer only")


async def test_a_number_without_a_profile_hears_balances_and_is_asked_to_register(gateway: Gateway, world: World):
    async with world.database.unit_of_work() as session:
        await put_money(session, await make_line(session, "380672000001"), Money.uah(7))
    phone = gateway.phone("380672000001")
    assert (await phone.dial()).startswith("Баланс: 7,00 грн")
    for choice in ("1", "2", "5"):
        await phone.dial()
        assert "зареєстрован" in await phone.answer(choice)
        assert not phone.is_open


async def test_nothing_of_other_lines_is_told_or_spent(gateway: Gateway, world: World):
    """A daughter's phone in her mother's profile: her own balance, and her own money."""
    phone = gateway.phone("380671000002")
    assert (await phone.dial()).startswith("Balance: 0.00 UAH") or "not known" in (await phone.dial())
    shown = await phone.answer("2", OLENA, "5")
    assert "not enough money" in shown
    assert await world.money() == Money.uah(150)


async def test_a_grace_week_of_somebody_elses_account_is_not_taken(gateway: Gateway, world: World):
    async with world.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
        await session.exec(update(InternetAccount).values(contract_phone=Msisdn("380672000001")))
        await hold(session, stranger, await make_line(session, "380672000001"))
    phone = gateway.phone("380672000001")
    await phone.dial("*460#")
    # The contract names this phone, so its balance is told; the profile does not own the account, so no debt is made.
    assert "не знайшли" in await phone.answer("1")


@pytest.mark.parametrize("text", ["*111#", "", "110", "*110", "*460*1#", "x" * 182])
async def test_other_codes_are_unknown(gateway: Gateway, world: World, text: str):
    assert await gateway.phone().dial(text) == "There is no such request. Dial *110# or *460#"


@pytest.mark.parametrize("text", ["9", "", "-1", "١", "1 1", "yes", "00"])
async def test_an_answer_that_is_no_choice_is_asked_again(gateway: Gateway, world: World, text: str):
    phone = gateway.phone()
    await phone.dial()
    assert await phone.answer(text) == f"Choose one of the numbers.\n{MENU}"


async def test_numbers_that_are_not_customers_or_are_blocked(gateway: Gateway, world: World):
    assert "не обслуговується" in await gateway.phone("380990000000").dial()
    async with world.database.unit_of_work() as session:
        await session.exec(update(Line).values(state=LineState.BLOCKED))
    assert await gateway.phone().dial() == "This number is blocked. Questions: 466"
    async with world.database.unit_of_work() as session:
        await session.exec(update(Line).values(state=LineState.INACTIVE))
    assert "не обслуговується" in await gateway.phone().dial()


async def test_a_line_that_is_blocked_in_the_middle_gives_nothing(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("2", "0671000002", "10")
    async with world.database.unit_of_work() as session:
        await session.exec(update(Line).values(state=LineState.BLOCKED))
    assert await phone.answer("1") == "This number is blocked. Questions: 466"
    assert await world.money() == Money.uah(150)


async def test_whoever_answers_late_begins_again(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    world.clock.moment += timedelta(seconds=180)
    assert await phone.answer("0") == "The time for an answer is over. Dial again."
    assert not phone.is_open


async def test_the_same_step_sent_many_times_at_once_is_done_once(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("2", "0671000002", "10")
    body = {"session": phone.session, "step": 5, "msisdn": OLENA, "text": "1"}
    answers = await asyncio.gather(*(gateway.send(**body) for _ in range(6)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert len({answer.json()["text"] for answer in answers if answer.status_code == 200}) == 1
    assert await world.money(world.other) == Money.uah(10)


async def test_a_worker_that_died_before_it_answered_is_replaced_and_nothing_moves_twice(
    gateway: Gateway, world: World, monkeypatch: pytest.MonkeyPatch
):
    from mykyivstar.domain.ussd import sessions

    phone = gateway.phone()
    await phone.dial()
    await phone.answer("2", "0671000002", "10")
    real = sessions.keep

    async def dies(*_args: object, **_kwargs: object) -> str:
        raise ConnectionError("the lights went out")

    monkeypatch.setattr(sessions, "keep", dies)
    with pytest.raises(ConnectionError):
        await phone.answer("1")
    monkeypatch.setattr(sessions, "keep", real)
    assert await world.money(world.other) == Money.uah(10)
    answer = await gateway.send(session=phone.session, step=5, msisdn=OLENA, text="1")
    assert answer.status_code == 503
    world.clock.moment += timedelta(seconds=20)
    assert await phone.send("1") == "Transferred: 10.00 UAH to 380671000002. Balance: 140.00 UAH"
    assert await world.money(world.other) == Money.uah(10)


async def test_who_dials_all_the_time_is_asked_to_wait(gateway: Gateway, world: World):
    phone = gateway.phone()
    for _ in range(60):
        await phone.dial("*0#")
    assert (await phone.dial()).startswith("Too many tries.")
    world.clock.moment += timedelta(hours=1)
    assert await phone.dial() == MENU
