"""Limits of a line for each Kyiv month, the alerts that were sent, and the times in which its data is paused (N5)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field


class LimitKind(StrEnum):
    """What is limited: MONEY in kopiykas, DATA in bytes."""

    MONEY = "money"
    DATA = "data"


class UsageLimit(SQLModel, table=True):
    """The most that a line is meant to use in one Kyiv month."""

    __tablename__ = "usage_limit"
    __table_args__ = (Index("ux_usage_limit", "line_id", "kind", unique=True),)

    id: int | None = id_field()
    line_id: int = Field(foreign_key="line.id", sa_type=BigId)
    kind: LimitKind = enum_field(LimitKind)
    # Kopiykas or bytes.
    most: int = Field(sa_column=Column(BigInteger, nullable=False))
    # At 100 % data is paused until the month ends.
    pauses_data: bool = False
    # Who is told.
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    set_at: datetime = moment_field()


class UsageAlert(SQLModel, table=True):
    """That this much of this limit was reached in this month; the key makes it once."""

    __tablename__ = "usage_alert"
    __table_args__ = (Index("ux_usage_alert", "line_id", "month", "kind", "most", "percent", unique=True),)

    id: int | None = id_field()
    line_id: int = Field(foreign_key="line.id", sa_type=BigId)
    # "2026-11"
    month: str = Field(max_length=7)
    kind: LimitKind = enum_field(LimitKind)
    # The limit as it was: another one is another occasion.
    most: int = Field(sa_column=Column(BigInteger, nullable=False))
    percent: int
    used: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: datetime = moment_field()


class PauseCause(StrEnum):
    """Why data is paused."""

    BY_HAND = "by_hand"
    LIMIT = "limit"


class DataPause(SQLModel, table=True):
    """From when to when a line's mobile data is paused; what is used in it all the same is not charged."""

    __tablename__ = "data_pause"
    __table_args__ = (Index("ix_data_pause_line", "line_id", "since"),)

    id: int | None = id_field()
    line_id: int = Field(foreign_key="line.id", sa_type=BigId)
    cause: PauseCause = enum_field(PauseCause)
    since: datetime = moment_field()
    # None: until its owner resumes.
    until: datetime | None = moment_field(default=None, nullable=True)
