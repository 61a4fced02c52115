"""Lines (a mobile number with its SIM), their owners, and which profiles hold them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, day_field, enum_field, id_field, moment_field, msisdn_field
from mykyivstar.kit.msisdn import Msisdn


class OwnerKind(StrEnum):
    """Whether a contract is a person's or a company's; bonus rules tell them apart (I3)."""

    INDIVIDUAL = "individual"
    LEGAL = "legal"


class Owner(SQLModel, table=True):
    """Whoever the operator's contract is with, by the operator's own reference."""

    __tablename__ = "owner"

    id: int | None = id_field()
    ref: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=200)
    kind: OwnerKind = enum_field(OwnerKind, default=OwnerKind.INDIVIDUAL)


class Brand(StrEnum):
    """Two brands of one system (M1)."""

    KYIVSTAR = "kyivstar"
    DJUICE = "djuice"


class Billing(StrEnum):
    """Whether a line pays before or after."""

    PREPAID = "prepaid"
    CONTRACT = "contract"


class LineState(StrEnum):
    """What the network does with the line; only an active or blocked one can be registered or signed in with."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    INACTIVE = "inactive"

    @property
    def is_a_customers(self) -> bool:
        return self is not LineState.INACTIVE


class Line(SQLModel, table=True):
    """A mobile number with its SIM, from the operator's own line register."""

    __tablename__ = "line"

    id: int | None = id_field()
    msisdn: Msisdn = msisdn_field(unique=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True, sa_type=BigId)
    brand: Brand = enum_field(Brand, default=Brand.KYIVSTAR)
    payment: Billing = enum_field(Billing, default=Billing.PREPAID)
    state: LineState = enum_field(LineState, default=LineState.ACTIVE)
    tariff_id: int | None = Field(default=None, foreign_key="tariff.id", sa_type=BigId)
    activated_at: datetime | None = moment_field(default=None, nullable=True)
    # When the tariff's fee is taken next; its amount is the tariff's.
    next_charge_at: datetime | None = moment_field(default=None, nullable=True)
    # The day of the month a monthly fee belongs to: after a shorter month the 31st is the 31st again.
    charge_day: int | None = None
    # The latest day on which a fee fell due that has been taken: none of it or before it is taken again.
    last_fee_on: date | None = day_field(default=None, nullable=True)
    # N4: active until here, then receiving only until there.
    valid_until: datetime | None = moment_field(default=None, nullable=True)
    receiving_until: datetime | None = moment_field(default=None, nullable=True)


class HoldingRole(StrEnum):
    """What a profile may do with a line or internet account (B4)."""

    OWNER = "owner"
    PAYER = "payer"
    VIEWER = "viewer"

    @property
    def sees_usage(self) -> bool:
        """What was used and what is left of packages; the balance and the next charge are seen in every role."""
        return self is not HoldingRole.PAYER


class Colour(StrEnum):
    """Colours a subscriber can give a line to tell them apart; the shades are the theme's."""

    BLUE = "blue"
    YELLOW = "yellow"
    GREEN = "green"
    RED = "red"
    PURPLE = "purple"
    TEAL = "teal"


class Holding(SQLModel, table=True):
    """That a profile has a line or an internet account among its own: exactly one of the two ids is set."""

    __tablename__ = "holding"
    __table_args__ = (
        Index("ux_holding_line", "profile_id", "line_id", unique=True),
        Index("ux_holding_internet", "profile_id", "internet_account_id", unique=True),
    )

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", index=True, sa_type=BigId)
    role: HoldingRole = enum_field(HoldingRole, default=HoldingRole.OWNER)
    nickname: str = Field(default="", max_length=40)
    colour: Colour = enum_field(Colour, default=Colour.BLUE)
    position: int = 0
    proved_at: datetime = moment_field()
    # When this person last put it on the screen: the newest one is what they find when they come back.
    chosen_at: datetime | None = moment_field(default=None, nullable=True)
