"""What the operator offers: tariffs, services, offers and news, each text in three languages."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, day_field, enum_field, id_field, moment_field, money_field
from mykyivstar.domain.lines.models import Brand, OwnerKind
from mykyivstar.kit.money import Money


class TariffKind(StrEnum):
    """What a tariff is for."""

    MOBILE = "mobile"
    INTERNET = "internet"
    TV = "tv"


class FeePeriod(StrEnum):
    """How often a fee is taken."""

    MONTH = "month"
    FOUR_WEEKS = "four_weeks"
    DAY = "day"
    ONCE = "once"


class Tariff(SQLModel, table=True):
    """A tariff: its fee, what is in the package, and the unit prices beyond it."""

    __tablename__ = "tariff"

    id: int | None = id_field()
    code: str = Field(max_length=48, unique=True)
    kind: TariffKind = enum_field(TariffKind)
    brand: Brand = enum_field(Brand, default=Brand.KYIVSTAR)
    name: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    description: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    fee: Money = money_field()
    fee_period: FeePeriod = enum_field(FeePeriod, default=FeePeriod.MONTH)
    # [{"kind": "data", "amount": 21474836480}, …] by usage.models.AllowanceKind.
    package: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    # Kopiykas per unit by usage category: {"call_off_net": 150, …}.
    prices: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    is_open: bool = True
    # I3: bonuses cannot be transferred to lines on such a tariff.
    excludes_bonuses: bool = False
    # Whose contracts may have it; None: everybody's.
    only_for: OwnerKind | None = enum_field(OwnerKind, default=None, nullable=True)
    position: int = 0


class ServiceKind(StrEnum):
    """Where a service is offered: television has a page of its own (H2)."""

    OPTION = "option"
    TV = "tv"


class Service(SQLModel, table=True):
    """A service or option that can be connected beside the tariff."""

    __tablename__ = "service"

    id: int | None = id_field()
    code: str = Field(max_length=48, unique=True)
    name: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    description: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    fee: Money = money_field()
    fee_period: FeePeriod = enum_field(FeePeriod, default=FeePeriod.MONTH)
    package: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    for_internet: bool = False
    kind: ServiceKind = enum_field(ServiceKind, default=ServiceKind.OPTION)
    is_open: bool = True
    # F2: codes of services that exclude this one, and that it needs.
    excludes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    needs: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    position: int = 0


class ServiceConnection(SQLModel, table=True):
    """That a line or an internet account has a service."""

    __tablename__ = "service_connection"

    id: int | None = id_field()
    service_id: int = Field(foreign_key="service.id", sa_type=BigId)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", index=True, sa_type=BigId)
    connected_at: datetime = moment_field()
    next_charge_at: datetime | None = moment_field(default=None, nullable=True)
    # The day of the month a monthly fee belongs to: after a shorter month the 31st is the 31st again.
    charge_day: int | None = None
    # The latest day on which a fee fell due that has been taken: none of it or before it is taken again.
    last_fee_on: date | None = day_field(default=None, nullable=True)
    ended_at: datetime | None = moment_field(default=None, nullable=True)


class AnnouncementKind(StrEnum):
    """Whether it sells or tells."""

    OFFER = "offer"
    NEWS = "news"


class Announcement(SQLModel, table=True):
    """An offer that fits some subscribers, or news for all (C3)."""

    __tablename__ = "announcement"

    id: int | None = id_field()
    code: str = Field(max_length=48, unique=True)
    kind: AnnouncementKind = enum_field(AnnouncementKind)
    title: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    body: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # Whom it fits: {"brand": "djuice", "payment": "prepaid", "has_internet": false}; a missing key fits all.
    audience: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    starts_at: datetime = moment_field()
    ends_at: datetime | None = moment_field(default=None, nullable=True)
    position: int = 0
