"""A message of the contact form becomes a ticket: once for each puzzle, and not too many from anybody (K3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.feedback.contacts import Contact, parse_contact
from mykyivstar.domain.feedback.errors import ContactUnfit, LooksLikeARobot, PuzzleTooOld
from mykyivstar.domain.feedback.puzzle import demand_solved
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.texts import cleaned, message_text
from mykyivstar.domain.support.tickets.models import Ticket, TicketSource
from mykyivstar.domain.support.tickets.opening import of_source, open_ticket

NAME_MOST = 80
TITLE_MOST = 80


class About(StrEnum):
    """What a message is about."""

    MOBILE = "mobile"
    INTERNET = "internet"
    CORPORATE = "corporate"
    OTHER = "other"

    @property
    def specialism(self) -> Specialism:
        """Who answers it."""
        return Specialism.MOBILE if self is About.OTHER else Specialism(self.value)


@dataclass(frozen=True, slots=True)
class Writing:
    """The form as it was filled in; `bait` is the field that people do not meet."""

    about: About
    words: str
    contact: str
    name: str
    bait: str
    answer: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Who filled it in: a browser, perhaps with somebody signed in."""

    actor: Actor | None
    visitor: str
    address: str
    language: Language


async def send(
    unit_of_work: UnitOfWork, writing: Writing, writer: Writer, *, key: bytes, bits: int, at: datetime
) -> Ticket:
    """The ticket of this message: the same one however often the same puzzle's solution is sent.

    Nothing is sent to anybody: whoever wrote sees the ticket's address on the screen. A customer who gives no contact
    is answered in My Kyivstar and by SMS to an own number. Raises LooksLikeARobot, MessageEmpty, MessageTooLong,
    ContactUnfit, PuzzleUnsolved, PuzzleTooOld, TooManyTries.
    """
    if writing.bait:
        raise LooksLikeARobot
    words, name = message_text(writing.words), " ".join(cleaned(writing.name).split())[:NAME_MOST]
    contact = _contact(writing.contact, writer.actor)
    nonce = demand_solved(key, writing.answer, bits=bits, visitor=writer.visitor, at=at)
    async with unit_of_work() as session:
        await take_turn(session, f"feedback:{nonce}")
        ticket, wait = await of_source(session, TicketSource.FORM, nonce), 0
        # What is sent again is no other try.
        if ticket is None and not (wait := await limits.hit(session, at, *_tries(contact, writer))):
            ticket = await open_ticket(
                session,
                source=TicketSource.FORM,
                source_ref=nonce,
                specialism=writing.about.specialism,
                title=title_of(words),
                words=words,
                language=writer.language,
                at=at,
                profile_id=writer.actor.profile_id if writer.actor else None,
                contact_phone=contact.phone,
                contact_email=contact.email,
                answer_by=contact.way if contact.key else None,
                contact_name=name,
            )
    if ticket is None:
        raise TooManyTries(minutes=wait)
    # The same browser, but another person by now.
    if ticket.profile_id != (writer.actor.profile_id if writer.actor else None):
        raise PuzzleTooOld
    return ticket


def title_of(words: str) -> str:
    """How the desk's list calls it: its first line, cut between words."""
    line = " ".join(words.partition("\n")[0].split())
    if len(line) <= TITLE_MOST:
        return line
    whole, _, _ = line[:TITLE_MOST].rpartition(" ")
    return f"{whole or line[: TITLE_MOST - 1]}…"


def _contact(typed: str, actor: Actor | None) -> Contact:
    if typed.strip():
        return parse_contact(typed)
    if actor is None:
        raise ContactUnfit
    return Contact()


def _tries(contact: Contact, writer: Writer) -> tuple[tuple[Rule, str], ...]:
    whom = contact.key or (f"profile:{writer.actor.profile_id}" if writer.actor else "")
    return (
        (Rule.FEEDBACK_OF_CONTACT, whom),
        (Rule.FEEDBACK_FOR_BROWSER, writer.visitor),
        (Rule.FEEDBACK_FOR_ADDRESS, writer.address),
    )
