"""Conversations and what is said in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field
from mykyivstar.domain.identity.models import Language


class Specialism(StrEnum):
    """Which specialist a customer asks for, and what a consultant is skilled in (K1)."""

    MOBILE = "mobile"
    INTERNET = "internet"
    CORPORATE = "corporate"


class ConversationState(StrEnum):
    """How far a conversation is."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def is_running(self) -> bool:
        """Whether something may still be said."""
        return self is not ConversationState.CLOSED


class Author(StrEnum):
    """Who said it. `system` lines are facts ("the consultant has changed"), shown in the reader's language."""

    CUSTOMER = "customer"
    STAFF = "staff"
    ASSISTANT = "assistant"
    SYSTEM = "system"


class Note(StrEnum):
    """What a `system` line says."""

    STARTED = "started"
    TAKEN = "taken"
    BACK_IN_QUEUE = "back_in_queue"
    HANDED_OVER = "handed_over"
    CLOSED_BY_CUSTOMER = "closed_by_customer"
    CLOSED_BY_STAFF = "closed_by_staff"
    CLOSED_SILENT = "closed_silent"
    TICKET = "ticket"


class Conversation(SQLModel, table=True):
    """One customer and, in turn, the members of the staff who answer."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index("ix_conversation_profile", "profile_id", "id"),
        Index("ix_conversation_state", "state", "specialism", "queued_at"),
        Index("ix_conversation_staff", "staff_id", "state"),
    )

    id: int | None = id_field()
    # What it is called in addresses.
    code: str = Field(max_length=32, unique=True)
    profile_id: int = Field(foreign_key="profile.id", sa_type=BigId)
    # The name the consultant reads, as it was when the conversation began.
    customer_name: str = Field(default="", max_length=120)
    # The line or account in hand when it began (`domain.lines.keys.HoldingKey`), "" for none.
    about: str = Field(default="", max_length=40)
    specialism: Specialism = enum_field(Specialism)
    state: ConversationState = enum_field(ConversationState, default=ConversationState.WAITING)
    language: Language = enum_field(Language, default=Language.UK)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", sa_type=BigId)
    opened_at: datetime = moment_field()
    # Since when it waits in the queue it is in, or waited last.
    queued_at: datetime = moment_field()
    # For the figures: taken by a person first, answered by a person first, ended.
    taken_at: datetime | None = moment_field(default=None, nullable=True)
    answered_at: datetime | None = moment_field(default=None, nullable=True)
    closed_at: datetime | None = moment_field(default=None, nullable=True, index=True)
    # The newest message, and whose it is.
    last_at: datetime = moment_field()
    last_author: Author = enum_field(Author, default=Author.SYSTEM)
    # The newest message that each side has had before its eyes.
    customer_saw: int = Field(default=0, sa_type=BigId)
    staff_saw: int = Field(default=0, sa_type=BigId)
    # K2: 1 to 5, once; of whoever had the conversation when it ended.
    rating: int | None = None
    rating_words: str = Field(default="", max_length=500)
    rated_at: datetime | None = moment_field(default=None, nullable=True)


class Message(SQLModel, table=True):
    """One thing said. The browser makes `client_key`, so a message that is sent twice is kept once."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_client_key", "conversation_id", "author", "client_key", unique=True),
        Index("ix_message_conversation", "conversation_id", "id"),
    )

    id: int | None = id_field()
    conversation_id: int = Field(foreign_key="conversation.id", sa_type=BigId)
    author: Author = enum_field(Author)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", sa_type=BigId)
    client_key: str = Field(max_length=40)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    note: Note | None = enum_field(Note, default=None, nullable=True)
    # Values of a note: {"name": "Соломія"}, {"number": "T-000012"}.
    about: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    attachment_id: int | None = Field(default=None, foreign_key="attachment.id", sa_type=BigId)
    at: datetime = moment_field()


class Attachment(SQLModel, table=True):
    """A file that somebody sent; its content lies in the folder of attachments under a random name."""

    __tablename__ = "attachment"

    id: int | None = id_field()
    code: str = Field(max_length=32, unique=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True, sa_type=BigId)
    # What the sender calls it, cleaned; shown, never a path.
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=40)
    size: int
    at: datetime = moment_field()


class CannedAnswer(SQLModel, table=True):
    """A prepared answer with placeholders: {customer}, {consultant}, {number}."""

    __tablename__ = "canned_answer"

    id: int | None = id_field()
    specialism: Specialism | None = enum_field(Specialism, default=None, nullable=True)
    title: str = Field(max_length=80, unique=True)
    # By language.
    texts: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    position: int = 0
    removed_at: datetime | None = moment_field(default=None, nullable=True)


class CustomerLook(SQLModel, table=True):
    """That a member of the staff looked at a customer's card, and why they could."""

    __tablename__ = "customer_look"

    id: int | None = id_field()
    staff_id: int = Field(foreign_key="staff_member.id", index=True, sa_type=BigId)
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id", sa_type=BigId)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", sa_type=BigId)
    application_id: int | None = Field(default=None, foreign_key="application.id", sa_type=BigId)
    # At the counter of a service centre: the visit's number, "" for whoever came without one.
    visit_number: str = Field(default="", max_length=10)
    # Which document of the application, "" for its data.
    file_code: str = Field(default="", max_length=32)
    at: datetime = moment_field()
