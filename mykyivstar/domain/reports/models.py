"""Reports that people ordered: what of, for which days, at which price, and how far each is."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Date, Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, money_field
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Period


class ReportKind(StrEnum):
    """What reports there are."""

    DETAILS = "details"  # every use of a line (E3)
    STATEMENT = "statement"  # every movement of a balance (E5)
    INVOICE = "invoice"  # what a contract line owes for a month (E5)


class ReportFormat(StrEnum):
    """As what file a report can be had; the value is the end of the file's name."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


class ReportState(StrEnum):
    """How far a report is."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"  # what was paid for it is back
    EXPIRED = "expired"  # its files are gone; the paper can still be proved

    @property
    def is_open(self) -> bool:
        return self in {ReportState.WAITING, ReportState.MAKING}


class Report(SQLModel, table=True):
    """One order of call details, a statement or an invoice, of a line or of an internet account (E3, E5)."""

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_profile", "profile_id", "id"),
        Index("ix_report_line", "line_id", "created_at"),
        Index("ix_report_internet", "internet_account_id"),
        Index("ix_report_state", "state", "created_at"),
    )

    id: int | None = id_field()
    # Unguessable: the report's address.
    code: str = Field(max_length=43, unique=True)
    # Made when the form opens: one form, one report, one charge.
    key: str = Field(max_length=80, unique=True)
    request_hash: str = Field(max_length=64)
    profile_id: int = Field(foreign_key="profile.id", sa_type=BigId)
    kind: ReportKind = enum_field(ReportKind, default=ReportKind.DETAILS)
    # One of the two.
    line_id: int | None = Field(default=None, foreign_key="line.id", sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", sa_type=BigId)
    # Days of Kyiv, both included. Of the day of the order, what was there at `created_at`.
    first_day: date = Field(sa_column=Column(Date, nullable=False))
    last_day: date = Field(sa_column=Column(Date, nullable=False))
    # Of `ReportFormat`, comma-separated.
    formats: str = Field(max_length=40)
    language: Language = enum_field(Language, default=Language.UK)
    # Where it is sent as soon as it is ready, and the newest letter with it in the outbox.
    email: str = Field(default="", max_length=254)
    mail_key: str = Field(default="", max_length=120)
    # E4: what was taken, in parts; zero for what is free.
    net: Money = money_field(default=Money(0))
    vat: Money = money_field(default=Money(0))
    duty: Money = money_field(default=Money(0))
    state: ReportState = enum_field(ReportState, default=ReportState.WAITING)
    created_at: datetime = moment_field()
    state_at: datetime = moment_field()
    expires_at: datetime | None = moment_field(default=None, nullable=True)
    # Percent.
    progress: int = 0
    # What the paper says, and its seal is over; known when it is made.
    records: int = 0
    total: Money = money_field(default=Money(0))
    # What else the paper says, in kopiykas: "opening", "credited", "charged" of a statement; of an invoice its parts.
    said: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # By format: {"name": unguessable name in the folder, "size": bytes}.
    files: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # Not shown to its owner any more.
    deleted_at: datetime | None = moment_field(default=None, nullable=True)

    @property
    def holding(self) -> HoldingKey:
        """What it is of."""
        if self.line_id is not None:
            return HoldingKey(HoldingKind.LINE, self.line_id)
        return HoldingKey(HoldingKind.INTERNET, self.internet_account_id or 0)

    @property
    def fee(self) -> Money:
        """What was taken from the line's balance."""
        return self.net + self.vat + self.duty

    @property
    def wanted(self) -> list[ReportFormat]:
        """The formats, in their usual order."""
        asked = self.formats.split(",")
        return [each for each in ReportFormat if each.value in asked]

    @property
    def period(self) -> Period:
        """What it covers: its days, but nothing after the order."""
        whole = period_of(self.first_day, self.last_day)
        return Period(whole.start, max(whole.start, min(whole.end, self.created_at)))


def period_of(first_day: date, last_day: date) -> Period:
    """From the midnight of Kyiv at which the first day begins to the one at which the last day ends."""
    return Period(kyiv_midnight(first_day), kyiv_midnight(last_day + timedelta(days=1)))
