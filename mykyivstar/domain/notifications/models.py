"""Messages to subscribers: the SMS outbox."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import enum_field, id_field, moment_field, msisdn_field
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
    __table_args__ = (Index("ix_sms_to", "to", "created_at"),)

    id: int | None = id_field()
    to: Msisdn = msisdn_field()
    template: str = Field(max_length=48)
    # Wiped once the message is final: a one-time code does not outlive its SMS here.
    params: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    language: Language = enum_field(Language, default=Language.UK)
    state: SmsState = enum_field(SmsState, default=SmsState.WAITING)
    attempts: int = 0
    # The gateway's own ids of the parts, for matching delivery receipts.
    gateway_refs: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    # True when an attempt ended without an answer: the next one may be a second copy, and the outbox knows.
    may_be_double: bool = False
    error: str = Field(default="", max_length=200)
    created_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    sent_at: datetime | None = moment_field(default=None, nullable=True)
    delivered_at: datetime | None = moment_field(default=None, nullable=True)
