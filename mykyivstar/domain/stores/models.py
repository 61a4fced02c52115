"""Stores and service centres."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import enum_field, id_field, moment_field


class StoreKind(StrEnum):
    """What kind of place it is."""

    STORE = "store"
    SERVICE_CENTRE = "service_centre"


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
