"""Visits to service centres, and what the staff did there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, day_field, enum_field, id_field, moment_field, msisdn_field
from mykyivstar.domain.identity.models import Language
from mykyivstar.kit.msisdn import Msisdn


class VisitPurpose(StrEnum):
    """What somebody comes for; it says what they should bring."""

    ACCESS = "access"
    SIM = "sim"
    DATA = "data"
    OTHER = "other"


class VisitState(StrEnum):
    """Where a visit stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    CAME = "came"
    ABSENT = "absent"


class ProofDocument(StrEnum):
    """Which document of identity was seen."""

    PASSPORT = "passport"
    ID_CARD = "id_card"
    FOREIGN_PASSPORT = "foreign_passport"
    RESIDENCE_PERMIT = "residence_permit"
    DRIVING_LICENCE = "driving_licence"
    DIIA = "diia"


class Visit(SQLModel, table=True):
    """Somebody comes to a service centre. Nothing here says whether they are a customer."""

    __tablename__ = "store_visit"
    __table_args__ = (Index("ix_store_visit_store", "store_id", "starts_at"),)

    id: int | None = id_field()
    # Short, for people to say: "V-7K3M9Q".
    number: str = Field(max_length=10, unique=True)
    # The last part of its address, which nobody guesses.
    code: str = Field(max_length=32, unique=True)
    # Of the form it was booked with: a double click books once.
    ref: str = Field(max_length=40, unique=True)
    store_id: int = Field(foreign_key="store.id", sa_type=BigId)
    starts_at: datetime = moment_field(index=True)
    purpose: VisitPurpose = enum_field(VisitPurpose)
    name: str = Field(max_length=80)
    phone: Msisdn = msisdn_field()
    # The same number while the visit is still to come, so that there is one at a time; None afterwards.
    open_phone: Msisdn | None = msisdn_field(default=None, nullable=True, unique=True)
    language: Language = enum_field(Language)
    state: VisitState = enum_field(VisitState)
    booked_at: datetime = moment_field()
    state_at: datetime = moment_field()
    # Who marked it at the desk.
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", sa_type=BigId)


class VisitSlot(SQLModel, table=True):
    """How many places of a half-hour are taken; without a row, none."""

    __tablename__ = "store_visit_slot"
    __table_args__ = (Index("ux_store_visit_slot", "store_id", "starts_at", unique=True),)

    id: int | None = id_field()
    store_id: int = Field(foreign_key="store.id", sa_type=BigId)
    starts_at: datetime = moment_field(index=True)
    booked: int = 0


class VisitLook(SQLModel, table=True):
    """That a member of the staff looked at the visits of a store and day, or looked somebody up at the counter."""

    __tablename__ = "store_visit_look"

    id: int | None = id_field()
    staff_id: int = Field(foreign_key="staff_member.id", index=True, sa_type=BigId)
    store_id: int | None = Field(default=None, foreign_key="store.id", sa_type=BigId)
    day: date | None = day_field(default=None, nullable=True)
    # What was looked up ("internet:0004477622"), "" for a list.
    subject: str = Field(default="", max_length=80)
    at: datetime = moment_field()


class AccessRestoring(SQLModel, table=True):
    """That a temporary password was given to somebody who proved in person who they are: never changed or removed."""

    __tablename__ = "access_restoring"

    id: int | None = id_field()
    staff_id: int = Field(foreign_key="staff_member.id", index=True, sa_type=BigId)
    profile_id: int | None = Field(default=None, foreign_key="profile.id", index=True, sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", sa_type=BigId)
    # As it was typed, in canonical form.
    subject: str = Field(max_length=80)
    visit_number: str = Field(default="", max_length=10)
    document: ProofDocument = enum_field(ProofDocument)
    # Which document exactly, in the member's words.
    note: str = Field(max_length=200)
    at: datetime = moment_field()
