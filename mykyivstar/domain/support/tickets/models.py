"""Tickets and the notes of both sides."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, msisdn_field
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.support.models import Author, Specialism
from mykyivstar.kit.msisdn import Msisdn


class TicketState(StrEnum):
    """Who has to act next, and whether anybody still has to."""

    NEW = "new"
    IN_WORK = "in_work"
    WAITS_FOR_CUSTOMER = "waits_for_customer"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Whether it still needs somebody."""
        return self not in {TicketState.SOLVED, TicketState.CLOSED}


class TicketSource(StrEnum):
    """What it was made from."""

    CHAT = "chat"
    FORM = "form"
    DISPUTE = "dispute"
    FAULT = "fault"

    @property
    def answered_within(self) -> timedelta:
        """How soon the operator promises to answer."""
        return timedelta(hours=8) if self is TicketSource.FAULT else timedelta(hours=24)


class AnswerBy(StrEnum):
    """How whoever asked hears of an answer (M5); a signed-in customer always finds it in My Kyivstar as well."""

    SMS = "sms"
    EMAIL = "email"
    APP = "app"


class Ticket(SQLModel, table=True):
    """One request."""

    __tablename__ = "ticket"
    __table_args__ = (
        # A dispute, a fault or a form makes one ticket, however often it is asked for.
        Index("ix_ticket_source", "source", "source_ref", unique=True),
        Index("ix_ticket_work", "state", "deadline_at"),
        Index("ix_ticket_profile", "profile_id", "id"),
    )

    id: int | None = id_field()
    # What it is called in addresses; people are told `number`.
    code: str = Field(max_length=32, unique=True)
    source: TicketSource = enum_field(TicketSource)
    # Conversation, dispute or request it came from.
    source_ref: str = Field(max_length=40)
    specialism: Specialism = enum_field(Specialism)
    # None: whoever wrote is not signed in, and is answered by SMS or e-mail.
    profile_id: int | None = Field(default=None, foreign_key="profile.id", sa_type=BigId)
    contact_phone: Msisdn | None = msisdn_field(default=None, nullable=True)
    contact_email: str | None = Field(default=None, max_length=254)
    answer_by: AnswerBy = enum_field(AnswerBy, default=AnswerBy.SMS)
    # What whoever wrote without signing in calls themselves: for the desk's eyes, never in a letter or an SMS.
    contact_name: str = Field(default="", max_length=80)
    language: Language = enum_field(Language, default=Language.UK)
    title: str = Field(max_length=120)
    words: str = Field(sa_column=Column(Text, nullable=False))
    state: TicketState = enum_field(TicketState, default=TicketState.NEW)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", sa_type=BigId)
    deadline_at: datetime = moment_field()
    opened_at: datetime = moment_field()
    state_at: datetime = moment_field()
    answered_at: datetime | None = moment_field(default=None, nullable=True)
    # The newest answer, and when its customer had the ticket before their eyes last.
    last_answer_at: datetime | None = moment_field(default=None, nullable=True)
    customer_saw_at: datetime | None = moment_field(default=None, nullable=True)

    @property
    def is_public(self) -> bool:
        """Whether whoever knows its address reads it: written by somebody who was not signed in (K3)."""
        return self.source is TicketSource.FORM and self.profile_id is None

    @property
    def has_news(self) -> bool:
        """Whether there is an answer that the customer has not looked at."""
        return self.last_answer_at is not None and (
            self.customer_saw_at is None or self.customer_saw_at < self.last_answer_at
        )

    @property
    def number(self) -> str:
        """What people call it: T-000123."""
        return f"T-{self.id or 0:06}"


class TicketNote(SQLModel, table=True):
    """What one side wrote, or that the state changed."""

    __tablename__ = "ticket_note"

    id: int | None = id_field()
    ticket_id: int = Field(foreign_key="ticket.id", index=True, sa_type=BigId)
    author: Author = enum_field(Author)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", sa_type=BigId)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    # For the staff alone.
    is_internal: bool = False
    state: TicketState | None = enum_field(TicketState, default=None, nullable=True)
    # Whose it became, for the staff alone: a member's, or (`is_given_back`) nobody's.
    given_to: int | None = Field(default=None, foreign_key="staff_member.id", sa_type=BigId)
    is_given_back: bool = False
    at: datetime = moment_field()
