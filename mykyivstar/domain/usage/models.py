"""What lines used: records, their monthly sums, and what is left of packages."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, SmallInteger, String, text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, moment_field, money_field
from mykyivstar.kit.money import Money


class UsageCategory(StrEnum):
    """What was used, as expenses are grouped (E2). Quantities: seconds of calls, bytes of data, pieces of the rest."""

    CALL_ON_NET = "call_on_net"
    CALL_OFF_NET = "call_off_net"
    CALL_ABROAD = "call_abroad"
    CALL_IN = "call_in"
    SMS = "sms"
    DATA = "data"
    ROAMING_CALL = "roaming_call"
    ROAMING_SMS = "roaming_sms"
    ROAMING_DATA = "roaming_data"
    SERVICE = "service"
    PAID_CONTENT = "paid_content"

    @property
    def is_roaming(self) -> bool:
        return self.value.startswith("roaming_")


class UsageRecord(SQLModel, table=True):
    """One call, message, data session or charged item (a CDR).

    Clustered by line and time on SQLite; on PostgreSQL a partition for each Kyiv month, see `db.partitions`.
    """

    __tablename__ = "usage_record"
    __table_args__ = (
        # Finds what waits for a price without looking at what has one.
        Index("ix_usage_unrated", "line_id", sqlite_where=text("cost IS NULL"), postgresql_where=text("cost IS NULL")),
        {"sqlite_with_rowid": False, "postgresql_partition_by": "RANGE (started_at)"},
    )

    line_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    started_at: datetime = moment_field(primary_key=True)
    # The operator's own reference: the same record imported twice is one record.
    ref: str = Field(sa_column=Column(String(40), primary_key=True))
    category: UsageCategory = enum_field(UsageCategory)
    quantity: int = Field(sa_column=Column(BigInteger, nullable=False))
    other_party: str = Field(default="", max_length=40)
    # None: not rated yet.
    cost: Money | None = money_field(default=None, nullable=True)
    rule: str = Field(default="", max_length=80)
    # What our own rating took for it, and how many times that was posted; none when the operator's billing rated it.
    charged: Money | None = money_field(default=None, nullable=True)
    postings: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False, server_default="0"))


class UsageMonth(SQLModel, table=True):
    """A line's records of a Kyiv month and category, summed in the transaction that stores them."""

    __tablename__ = "usage_month"
    # One B-tree instead of two: an import touches nearly as many of these rows as records.
    __table_args__ = ({"sqlite_with_rowid": False},)

    line_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    # "2026-11"
    month: str = Field(sa_column=Column(String(7), primary_key=True))
    category: UsageCategory = enum_field(UsageCategory, primary_key=True)
    records: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    quantity: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    cost: Money = money_field(default=Money(0))


class UsageRetention(SQLModel, table=True):
    """How far the records have been thrown away; one row, none before the first time. The monthly sums stay."""

    __tablename__ = "usage_retention"

    id: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False))
    # Older records are gone or going, and are not taken again: their months would count them twice.
    kept_since: datetime = moment_field()
    # Before this moment nothing is left; None: there may be anything.
    cleared_before: datetime | None = moment_field(default=None, nullable=True)
    # Lines up to this one have lost what lies between the two.
    cleared_line: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))


class AllowanceKind(StrEnum):
    """What a package holds. MINUTES are kept in seconds, DATA in bytes, SMS and MMS in pieces."""

    MINUTES_ON_NET = "minutes_on_net"
    MINUTES_UKRAINE = "minutes_ukraine"
    MINUTES_ABROAD = "minutes_abroad"
    SMS = "sms"
    DATA = "data"
    ROAMING_DATA = "roaming_data"

    @property
    def is_minutes(self) -> bool:
        return self.value.startswith("minutes")

    @property
    def is_data(self) -> bool:
        return self.value.endswith("data")


class Allowance(SQLModel, table=True):
    """What a line has left of one package, until when."""

    __tablename__ = "allowance"
    # One B-tree instead of two: charging runs write these rows by the million.
    __table_args__ = ({"sqlite_with_rowid": False},)

    line_id: int = Field(foreign_key="line.id", sa_type=BigId, primary_key=True)
    kind: AllowanceKind = enum_field(AllowanceKind, primary_key=True)
    # Code of the tariff or service it comes from.
    source: str = Field(max_length=48, primary_key=True)
    granted: int = Field(sa_column=Column(BigInteger, nullable=False))
    left: int = Field(sa_column=Column(BigInteger, nullable=False))
    is_unlimited: bool = False
    expires_at: datetime = moment_field(primary_key=True)
