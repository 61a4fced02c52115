"""A promised payment: what was lent to which account, until when, and how much of it has come back."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, money_field
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money


class PromiseState(StrEnum):
    """Whether anything is still owed."""

    OPEN = "open"
    REPAID = "repaid"


_IS_OPEN = text("state = 'open'")


def last_day_before(due_at: datetime) -> date:
    """The last day in Kyiv before this moment comes."""
    return kyiv_date(due_at) - timedelta(days=1)


class Promise(SQLModel, table=True):
    """One promised payment; exactly one of the two account ids is set. Once a Kyiv month, one open at a time."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ux_promise_line_month", "line_id", "month", unique=True),
        Index("ux_promise_internet_month", "internet_account_id", "month", unique=True),
        Index("ux_promise_line_open", "line_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index(
            "ux_promise_internet_open",
            "internet_account_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: int | None = id_field()
    payment_id: int = Field(foreign_key="payment.id", unique=True, sa_type=BigId)
    # Who asked for it, and is told of it in their language.
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    line_id: int | None = Field(default=None, foreign_key="line.id", sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", sa_type=BigId)
    # The Kyiv month it was given in: "2026-11".
    month: str = Field(max_length=7)
    amount: Money = money_field()
    price: Money = money_field()
    # How much of amount and price has come back.
    taken: Money = money_field(default=Money(0))
    state: PromiseState = enum_field(PromiseState, default=PromiseState.OPEN)
    given_at: datetime = moment_field()
    due_at: datetime = moment_field()
    repaid_at: datetime | None = moment_field(default=None, nullable=True)

    @property
    def key(self) -> HoldingKey:
        """Whose it is."""
        if self.line_id is not None:
            return HoldingKey(HoldingKind.LINE, self.line_id)
        assert self.internet_account_id is not None, "a promise is a line's or an internet account's"
        return HoldingKey(HoldingKind.INTERNET, self.internet_account_id)

    @property
    def owed(self) -> Money:
        """What is still to come back, the price included."""
        return self.amount + self.price - self.taken

    @property
    def last_day(self) -> date:
        """The last day in Kyiv on which it may be paid back by oneself."""
        return last_day_before(self.due_at)
