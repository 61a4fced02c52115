"""How far each run is, and which fees wait for money."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, day_field, id_field, moment_field, money_field
from mykyivstar.kit.money import Money


class BillingRun(SQLModel, table=True):
    """A run of one day: how far its holders are given out, and what was done, by the transactions that did it."""

    __tablename__ = "billing_run"
    __table_args__ = (Index("ux_billing_run", "name", "day", unique=True),)

    id: int | None = id_field()
    name: str = Field(max_length=32)
    # The Kyiv day it is for.
    day: date = day_field()
    # The kind of holder it is at, and the last of them that is done or somebody's slice.
    stage: int = 0
    position: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    started_at: datetime = moment_field()
    done_at: datetime | None = moment_field(default=None, nullable=True)
    taken: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    amount: Money = money_field(default=Money(0))
    waiting: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))


class BillingSlice(SQLModel, table=True):
    """Holders of a run that somebody has taken upon himself; gone in the transaction that does them.

    Whoever does it holds the row. One that nobody holds was left by somebody who died.
    """

    __tablename__ = "billing_slice"

    id: int | None = id_field()
    run_id: int = Field(foreign_key="billing_run.id", index=True, sa_type=BigId)
    stage: int
    lo: int = Field(sa_column=Column(BigInteger, nullable=False))
    hi: int = Field(sa_column=Column(BigInteger, nullable=False))


class UnpaidFee(SQLModel, table=True):
    """A fee of a prepaid line that waits for money; gone when it is taken."""

    __tablename__ = "unpaid_fee"
    __table_args__ = (
        Index("ux_unpaid_fee", "line_id", "item", "due_on", unique=True),
        # Finds whom to tell.
        Index("ix_unpaid_fee_told", "told_at", "id"),
    )

    id: int | None = id_field()
    line_id: int = Field(foreign_key="line.id", sa_type=BigId)
    # "tariff", or "service:" and the id of its connection.
    item: str = Field(max_length=32)
    due_on: date = day_field()
    amount: Money = money_field()
    missing: Money = money_field()
    since: datetime = moment_field()
    told_at: datetime | None = moment_field(default=None, nullable=True)
