"""Stores and service centres."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field


class StoreKind(StrEnum):
    """What kind of place it is."""

    STORE = "store"
    SERVICE_CENTRE = "service_centre"


#: Services that pages have words for; an operator's own codes are shown as they are written.
SERVICES = (
    "connect",
    "top_up",
    "sim_replacement",
    "tariff_change",
    "esim",
    "home_internet",
    "devices",
    "repair",
    "charging",
    "accessible",
    "documents",
    "ownership",
    "corporate",
    "coordinator_rights",
    "identity_check",
)


class Store(SQLModel, table=True):
    """A place where people are served; coordinates are WGS 84 degrees."""

    __tablename__ = "store"

    id: int | None = id_field()
    code: str = Field(max_length=48, unique=True)
    kind: StoreKind = enum_field(StoreKind, default=StoreKind.STORE)
    name: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    city: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    address: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    latitude: float
    longitude: float
    # The OpenStreetMap opening_hours syntax.
    opening_hours: str = Field(default="", max_length=300)
    services: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    phone: str = Field(default="", max_length=20)
    note: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    search_key: str = Field(default="", max_length=400)
    closed_at: datetime | None = moment_field(default=None, nullable=True)
    # Goes up with every change, so that whoever began to edit an older one is told.
    version: int = 1
    # Columns that the desk has changed: imports leave them as they are (docs/import.md).
    kept: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class StoreChange(SQLModel, table=True):
    """Who changed what of a store, and when: written with the change itself, never changed or removed."""

    __tablename__ = "store_change"

    id: int | None = id_field()
    store_id: int = Field(foreign_key="store.id", index=True, sa_type=BigId)
    staff_id: int = Field(foreign_key="staff_member.id", sa_type=BigId)
    # By column, as an import file would write it: what it was and what it became.
    before: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: datetime = moment_field()
