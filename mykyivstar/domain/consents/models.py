"""What somebody agreed to pay for, with what they were shown before they did (O4)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field


class ConsentTo(StrEnum):
    """What was agreed to."""

    SERVICE = "service"
    INTERNET_SUSPENSION = "internet_suspension"
    INTERNET_TARIFF = "internet_tariff"


class PaidConsent(SQLModel, table=True):
    """One agreement to pay; never changed and never deleted while the profile is there."""

    __tablename__ = "paid_consent"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", index=True, sa_type=BigId)
    # Of the form: sent twice, it is one agreement.
    key: str = Field(max_length=64, unique=True)
    to: ConsentTo = enum_field(ConsentTo)
    # The code of the service or tariff.
    ref: str = Field(default="", max_length=48)
    # Every figure that stood on the check page, in kopiykas and ISO dates, and the language in which it was read.
    shown: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: datetime = moment_field()
