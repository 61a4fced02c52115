"""Adding a number: its code, and every way in which it may not fit."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import CodeExpired, CodeSpent, FlowLost, NotALogin, TooManyTries, WrongCode
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.lines import flows
from mykyivstar.domain.lines.errors import AlreadyYours
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import LineState
from mykyivstar.domain.lines.queries import holdings
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import hold, make_account, make_line, make_owner, make_person

KEY = b"a key of thirty-two bytes or more"
FAR_AWAY = Msisdn("380679999999")


class Adder:
    """One person in one browser, adding numbers."""

    def __init__(self, database: Database, clock: FixedClock, actor: Actor, visitor: str = "browser") -> None:
        self.database, self.clock, self.actor, self.visitor = database, clock, actor, visitor
        self.asking = {"visitor": visitor, "address": "192.0.2.1", "language": Language.UK}

    async def ask(self, typed: str) -> flows.Adding:
        return await flows.ask_for_code(
            self.database.unit_of_work, KEY, self.actor, typed=typed, at=self.clock.now(), **self.asking
        )

    async def ask_suggested(self, key: HoldingKey) -> flows.Adding:
        return await flows.ask_for_suggested(
            self.database.unit_of_work, KEY, self.actor, suggestion=key, at=self.clock.now(), **self.asking
        )

    async def ask_again(self) -> flows.Adding:
        return await flows.ask_again(self.database.unit_of_work, KEY, self.actor, at=self.clock.now(), **self.asking)

    async def confirm(self, code: str) -> list[str]:
        done = await flows.confirm(
            self.database.unit_of_work, KEY, self.actor, code=code, visitor=self.visitor, at=self.clock.now()
        )
        return [str(key) for key in done.new]

    async def adding(self) -> flows.Adding | None:
        async with self.database.reading() as session:
            return await flows.adding(session, self.actor, visitor=self.visitor, at=self.clock.now())

    async def has(self) -> list[str]:
        async with self.database.reading() as session:
            return [str(held.key) for held in await holdings(session, self.actor)]


async def last_sms(database: Database) -> SmsMessage:
    async with database.reading() as session:
        return (await session.exec(select(SmsMessage).order_by(col(SmsMessage.id).desc()).limit(1))).one()


async def code_to(database: Database, number: str) -> str:
    message = await last_sms(database)
    assert message.to == Msisdn(number)
    assert message.params is not None
    return str(message.params["code"])


@pytest.fixture
async def olena(database: Database, clock: FixedClock) -> Adder:
    """Olena, who has one line already."""
    async with database.unit_of_work() as session:
        actor = await make_person(session)
        await hold(session, actor, await make_line(session))
    return Adder(database, clock, actor)


@pytest.mark.parametrize("typed", ["067 100 00 02", "+380 (67) 100-00-02", "80671000002", " 380671000002 "])
async def test_a_number_is_added_with_the_code_that_came_to_it(database: Database, olena: Adder, typed: str):
    async with database.unit_of_work() as session:
        line = await make_line(session, "380671000002")
    adding = await olena.ask(typed)
    assert (adding.kind, adding.number) == (HoldingKind.LINE, typed.strip())
    assert await olena.confirm(await code_to(database, "380671000002")) == [f"line:{line.id}"]
    assert f"line:{line.id}" in await olena.has()
    assert await olena.adding() is None


@pytest.mark.parametrize("typed", ["0004477622", " 0004477622 ", "000 447 76 22", "000-4477-622"])
async def test_an_account_is_added_with_the_code_that_came_to_its_contract_phone(
    database: Database, olena: Adder, typed: str
):
    async with database.unit_of_work() as session:
        account = await make_account(session, contract_phone=FAR_AWAY)
    adding = await olena.ask(typed)
    assert (adding.kind, adding.number) == (HoldingKind.INTERNET, typed.strip())
    assert await olena.confirm(await code_to(database, FAR_AWAY.digits)) == [f"internet:{account.id}"]


async def test_an_account_without_its_leading_zeros_is_another_account(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        await make_account(session, contract_phone=FAR_AWAY)
    await olena.ask("4477622")
    assert (await last_sms(database)).params is None


@pytest.mark.parametrize("typed", ["", "  ", "mum", "12345", "067 100 00", "1" * 60, "067100000²", "internet:1"])
async def test_what_is_no_number_is_refused_before_anything_is_sent(database: Database, olena: Adder, typed: str):
    with pytest.raises(NotALogin):
        await olena.ask(typed)
    async with database.reading() as session:
        assert (await session.exec(select(SmsMessage))).all() == []


@pytest.mark.parametrize("state", [LineState.INACTIVE, None])
async def test_a_number_that_is_nobodys_gets_the_same_answer_and_no_code_fits(
    database: Database, olena: Adder, state: LineState | None
):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
        if state is not None:
            await make_line(session, "380671000009", state=state)
    real, decoy = await olena.ask("0671000002"), await olena.ask("0671000009")
    assert (decoy.kind, decoy.expires_at, decoy.resend_at) == (real.kind, real.expires_at, real.resend_at)
    assert await olena.adding() == decoy
    message = await last_sms(database)
    assert (message.params, message.state.is_final) == (None, True)
    with pytest.raises(WrongCode):
        await olena.confirm("2345")


async def test_a_number_that_is_already_among_ones_own_is_said_to_be(database: Database, olena: Adder):
    with pytest.raises(AlreadyYours):
        await olena.ask("0671000001")
    async with database.unit_of_work() as session:
        await hold(session, olena.actor, await make_account(session), position=1)
    with pytest.raises(AlreadyYours):
        await olena.ask("0004477622")


async def test_a_number_that_somebody_else_has_is_answered_like_any_other(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        line = await make_line(session, "380671000002")
        await hold(session, await make_person(session, "andrii"), line)
    await olena.ask("0671000002")
    assert await olena.confirm(await code_to(database, "380671000002")) == [f"line:{line.id}"]


async def test_a_code_for_one_number_does_not_add_another(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
        await make_line(session, "380671000003")
    await olena.ask("0671000002")
    code = await code_to(database, "380671000002")
    await olena.ask("0671000003")
    with pytest.raises(WrongCode):
        await olena.confirm(code)
    assert len(await olena.has()) == 1


async def test_a_code_works_once(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    await olena.ask("0671000002")
    code = await code_to(database, "380671000002")
    await olena.confirm(code)
    with pytest.raises(FlowLost):
        await olena.confirm(code)


async def test_five_wrong_codes_spend_it(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    await olena.ask("0671000002")
    code = await code_to(database, "380671000002")
    for _ in range(4):
        with pytest.raises(WrongCode):
            await olena.confirm("0000")
    with pytest.raises(CodeSpent):
        await olena.confirm("0000")
    with pytest.raises(CodeSpent):
        await olena.confirm(code)


async def test_a_late_code_is_refused_and_a_new_one_can_be_asked_for(
    database: Database, olena: Adder, clock: FixedClock
):
    async with database.unit_of_work() as session:
        line = await make_line(session, "380671000002")
    await olena.ask("0671000002")
    late = await code_to(database, "380671000002")
    clock.moment += timedelta(minutes=5)
    with pytest.raises(CodeExpired):
        await olena.confirm(late)
    again = await olena.ask_again()
    assert again.expires_at == clock.now() + timedelta(minutes=5)
    assert await olena.confirm(await code_to(database, "380671000002")) == [f"line:{line.id}"]


async def test_asking_again_too_early_keeps_the_code_that_is_on_its_way(
    database: Database, olena: Adder, clock: FixedClock
):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    first = await olena.ask("0671000002")
    clock.moment += timedelta(seconds=59)
    assert await olena.ask_again() == first
    clock.moment += timedelta(seconds=1)
    assert await olena.ask_again() != first


async def test_another_person_in_the_same_browser_does_not_inherit_the_code(
    database: Database, olena: Adder, clock: FixedClock
):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
        andrii = Adder(database, clock, await make_person(session, "andrii"))
    await olena.ask("0671000002")
    assert await andrii.adding() is None
    with pytest.raises(FlowLost):
        await andrii.confirm(await code_to(database, "380671000002"))


async def test_another_browser_of_the_same_person_does_not_either(database: Database, olena: Adder, clock: FixedClock):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    await olena.ask("0671000002")
    elsewhere = Adder(database, clock, olena.actor, visitor="another browser")
    with pytest.raises(FlowLost):
        await elsewhere.confirm(await code_to(database, "380671000002"))


async def test_codes_to_one_number_are_limited(database: Database, olena: Adder, clock: FixedClock):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    for _ in range(5):
        await olena.ask("0671000002")
    with pytest.raises(TooManyTries):
        await olena.ask("0671000002")


async def test_a_suggestion_is_added_with_its_own_code_and_stays_masked_until_then(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        owner = await make_owner(session)
        (mine,) = await holdings(session, olena.actor)
        mine.line.owner_id = owner.id
        line = await make_line(session, "380671000002", owner_id=owner.id)
        key = HoldingKey(HoldingKind.LINE, line.id)
    adding = await olena.ask_suggested(key)
    assert adding.number == "+380 67 ••• •• 02"
    assert await olena.confirm(await code_to(database, "380671000002")) == [str(key)]


async def test_what_was_not_suggested_cannot_be_asked_for_by_its_id(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        strangers = await make_line(session, "380671000002")
    for key in (HoldingKey(HoldingKind.LINE, strangers.id), HoldingKey(HoldingKind.INTERNET, 999)):
        with pytest.raises(NotFound):
            await olena.ask_suggested(key)


async def test_a_contract_that_got_another_phone_in_between_is_not_added(database: Database, olena: Adder):
    async with database.unit_of_work() as session:
        account = await make_account(session, contract_phone=FAR_AWAY)
    await olena.ask("0004477622")
    code = await code_to(database, FAR_AWAY.digits)
    async with database.unit_of_work() as session:
        (await session.get_one(type(account), account.id)).contract_phone = Msisdn("380678888888")
    with pytest.raises(NotFound):
        await olena.confirm(code)


async def test_going_back_forgets_what_was_begun(database: Database, olena: Adder, clock: FixedClock):
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    await olena.ask("0671000002")
    async with database.unit_of_work() as session:
        await flows.give_up(session, olena.actor, visitor=olena.visitor)
    assert await olena.adding() is None
