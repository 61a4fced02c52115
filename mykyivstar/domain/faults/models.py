"""Outages by address, requests for a repair with everything that happened to them, and technicians' time."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, money_field, msisdn_field
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn


class OutageKind(StrEnum):
    """Whether it happened or was planned (N7)."""

    OUTAGE = "outage"
    WORKS = "works"


class Outage(SQLModel, table=True):
    """One event of the network, as the operator's file tells of it."""

    __tablename__ = "outage"
    __table_args__ = (Index("ix_outage_times", "ended_at", "starts_at"),)

    id: int | None = id_field()
    code: str = Field(max_length=48, unique=True)
    kind: OutageKind = enum_field(OutageKind)
    reason: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    starts_at: datetime = moment_field()
    # When it should be over; an outage goes on until the file says that it has ended, works end by themselves.
    expected_at: datetime | None = moment_field(default=None, nullable=True)
    ended_at: datetime | None = moment_field(default=None, nullable=True)
    # Called off: it does not take place, and nothing is credited for it.
    is_cancelled: bool = False
    # What was done about it; each is done once, whatever the file says later.
    announced_at: datetime | None = moment_field(default=None, nullable=True)
    end_told_at: datetime | None = moment_field(default=None, nullable=True)
    credited_at: datetime | None = moment_field(default=None, nullable=True)


class OutagePlace(SQLModel, table=True):
    """One place that an event touches: a city, a street of it, or some houses of the street."""

    __tablename__ = "outage_place"
    __table_args__ = (
        Index("ux_outage_place", "outage_id", "city_key", "street_key", unique=True),
        Index("ix_outage_place_city", "city_key"),
    )

    id: int | None = id_field()
    outage_id: int = Field(foreign_key="outage.id", sa_type=BigId)
    # As the file writes them, for people.
    city: str = Field(max_length=100)
    street: str = Field(default="", max_length=150)
    houses: str = Field(default="", max_length=300)
    # As they are compared (see `places`); "" is the whole city.
    city_key: str = Field(max_length=100)
    street_key: str = Field(default="", max_length=150)


class AccountPlace(SQLModel, table=True):
    """Where an internet account is, taken apart; made of its address, and made anew when that changes."""

    __tablename__ = "account_place"
    __table_args__ = (Index("ix_account_place", "city_key", "street_key"),)

    id: int | None = id_field()
    internet_account_id: int = Field(foreign_key="internet_account.id", unique=True, sa_type=BigId)
    # What it was made of.
    address: str = Field(default="", max_length=300)
    city_key: str = Field(default="", max_length=100)
    street_key: str = Field(default="", max_length=150)
    house: str = Field(default="", max_length=20)


class OutageWatch(SQLModel, table=True):
    """That somebody wants to be told when an event is over."""

    __tablename__ = "outage_watch"
    __table_args__ = (Index("ux_outage_watch", "outage_id", "internet_account_id", unique=True),)

    id: int | None = id_field()
    outage_id: int = Field(foreign_key="outage.id", sa_type=BigId)
    internet_account_id: int = Field(foreign_key="internet_account.id", index=True, sa_type=BigId)
    profile_id: int = Field(foreign_key="profile.id", sa_type=BigId)
    asked_at: datetime = moment_field()
    told_at: datetime | None = moment_field(default=None, nullable=True)


class WorksTold(SQLModel, table=True):
    """That a phone was told of planned works: once, whatever dies in the middle and however many accounts it has."""

    __tablename__ = "works_told"
    __table_args__ = (Index("ux_works_told", "outage_id", "phone", unique=True),)

    id: int | None = id_field()
    outage_id: int = Field(foreign_key="outage.id", sa_type=BigId)
    phone: Msisdn = msisdn_field()


class DowntimeCredit(SQLModel, table=True):
    """What one event gave back to one account (N7): at most one row for the two, whatever the file says later."""

    __tablename__ = "downtime_credit"
    __table_args__ = (Index("ux_downtime_credit", "outage_id", "internet_account_id", unique=True),)

    id: int | None = id_field()
    outage_id: int = Field(foreign_key="outage.id", sa_type=BigId)
    internet_account_id: int = Field(foreign_key="internet_account.id", index=True, sa_type=BigId)
    # The time without internet that counted; nobody else's credit may count it again.
    since: datetime = moment_field()
    until: datetime = moment_field()
    # Zero where the time was within the free threshold: it was looked at, and nothing was due.
    amount: Money = money_field()
    at: datetime = moment_field()


class Symptom(StrEnum):
    """What does not work."""

    NO_INTERNET = "no_internet"
    SLOW = "slow"
    DROPS = "drops"
    WIFI = "wifi"
    TV = "tv"


class RequestState(StrEnum):
    """How far a request is: written down, a visit chosen, confirmed by the operator, done or given up."""

    OPEN = "open"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in {RequestState.DONE, RequestState.CANCELLED}

    @property
    def has_visit(self) -> bool:
        return self in {RequestState.BOOKED, RequestState.CONFIRMED}


class FaultRequest(SQLModel, table=True):
    """A request for a repair of one internet account; one that is not over is the account's only one."""

    __tablename__ = "fault_request"
    __table_args__ = (Index("ix_fault_request_state", "state", "state_at"),)

    id: int | None = id_field()
    # What people and technicians call it: short, and no counter.
    code: str = Field(max_length=12, unique=True)
    # Of the form that asked; the same form asks once.
    key: str = Field(max_length=80, unique=True)
    internet_account_id: int = Field(foreign_key="internet_account.id", index=True, sa_type=BigId)
    # Set while it is not over: the unique index lets no second one begin.
    open_account_id: int | None = Field(default=None, unique=True, sa_type=BigId)
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    symptom: Symptom = enum_field(Symptom)
    words: str = Field(default="", max_length=1000)
    contact_phone: Msisdn = msisdn_field()
    # What the person tried before asking: codes of the steps of the check.
    tried: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    state: RequestState = enum_field(RequestState, default=RequestState.OPEN)
    state_at: datetime = moment_field()
    slot_id: int | None = Field(default=None, foreign_key="technician_slot.id", index=True, sa_type=BigId)
    created_at: datetime = moment_field()
    # 1 to 5, given once by the subscriber when it is done.
    rating: int | None = None
    rating_words: str = Field(default="", max_length=500)
    rated_at: datetime | None = moment_field(default=None, nullable=True)


class StepKind(StrEnum):
    """What happened to a request."""

    ASKED = "asked"
    BOOKED = "booked"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    DONE = "done"
    RATED = "rated"


class StepBy(StrEnum):
    """Who did it."""

    SUBSCRIBER = "subscriber"
    OPERATOR = "operator"


class FaultStep(SQLModel, table=True):
    """One step of a request's history; nothing of it is ever changed."""

    __tablename__ = "fault_step"

    id: int | None = id_field()
    request_id: int = Field(foreign_key="fault_request.id", index=True, sa_type=BigId)
    kind: StepKind = enum_field(StepKind)
    by: StepBy = enum_field(StepBy)
    at: datetime = moment_field()
    # The visit it is about, where it is about one.
    visit_from: datetime | None = moment_field(default=None, nullable=True)
    visit_until: datetime | None = moment_field(default=None, nullable=True)
    # Words of the operator for the subscriber.
    note: str = Field(default="", max_length=500)


class TechnicianSlot(SQLModel, table=True):
    """A window of technicians' time in a city, and how many visits fit and are booked into it."""

    __tablename__ = "technician_slot"
    __table_args__ = (Index("ux_technician_slot", "city_key", "starts_at", unique=True),)

    id: int | None = id_field()
    city_key: str = Field(max_length=100)
    starts_at: datetime = moment_field()
    ends_at: datetime = moment_field()
    capacity: int
    booked: int = 0
