"""How a blocked line comes back: a code to another contact of the same person (G1)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import delete, update

from mykyivstar.domain.blocking import service
from mykyivstar.domain.blocking.errors import (
    BlockedByRegister,
    IdentityCheckNeeded,
    NoOtherContact,
    NotBlocked,
    OnlyOwnerBlocks,
)
from mykyivstar.domain.blocking.models import BlockEnding, BlockReason, LineBlock
from mykyivstar.domain.blocking.queries import Return
from mykyivstar.domain.identity import codes_out, own_codes
from mykyivstar.domain.identity.errors import CodeExpired, CodeSpent, TooManyTries, WrongCode
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line, LineState
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.domain.visits.counter import Seen
from mykyivstar.domain.visits.models import ProofDocument
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.blocking.conftest import EMAIL, LINE, LOST, OTHER, STOLEN, Home
from tests.factories.people import hold, make_account, make_line, make_person

PASSPORT = Seen(ProofDocument.PASSPORT, "паспорт, …123456")


async def away(home: Home) -> LineBlock:
    """Blocked for a holiday, an hour ago."""
    made = await home.block()
    await home.carry_out(made)
    home.clock.moment += timedelta(hours=1)
    return made


@pytest.mark.parametrize("to", [OTHER, EMAIL])
async def test_a_code_to_another_contact_unblocks(home: Home, to: str) -> None:
    await away(home)
    out = await home.send(to)
    assert out.to.key == to
    sms = [each for each in await home.all(SmsMessage) if each.template == "code_unblock"]
    mail = [each for each in await home.all(MailMessage) if each.template == "code_unblock"]
    assert ([each.to.digits for each in sms], [each.to for each in mail]) == (
        ([OTHER], []) if to == OTHER else ([], [EMAIL])
    )
    assert (sms or mail)[0].params["number"] == "067*****01"
    assert len((sms or mail)[0].params["code"]) == 4
    await home.unblock()
    assert await home.state() is LineState.ACTIVE
    (block,) = await home.all(LineBlock)
    assert (block.until, block.ending) == (home.clock.now(), BlockEnding.BY_CODE)
    assert (await home.told())[-2:] == [("line_unblocked", LINE), ("line_unblocked", OTHER)]
    assert (await home.events())[-1] == "line_unblocked"
    # Once more, by a second click: what was wanted is so, and nobody is told of it again.
    told = await home.told()
    await home.unblock("0000")
    assert (await home.state(), await home.told()) == (LineState.ACTIVE, told)


async def test_never_to_the_line_itself_nor_to_what_does_not_work(home: Home) -> None:
    await away(home)
    assert [each.key for each in (await home.see()).contacts] == [OTHER, EMAIL]
    for to in (LINE, "380671000009", "ivan@example.com", ""):
        with pytest.raises(NotFound):
            await home.send(to)
    async with home.database.unit_of_work() as session:
        await session.exec(update(Line).where(Line.id == home.other_id).values(state=LineState.BLOCKED))
    assert [each.key for each in (await home.see()).contacts] == [EMAIL]


async def test_the_phone_of_a_contract_and_the_contact_phone_count(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        account = await make_account(session, contract_phone=Msisdn("380501234567"))
        await hold(session, home.olena, account, position=2)
        profile = await session.get_one(Profile, home.olena.profile_id)
        profile.contact_phone = Msisdn("380631234567")
        session.add(profile)
    await away(home)
    assert [each.key for each in (await home.see()).contacts] == ["380631234567", OTHER, "380501234567", EMAIL]


async def test_a_number_that_was_added_after_the_block_does_not_count(home: Home) -> None:
    made = await away(home)
    async with home.database.unit_of_work() as session:
        late = await make_line(session, "380671000007")
        await hold(session, home.olena, late, position=2, proved_at=made.asked_at + timedelta(seconds=1))
        just = await make_line(session, "380671000008")
        await hold(session, home.olena, just, position=2, proved_at=made.asked_at)
    assert [each.key for each in (await home.see()).contacts] == [OTHER, "380671000008", EMAIL]
    with pytest.raises(NotFound):
        await home.send("380671000007")


async def test_a_number_that_is_only_paid_for_or_looked_at_does_not_count(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        for position, role in enumerate((HoldingRole.PAYER, HoldingRole.VIEWER), 2):
            theirs = await make_line(session, f"38067100001{position}")
            await hold(session, home.olena, theirs, role=role, position=position)
    await away(home)
    assert [each.key for each in (await home.see()).contacts] == [OTHER, EMAIL]
    with pytest.raises(NotFound):
        await home.send("380671000012")


async def test_a_code_is_for_the_block_it_was_sent_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    await away(home)
    await home.send()
    spend = codes_out.spend_latest

    async def meanwhile(*given: Any, **more: Any) -> None:
        """While the code is looked at, the desk unblocks the line and its owner blocks it again."""
        await spend(*given, **more)
        async with home.database.unit_of_work() as session:
            line = await service.held_for_change(session, home.line_id)
            active = await service.open_block(session, home.line_id)
            assert active is not None
            await service.end(session, line, active, BlockEnding.AT_DESK, at=home.clock.now())
        await home.carry_out(await home.block(key="form-2"))

    monkeypatch.setattr(codes_out, "spend_latest", meanwhile)
    with pytest.raises(CodeSpent):
        await home.unblock()
    assert await home.state() is LineState.BLOCKED


async def test_without_another_contact_it_says_so(home: Home) -> None:
    await away(home)
    async with home.database.unit_of_work() as session:
        await session.exec(delete(Holding).where(Holding.line_id == home.other_id))
        await session.exec(update(Profile).values(contact_email=None, contact_phone=Msisdn(LINE)))
    assert (await home.see()).returns is Return.NO_CONTACT
    with pytest.raises(NoOtherContact):
        await home.send(OTHER)


@pytest.mark.parametrize("reason", [LOST, STOLEN])
async def test_a_lost_or_stolen_sim_needs_a_document(home: Home, reason: BlockReason) -> None:
    await home.block(reason)
    for attempt in (home.send(OTHER), home.unblock("1234")):
        with pytest.raises(IdentityCheckNeeded):
            await attempt
    assert await home.state() is LineState.BLOCKED
    assert not (await home.see()).contacts


async def test_a_theft_that_is_told_while_a_code_is_out_stops_it(home: Home) -> None:
    made = await away(home)
    await home.send()
    async with home.database.unit_of_work() as session:
        await session.exec(update(LineBlock).where(LineBlock.id == made.id).values(reason=STOLEN))
    with pytest.raises(IdentityCheckNeeded):
        await home.unblock()
    assert await home.state() is LineState.BLOCKED


async def test_what_is_not_blocked_or_blocked_by_the_register_has_no_code(home: Home) -> None:
    with pytest.raises(NotBlocked):
        await home.send()
    async with home.database.unit_of_work() as session:
        await session.exec(update(Line).where(Line.id == home.line_id).values(state=LineState.BLOCKED))
    with pytest.raises(BlockedByRegister):
        await home.send()
    assert (await home.see()).returns is Return.OPERATOR


async def test_strangers_and_lower_roles_get_nothing(home: Home) -> None:
    await away(home)
    with pytest.raises(OnlyOwnerBlocks):
        await home.send(by=home.ivan)
    with pytest.raises(OnlyOwnerBlocks):
        await home.unblock("1234", by=home.ivan)
    assert not (await home.see(by=home.ivan)).contacts
    async with home.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    with pytest.raises(NotFound):
        await home.send(by=stranger)
    with pytest.raises(NotFound):
        await home.unblock("1234", by=stranger)


async def test_a_code_has_five_tries_and_five_minutes(home: Home) -> None:
    await away(home)
    await home.send()
    right = await home.code()
    wrong = "2222" if right != "2222" else "3333"
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as refused:
            await home.unblock(wrong)
        assert refused.value.params["tries_left"] == left
    for typed in (wrong, right):
        with pytest.raises(CodeSpent):
            await home.unblock(typed)
    home.clock.moment += timedelta(minutes=1)
    await home.send()
    home.clock.moment += timedelta(minutes=5)
    with pytest.raises(CodeExpired):
        await home.unblock()
    assert await home.state() is LineState.BLOCKED


async def test_a_code_works_in_its_browser_alone_and_once(home: Home) -> None:
    await away(home)
    await home.send()
    with pytest.raises(CodeSpent):
        await home.unblock(visitor="w" * 64)
    code = await home.code()
    done = await asyncio.gather(home.unblock(code), home.unblock(code), return_exceptions=True)
    # Whoever is second finds the line working, or the code used a moment before it works.
    refused = [each for each in done if each is not None]
    assert len(refused) <= 1
    assert all(isinstance(each, CodeSpent | WrongCode) for each in refused)
    assert await home.state() is LineState.ACTIVE
    assert [each[0] for each in await home.told()].count("line_unblocked") == 2


async def test_another_code_is_sent_after_a_minute_and_five_in_an_hour(home: Home) -> None:
    await away(home)
    first = await home.send()
    home.clock.moment += timedelta(seconds=59)
    assert await home.send() == first
    for _ in range(4):
        home.clock.moment += timedelta(minutes=1)
        await home.send()
    home.clock.moment += timedelta(minutes=1)
    with pytest.raises(TooManyTries):
        await home.send()
    assert len([each for each in await home.all(SmsMessage) if each.template == "code_unblock"]) == 5


async def test_no_other_code_goes_to_a_blocked_line_while_there_is_another_phone(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        account = await make_account(session, contract_phone=Msisdn(LINE))
        await hold(session, home.olena, account, position=2)
    await home.block(LOST)
    async with home.database.reading() as session:
        assert [each.digits for each in await own_codes.phones(session, home.olena)] == [OTHER]
    async with home.database.unit_of_work() as session:
        await session.exec(delete(Holding).where(Holding.line_id == home.other_id))
    async with home.database.reading() as session:
        assert [each.digits for each in await own_codes.phones(session, home.olena)] == [LINE]
