"""What the demo people have talked about with the desk, and the requests that came of it."""

import hashlib
import json
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support.models import Author, Conversation, ConversationState, Message, Note, Specialism
from mykyivstar.domain.support.tickets.models import Ticket, TicketNote, TicketSource, TicketState
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight

# Who asked, days ago, the number of the payment or the conversation, title, words, what was answered.
_REQUESTS = (
    ("380671000001", 1, "Немає сигналу на телебаченні", "Три канали показують чорний екран.", "", TicketState.IN_WORK),
    (
        "380675000000",
        3,
        "Копія рахунка за минулий місяць",
        "Надіслати копію для бухгалтерії.",
        "Копію надіслано на вашу адресу.",
        TicketState.SOLVED,
    ),
)


async def add_conversations(session: AsyncSession, at: datetime) -> None:
    """Tell them, unless somebody has talked here already."""
    if (await session.exec(select(Conversation.id).limit(1))).first() is not None:
        return
    logins = await session.exec(select(col(Profile.login_key), Profile))
    profiles = {login: profile for login, profile in logins if login}
    members = {member.login: member for member in await session.exec(select(StaffMember))}
    text = resources.files("mykyivstar.demo").joinpath("data/conversations.json").read_text("utf-8")
    for number, told in enumerate(json.loads(text)):
        if told["who"] in profiles:
            await _tell(session, number, told, profiles[told["who"]], members[told["by"]], at=at)
    for number, (who, days_ago, title, words, answer, state) in enumerate(_REQUESTS):
        if who not in profiles:
            continue
        opened = at - timedelta(days=days_ago)
        ticket = Ticket(
            code=_code("request", number),
            source=TicketSource.CHAT,
            source_ref=f"demo-{number}",
            specialism=Specialism.CORPORATE if who == "380675000000" else Specialism.INTERNET,
            profile_id=profiles[who].id,
            title=title,
            words=words,
            state=state,
            staff_id=members["consultant1"].id,
            deadline_at=opened + timedelta(days=1, hours=8),
            opened_at=opened,
            state_at=opened + timedelta(hours=2),
        )
        session.add(ticket)
        await session.flush()
        _add_notes(session, ticket, answer)


def _add_notes(session: AsyncSession, ticket: Ticket, answer: str) -> None:
    assert ticket.id is not None
    new = TicketNote(ticket_id=ticket.id, author=Author.SYSTEM, state=TicketState.NEW, at=ticket.opened_at)
    notes = [new]
    if answer:
        by = {"author": Author.STAFF, "staff_id": ticket.staff_id, "text": answer}
        notes.append(TicketNote(ticket_id=ticket.id, at=ticket.state_at, **by))  # type: ignore[arg-type]
    notes.append(TicketNote(ticket_id=ticket.id, author=Author.SYSTEM, state=ticket.state, at=ticket.state_at))
    session.add_all(notes)


async def _tell(
    session: AsyncSession, number: int, told: dict[str, Any], profile: Profile, member: StaffMember, *, at: datetime
) -> None:
    day = kyiv_date(at) - timedelta(days=told["days_ago"])
    began = kyiv_midnight(day) + timedelta(hours=told["hour"], minutes=7 * number)
    lines = told["lines"]
    ended = began + timedelta(seconds=lines[-1][1] + 90)
    answered = next(began + timedelta(seconds=after) for author, after, _ in lines if author == "staff")
    conversation = Conversation(
        code=_code("conversation", number),
        profile_id=profile.id or 0,
        customer_name=profile.name,
        specialism=Specialism(told["kind"]),
        state=ConversationState.CLOSED,
        staff_id=member.id,
        opened_at=began,
        queued_at=began,
        taken_at=began + timedelta(seconds=told["wait_s"]),
        answered_at=answered,
        closed_at=ended,
        last_at=began + timedelta(seconds=lines[-1][1]),
        last_author=Author(lines[-1][0]),
        rating=told["stars"] or None,
        rated_at=ended + timedelta(seconds=20) if told["stars"] else None,
    )
    session.add(conversation)
    await session.flush()
    assert conversation.id is not None
    about: dict[str, Any] = {"conversation_id": conversation.id}
    said: list[tuple[Author, int, str, Note | None, dict[str, str]]] = [
        (Author.SYSTEM, 0, "", Note.STARTED, {}),
        (Author.SYSTEM, told["wait_s"], "", Note.TAKEN, {"name": member.name}),
    ]
    said += [(Author(author), after, text, None, {}) for author, after, text in lines]
    said.sort(key=lambda each: each[1])
    said.append((Author.SYSTEM, lines[-1][1] + 90, "", Note.CLOSED_BY_CUSTOMER, {}))
    for at_place, (author, after, text, note, values) in enumerate(said):
        message = Message(author=author, client_key=f"demo-{at_place:04}", text=text, about=values, at=began, **about)
        message.note, message.at = note, began + timedelta(seconds=after)
        message.staff_id = member.id if author is Author.STAFF else None
        session.add(message)
        await session.flush()
        conversation.customer_saw = conversation.staff_saw = message.id or 0


def _code(kind: str, number: int) -> str:
    """The same in every demo; whose it is, is looked up anyway."""
    return hashlib.sha256(f"demo {kind} {number}".encode()).hexdigest()[:24]
