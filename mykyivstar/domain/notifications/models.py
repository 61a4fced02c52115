"""Messages to subscribers: the outboxes of SMS and e-mail, and the inbox of the demo phones."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, msisdn_field
from mykyivstar.domain.identity.models import Language
from mykyivstar.kit.msisdn import Msisdn


class SmsState(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"
    # Never meant to leave: the decoy of a code for a number that is nobody's.
    SUPPRESSED = "suppressed"

    @property
    def is_final(self) -> bool:
        return self in {SmsState.DELIVERED, SmsState.FAILED, SmsState.EXPIRED, SmsState.SUPPRESSED}


class SmsMessage(SQLModel, table=True):
    """One SMS: what to say (a template and its values), to whom, until when it is worth sending."""

    __tablename__ = "sms_message"
    __table_args__ = (Index("ix_sms_to", "to", "created_at"), Index("ix_sms_state", "state", "expires_at"))

    id: int | None = id_field()
    to: Msisdn = msisdn_field()
    template: str = Field(max_length=48)
    # Wiped once the message is final: a one-time code does not outlive its SMS here.
    params: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    language: Language = enum_field(Language, default=Language.UK)
    state: SmsState = enum_field(SmsState, default=SmsState.WAITING)
    attempts: int = 0
    # True when an attempt ended without an answer: the next one may be a second copy, and the outbox knows.
    may_be_double: bool = False
    error: str = Field(default="", max_length=200)
    created_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    sent_at: datetime | None = moment_field(default=None, nullable=True)
    delivered_at: datetime | None = moment_field(default=None, nullable=True)


class SmsPart(SQLModel, table=True):
    """A part that the gateway took, by the gateway's own id, which it may use again after a while."""

    __tablename__ = "sms_part"

    id: int | None = id_field()
    sms_id: int = Field(foreign_key="sms_message.id", index=True, sa_type=BigId)
    ref: str = Field(max_length=80, index=True)
    delivered_at: datetime | None = moment_field(default=None, nullable=True)


class PhoneMessage(SQLModel, table=True):
    """What arrived on a demo phone; only the embedded gateway fills it."""

    __tablename__ = "phone_inbox"
    __table_args__ = (Index("ix_phone_inbox_to", "to", "id"),)

    id: int | None = id_field()
    to: Msisdn = msisdn_field()
    text: str
    received_at: datetime = moment_field()


class MailState(StrEnum):
    """How far a letter is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"


class MailMessage(SQLModel, table=True):
    """One letter: what to say (a template and its values), to which address, until when it is worth sending."""

    __tablename__ = "mail_message"
    __table_args__ = (Index("ix_mail_state", "state", "expires_at"),)

    id: int | None = id_field()
    # Names the letter for ever: put in twice it is one letter, and its Message-ID is made of it.
    key: str = Field(max_length=120, unique=True)
    to: str = Field(max_length=254)
    template: str = Field(max_length=48)
    # Wiped once the letter is final.
    params: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    language: Language = enum_field(Language, default=Language.UK)
    state: MailState = enum_field(MailState, default=MailState.WAITING)
    attempts: int = 0
    # True when an attempt ended without an answer: a second copy may arrive, under the same Message-ID.
    may_be_double: bool = False
    error: str = Field(default="", max_length=200)
    created_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    sent_at: datetime | None = moment_field(default=None, nullable=True)
