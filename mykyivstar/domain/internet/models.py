"""Home internet accounts."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, money_field, msisdn_field
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
    suspended_until: datetime | None = moment_field(default=None, nullable=True)
