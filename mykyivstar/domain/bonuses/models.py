"""Bonuses on their way to a mobile number, and what is left of them there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, day_field, enum_field, id_field, moment_field, money_field
from mykyivstar.kit.money import Money


class BonusState(StrEnum):
    """How far transferred bonuses are."""

    ON_THE_WAY = "on_the_way"
    ARRIVED = "arrived"
    # The line could not take them any more: they are on the internet account again.
    RETURNED = "returned"
    # Twenty days are over (I4); what was left was written off.
    ENDED = "ended"


_COUNTS = text("state <> 'returned'")


class BonusTransfer(SQLModel, table=True):
    """Bonuses that an internet account gave to a line; whole bonuses, kept in hundredths as money is (I2, I4)."""

    __tablename__ = "bonus_transfer"
    __table_args__ = (
        # I2: once a day, whoever asks at the same moment.
        Index("ux_bonus_transfer_day", "line_id", "day", unique=True, sqlite_where=_COUNTS, postgresql_where=_COUNTS),
        Index("ix_bonus_transfer_account", "internet_account_id", "id"),
        Index("ix_bonus_transfer_ends", "state", "expires_at"),
    )

    id: int | None = id_field()
    # Of the form and its person: sent twice, it is one transfer.
    key: str = Field(max_length=80, unique=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    internet_account_id: int = Field(foreign_key="internet_account.id", sa_type=BigId)
    line_id: int = Field(foreign_key="line.id", sa_type=BigId)
    amount: Money = money_field()
    # Of the amount, on the line; nothing before it arrived and after it ended.
    left: Money = money_field(default=Money(0))
    state: BonusState = enum_field(BonusState, default=BonusState.ON_THE_WAY)
    # The Kyiv day it was confirmed on: limits count by it.
    day: date = day_field()
    asked_at: datetime = moment_field()
    arrives_at: datetime = moment_field()
    arrived_at: datetime | None = moment_field(default=None, nullable=True)
    expires_at: datetime | None = moment_field(default=None, nullable=True)
    ended_at: datetime | None = moment_field(default=None, nullable=True)
    # What was written off at the end.
    lost: Money = money_field(default=Money(0))
