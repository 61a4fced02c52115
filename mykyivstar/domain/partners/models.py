"""Who takes top-ups for us, and what they asked for."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from mykyivstar.db.types import id_field, moment_field, money_field
from mykyivstar.kit.money import Money


class Partner(SQLModel, table=True):
    """A bank, terminal network or payment site that may top up through the partner API."""

    __tablename__ = "partner"

    id: int | None = id_field()
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    # Its signing keys are derived from our secret key and this number: raising it ends every older key.
    key_version: int = 1
    payment_most: Money = money_field(default=Money.uah(5_000))
    day_most: Money = money_field(default=Money.uah(1_000_000))
    created_at: datetime = moment_field()
    closed_at: datetime | None = moment_field(default=None, nullable=True)
