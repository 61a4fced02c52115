"""What people chose, and what they were told in the app."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field
from mykyivstar.domain.notices.topics import NoticeTopic


class NoticeChoice(SQLModel, table=True):
    """How a person is told of one topic, once they have changed anything about it."""

    __tablename__ = "notice_choice"
    __table_args__ = (Index("ux_notice_choice", "profile_id", "topic", unique=True),)

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", sa_type=BigId)
    topic: NoticeTopic = enum_field(NoticeTopic)
    sms: bool
    email: bool
    app: bool


class AppNotice(SQLModel, table=True):
    """One notice in the app: the template and values of the SMS that says the same. Kept for ninety days."""

    __tablename__ = "app_notice"
    __table_args__ = (Index("ix_app_notice_profile", "profile_id", "id"),)

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", sa_type=BigId)
    template: str = Field(max_length=48)
    params: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    # What it leads to: "ticket:…" or "application:…" with the code, "" where the template says it.
    about: str = Field(default="", max_length=60)
    at: datetime = moment_field(index=True)
    seen_at: datetime | None = moment_field(default=None, nullable=True)
