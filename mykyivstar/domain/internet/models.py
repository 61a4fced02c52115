"""Home internet accounts, the visible history of their states, and what was ordered for them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, day_field, enum_field, id_field, moment_field, money_field, msisdn_field
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn


class InternetState(StrEnum):
    """What the network does for this account (H1)."""

    ACTIVE = "active"
    OFF_FOR_DEBT = "off_for_debt"
    SUSPENDED = "suspended"


class InternetAccount(SQLModel, table=True):
    """A Home Internet contract with its own personal account number, which keeps its leading zeros (A2)."""

    __tablename__ = "internet_account"

    id: int | None = id_field()
    number: str = Field(max_length=16, unique=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True, sa_type=BigId)
    # Codes for this account go here.
    contract_phone: Msisdn = msisdn_field(index=True)
    address: str = Field(default="", max_length=300)
    state: InternetState = enum_field(InternetState, default=InternetState.ACTIVE)
    tariff_id: int | None = Field(default=None, foreign_key="tariff.id", sa_type=BigId)
    # The balance at which the internet switches itself off (H1).
    disconnect_threshold: Money = money_field(default=Money(0))
    next_charge_at: datetime | None = moment_field(default=None, nullable=True)
    # The day of the month a monthly fee belongs to: after a shorter month the 31st is the 31st again.
    charge_day: int | None = None
    # The latest day on which a fee fell due that has been taken: none of it or before it is taken again.
    last_fee_on: date | None = day_field(default=None, nullable=True)
    suspended_until: datetime | None = moment_field(default=None, nullable=True)


class Cause(StrEnum):
    """Why an account came into a state."""

    # It was so before anything was written down.
    FOUND = "found"
    BELOW_THRESHOLD = "below_threshold"
    PAID = "paid"
    SUSPENSION = "suspension"
    SUSPENSION_ENDED = "suspension_ended"
    RESUMED_EARLY = "resumed_early"
    # The operator's own register says so.
    OPERATOR = "operator"


class InternetPeriod(SQLModel, table=True):
    """One stretch of the visible history of states; without gaps, and the open one has no end.

    `first_day` and `last_day` are Kyiv days for counting (I1): a day counts as active when the account was active at
    any moment of it, and no day counts for two active periods, so `first_day` of a later one may be after its `since`.
    An account without any row has been in its state since it is known.
    """

    __tablename__ = "internet_period"
    __table_args__ = (
        Index("ix_internet_period_account", "internet_account_id", "id"),
        Index(
            "ux_internet_period_open",
            "internet_account_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: int | None = id_field()
    internet_account_id: int = Field(foreign_key="internet_account.id", sa_type=BigId)
    state: InternetState = enum_field(InternetState)
    cause: Cause = enum_field(Cause)
    since: datetime = moment_field()
    until: datetime | None = moment_field(default=None, nullable=True)
    first_day: date = day_field()
    last_day: date | None = day_field(default=None, nullable=True)
    # What the account had at that moment; None where it did not matter.
    balance: Money | None = money_field(default=None, nullable=True)


class OrderState(StrEnum):
    """How far something is that was ordered for a later day."""

    ORDERED = "ordered"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    # The day came, and it could not be done.
    REFUSED = "refused"


class Suspension(SQLModel, table=True):
    """A holiday of an account, both days included; its price is taken when it is ordered (H3)."""

    __tablename__ = "internet_suspension"
    __table_args__ = (Index("ix_internet_suspension_due", "state", "first_day", "last_day"),)

    id: int | None = id_field()
    internet_account_id: int = Field(foreign_key="internet_account.id", index=True, sa_type=BigId)
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    # Of the form: sent twice, it is ordered once.
    key: str = Field(max_length=64, unique=True)
    first_day: date = day_field()
    last_day: date = day_field()
    price: Money = money_field()
    state: OrderState = enum_field(OrderState, default=OrderState.ORDERED)
    asked_at: datetime = moment_field()
    began_at: datetime | None = moment_field(default=None, nullable=True)
    ended_at: datetime | None = moment_field(default=None, nullable=True)


class TariffChange(SQLModel, table=True):
    """Another tariff from the next fee on; until then it can be cancelled (N3)."""

    __tablename__ = "internet_tariff_change"
    __table_args__ = (
        Index("ix_internet_tariff_change_due", "state", "from_day"),
        Index(
            "ux_internet_tariff_change_ordered",
            "internet_account_id",
            unique=True,
            sqlite_where=text("state = 'ordered'"),
            postgresql_where=text("state = 'ordered'"),
        ),
    )

    id: int | None = id_field()
    internet_account_id: int = Field(foreign_key="internet_account.id", sa_type=BigId)
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    key: str = Field(max_length=64, unique=True)
    tariff_id: int = Field(foreign_key="tariff.id", sa_type=BigId)
    from_day: date = day_field()
    state: OrderState = enum_field(OrderState, default=OrderState.ORDERED)
    asked_at: datetime = moment_field()
    done_at: datetime | None = moment_field(default=None, nullable=True)
