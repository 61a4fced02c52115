"""What has just changed, for whoever shows it: written in the same transaction as the change itself.

Every process reads this table twice a second (see `mykyivstar.jobs.live`), so that a change made by an import,
a worker or another replica reaches open screens without any server beside the database; Redis only makes it faster.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, String
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import id_field, moment_field


class Topic(StrEnum):
    """What kind of thing changed."""

    LINE = "line"
    INTERNET = "internet"
    PROFILE = "profile"
    SESSION = "session"
    CATALOGUE = "catalogue"
    PHONE = "phone"
    # Of a profile: a notice in the app has come, or was looked at.
    NOTICES = "notices"
    PAYMENT = "payment"
    STAFF_SESSION = "staff_session"
    # Any store: id 0.
    STORES = "stores"
    # Any outage or planned works: id 0.
    NETWORK = "network"
    # A conversation's messages or state; the queue and the lists of the desk (id 0).
    CONVERSATION = "conversation"
    DESK = "desk"
    # One side has read what the other wrote: for the other.
    CUSTOMER_SAW = "customer_saw"
    STAFF_SAW = "staff_saw"
    # Somebody is typing in this conversation: told, never written.
    CUSTOMER_TYPES = "customer_types"
    STAFF_TYPES = "staff_types"


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that changed: its kind and its id."""

    topic: Topic
    id: int

    @property
    def key(self) -> str:
        return f"{self.topic.value}:{self.id}"

    @classmethod
    def of(cls, key: str) -> "Subject":
        topic, _, ref = key.partition(":")
        return cls(Topic(topic), int(ref))


class Change(SQLModel, table=True):
    """A subject that changed; kept for an hour."""

    __tablename__ = "change"

    id: int | None = id_field()
    subject: str = Field(sa_column=Column(String(64), nullable=False))
    at: datetime = moment_field(index=True)
