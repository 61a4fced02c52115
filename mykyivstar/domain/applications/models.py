"""Applications with their files and history, and the personal data that they change."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field
from mykyivstar.domain.identity.models import Language


class DocumentKind(StrEnum):
    """With which paper somebody proves who they are."""

    PASSPORT = "passport"
    ID_CARD = "id_card"
    TRAVEL_PASSPORT = "travel_passport"
    RESIDENCE_PERMIT = "residence_permit"


class PersonalData(SQLModel, table=True):
    """Who the contract says this person is; contact phone and e-mail are the profile's own."""

    __tablename__ = "personal_data"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", unique=True, sa_type=BigId)
    full_name: str = Field(default="", max_length=120)
    document_kind: DocumentKind | None = enum_field(DocumentKind, default=None, nullable=True)
    document_number: str = Field(default="", max_length=20)
    address: str = Field(default="", max_length=200)
    changed_at: datetime = moment_field()


class ApplicationKind(StrEnum):
    """What an application asks for; a person has at most one open application of each kind."""

    NAME = "name"
    DOCUMENT = "document"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"

    @property
    def is_contact(self) -> bool:
        """Whether the new value is a contact, which proves itself by a code that is sent to it."""
        return self in {ApplicationKind.EMAIL, ApplicationKind.PHONE}

    @property
    def needs_documents(self) -> bool:
        """Whether the new value is proved by a paper."""
        return not self.is_contact


class ApplicationState(StrEnum):
    """Where it stands (see `life.MOVES`)."""

    DRAFT = "draft"
    NEW = "new"
    IN_CHECK = "in_check"
    NEEDS_MORE = "needs_more"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether it was sent and nobody has decided yet."""
        return self in {ApplicationState.NEW, ApplicationState.IN_CHECK, ApplicationState.NEEDS_MORE}

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self in {ApplicationState.APPROVED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}


class Reason(StrEnum):
    """Why it was declined."""

    UNREADABLE = "unreadable"
    DOES_NOT_PROVE = "does_not_prove"
    SOMEBODY_ELSES = "somebody_elses"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Application(SQLModel, table=True):
    """One wish of one person."""

    __tablename__ = "application"
    __table_args__ = (
        Index("ux_application_key", "profile_id", "key", unique=True),
        Index("ux_application_open", "profile_id", "open_kind", unique=True),
        Index("ix_application_profile", "profile_id", "id"),
        Index("ix_application_work", "state", "deadline_at"),
    )

    id: int | None = id_field()
    # What it is called in addresses; people are told `number`.
    code: str = Field(max_length=32, unique=True)
    profile_id: int = Field(foreign_key="profile.id", sa_type=BigId)
    # Of the form it was made with.
    key: str = Field(max_length=40)
    kind: ApplicationKind = enum_field(ApplicationKind)
    # The kind while it is open, so that the database allows one at a time.
    open_kind: ApplicationKind | None = enum_field(ApplicationKind, default=None, nullable=True)
    # What was known when it was made, and what shall be: values by the names of `data.FIELDS`.
    old: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    new: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    language: Language = enum_field(Language, default=Language.UK)
    state: ApplicationState = enum_field(ApplicationState, default=ApplicationState.DRAFT)
    state_at: datetime = moment_field()
    # Who checks it.
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", index=True, sa_type=BigId)
    reason: Reason | None = enum_field(Reason, default=None, nullable=True)
    # By when whoever has to act has to act: the operator, or the customer who was asked for more.
    deadline_at: datetime | None = moment_field(default=None, nullable=True)
    # The code that was sent to the new contact came back.
    confirmed_at: datetime | None = moment_field(default=None, nullable=True)
    created_at: datetime = moment_field()
    filed_at: datetime | None = moment_field(default=None, nullable=True)
    decided_at: datetime | None = moment_field(default=None, nullable=True)
    # When its files and values were removed (see `keeping`).
    emptied_at: datetime | None = moment_field(default=None, nullable=True)

    @property
    def number(self) -> str:
        """What people call it: A-000123."""
        return f"A-{self.id or 0:06}"


class ApplicationFile(SQLModel, table=True):
    """A picture or PDF of a document; its content lies in the folder of attachments under its code."""

    __tablename__ = "application_file"
    __table_args__ = (Index("ux_application_file_key", "application_id", "client_key", unique=True),)

    id: int | None = id_field()
    code: str = Field(max_length=32, unique=True)
    application_id: int = Field(foreign_key="application.id", sa_type=BigId)
    client_key: str = Field(max_length=40)
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=40)
    size: int
    at: datetime = moment_field()
    # Until then it is the customer's alone, who may still take it away.
    sent_at: datetime | None = moment_field(default=None, nullable=True)


class StepBy(StrEnum):
    """Who took a step."""

    CUSTOMER = "customer"
    STAFF = "staff"
    SYSTEM = "system"


class ApplicationStep(SQLModel, table=True):
    """One thing that happened to it: the state it came into, and what was said."""

    __tablename__ = "application_step"

    id: int | None = id_field()
    application_id: int = Field(foreign_key="application.id", index=True, sa_type=BigId)
    state: ApplicationState = enum_field(ApplicationState)
    by: StepBy = enum_field(StepBy)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", sa_type=BigId)
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    # How many files came with it.
    files: int = 0
    at: datetime = moment_field()
