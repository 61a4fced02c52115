"""Adding a line or an internet account: a code goes to it, and whoever reads the code has it (B1).

A number that is nobody's gets the same answers and no SMS. How far it is stands in the database, so a lost connection
loses nothing; it belongs to this profile in this browser.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_codes, flow_store, subjects
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.models import FlowKind, FlowStep, Language, OneTimeCode, SignInFlow
from mykyivstar.domain.identity.subjects import Found, Subject
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.errors import AlreadyYours, TooManyHoldings
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.lines.queries import HOLDINGS_MAX, also_yours, holdings, masked_account
from mykyivstar.domain.lines.service import Attached, attach_proved
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.secret import token_hash


@dataclass(frozen=True, slots=True)
class Adding:
    """A code is on its way to `number`: as it was typed, or masked when it was taken from the suggestions."""

    kind: HoldingKind
    number: str
    expires_at: datetime
    resend_at: datetime


async def ask_for_code(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    typed: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Adding:
    """Send a code to the number that was typed, or to the phone in the contract of the account that was typed.

    The same answer for numbers that are nobody's. Raises NotALogin, AlreadyYours, TooManyHoldings, TooManyTries.
    """
    subject = subjects.parse_own(typed)
    async with unit_of_work() as session:
        found = await subjects.look_up(session, subject)
        await _begin(session, actor, found, number=typed.strip()[:80], visitor=visitor, at=at)
    return await _send(
        unit_of_work, key, actor, found=found, visitor=visitor, address=address, language=language, at=at
    )


async def ask_for_suggested(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    suggestion: HoldingKey,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Adding:
    """The same for one of `also_yours`. Raises NotFound for any other, TooManyHoldings, TooManyTries."""
    async with unit_of_work() as session:
        if suggestion not in {suggested.key for suggested in await also_yours(session, actor)}:
            raise NotFound
        subject, masked = await _register_entry(session, suggestion)
        found = await subjects.look_up(session, subject)
        await _begin(session, actor, found, number=masked, visitor=visitor, at=at)
    return await _send(
        unit_of_work, key, actor, found=found, visitor=visitor, address=address, language=language, at=at
    )


async def ask_again(
    unit_of_work: UnitOfWork, key: bytes, actor: Actor, *, visitor: str, address: str, language: Language, at: datetime
) -> Adding:
    """Another code for what is being added; too early, the old one stays. Raises FlowLost, TooManyTries."""
    asker = _asker(actor, visitor)
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=asker, kind=FlowKind.ADD_LINE, at=at)
        subject = _subject_in(flow)
    sent = await flow_codes.send_again(
        unit_of_work,
        key,
        kind=FlowKind.ADD_LINE,
        visitor=asker,
        address=address,
        language=language,
        at=at,
    )
    return _adding(subject, sent)


async def adding(session: AsyncSession, actor: Actor, *, visitor: str, at: datetime) -> Adding | None:
    """What this browser is adding to this profile; a page that lost its connection shows it again."""
    asker = _asker(actor, visitor)
    flow = await flow_store.find(session, visitor=asker, kind=FlowKind.ADD_LINE, at=at)
    if flow is None or flow.step is not FlowStep.CODE:
        return None
    reached = await flow_codes.standing(session, visitor=asker, kind=FlowKind.ADD_LINE, at=at)
    return _adding(_subject_in(flow), reached)


async def confirm(
    unit_of_work: UnitOfWork, key: bytes, actor: Actor, *, code: str, visitor: str, at: datetime
) -> Attached:
    """Trade the code for the line or account. Raises FlowLost, WrongCode, CodeExpired, CodeSpent, TooManyTries."""
    asker = _asker(actor, visitor)
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=asker, kind=FlowKind.ADD_LINE, at=at)
        code_id, subject = flow.code_id, _subject_in(flow)
    await flow_codes.spend(unit_of_work, key, kind=FlowKind.ADD_LINE, visitor=asker, code=code, at=at)
    async with unit_of_work() as session:
        found = await subjects.look_up(session, subject)
        sent_to = (await session.get_one(OneTimeCode, code_id)).sent_to
        if found.phone is None or found.phone != sent_to:
            # The contract got another phone, or the line was closed, while the code was on its way.
            raise NotFound
        await give_up(session, actor, visitor=visitor)
        return await attach_proved(
            session,
            profile_id=actor.profile_id,
            line_id=found.line_id,
            internet_account_id=found.internet_account_id,
            at=at,
        )


async def give_up(session: AsyncSession, actor: Actor, *, visitor: str) -> None:
    """Back to the first step, by the person's own wish."""
    await flow_store.forget(session, visitor=_asker(actor, visitor), kind=FlowKind.ADD_LINE)


def _asker(actor: Actor, visitor: str) -> str:
    """One profile in one browser: somebody else who signs in here next does not inherit its codes."""
    return token_hash(f"{visitor}:{actor.profile_id}")


async def _begin(session: AsyncSession, actor: Actor, found: Found, *, number: str, visitor: str, at: datetime) -> None:
    has = {held.key for held in await holdings(session, actor)}
    if _key_of(found) in has:
        raise AlreadyYours
    if len(has) >= HOLDINGS_MAX:
        raise TooManyHoldings(most=HOLDINGS_MAX)
    flow = await flow_store.begin(session, visitor=_asker(actor, visitor), kind=FlowKind.ADD_LINE, at=at)
    flow.typed, flow.subject, flow.profile_id = number, found.subject.key, actor.profile_id


async def _send(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    found: Found,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Adding:
    sent = await flow_codes.send(
        unit_of_work,
        key,
        kind=FlowKind.ADD_LINE,
        to=found.phone,
        visitor=_asker(actor, visitor),
        address=address,
        language=language,
        at=at,
    )
    return _adding(found.subject, sent)


def _adding(subject: Subject, sent: Standing) -> Adding:
    assert sent.expires_at is not None, "the code has been sent"
    assert sent.resend_at is not None, "the code has been sent"
    return Adding(HoldingKind(subject.kind), sent.typed, sent.expires_at, sent.resend_at)


def _subject_in(flow: SignInFlow) -> Subject:
    kind, _, value = flow.subject.partition(":")
    return Subject(kind, value)


def _key_of(found: Found) -> HoldingKey | None:
    if found.line_id is not None:
        return HoldingKey(HoldingKind.LINE, found.line_id)
    if found.internet_account_id is not None:
        return HoldingKey(HoldingKind.INTERNET, found.internet_account_id)
    return None


async def _register_entry(session: AsyncSession, key: HoldingKey) -> tuple[Subject, str]:
    """What a code for this line or account proves, and how its number is shown until then."""
    if key.kind is HoldingKind.LINE:
        line = await session.get_one(Line, key.id)
        return Subject("line", line.msisdn.digits), line.msisdn.masked
    account = await session.get_one(InternetAccount, key.id)
    return Subject("internet", account.number), masked_account(account.number)
