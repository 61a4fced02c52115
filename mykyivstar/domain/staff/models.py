"""Members of the staff and where they are signed in. Nothing here refers to a profile: the two never mix."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, msisdn_field
from mykyivstar.domain.identity.models import Language
from mykyivstar.kit.msisdn import Msisdn


class StaffRole(StrEnum):
    """What a member may do; each role may also do what the ones before it may."""

    CONSULTANT = "consultant"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"

    def includes(self, needed: "StaffRole") -> bool:
        """Whether somebody in this role may do what needs that role."""
        order = list(StaffRole)
        return order.index(self) >= order.index(needed)


class StaffMember(SQLModel, table=True):
    """Somebody who works at the desk."""

    __tablename__ = "staff_member"

    id: int | None = id_field()
    # Compared as it is kept: small letters.
    login: str = Field(max_length=64, unique=True)
    # The first name that customers read.
    name: str = Field(max_length=80)
    role: StaffRole = enum_field(StaffRole)
    # Where sign-in codes go; without one, or without a password, nobody can sign in (the demo's own consultant).
    phone: Msisdn | None = msisdn_field(default=None, nullable=True)
    password_hash: str | None = None
    # Comma-separated values of `domain.support.models.Specialism`.
    skills: str = Field(default="", max_length=120)
    # How many conversations at once.
    capacity: int = 4
    # Takes conversations: the member's own switch; the desk was open in a browser at `seen_at`.
    is_available: bool = False
    seen_at: datetime | None = moment_field(default=None, nullable=True)
    language: Language = enum_field(Language, default=Language.UK)
    created_at: datetime = moment_field()
    closed_at: datetime | None = moment_field(default=None, nullable=True)

    @property
    def skill_list(self) -> list[str]:
        """The skills as a list."""
        return [skill for skill in self.skills.split(",") if skill]


class StaffTicket(SQLModel, table=True):
    """What a finished sign-in is traded for over HTTP. Thirty seconds, once, same browser."""

    __tablename__ = "staff_ticket"

    id: int | None = id_field()
    token_hash: str = Field(max_length=64, unique=True)
    staff_id: int = Field(foreign_key="staff_member.id", sa_type=BigId)
    visitor: str = Field(max_length=64)
    expires_at: datetime = moment_field()
    used_at: datetime | None = moment_field(default=None, nullable=True)


class StaffSession(SQLModel, table=True):
    """A member signed in in one browser, for a shift."""

    __tablename__ = "staff_session"

    id: int | None = id_field()
    staff_id: int = Field(foreign_key="staff_member.id", index=True, sa_type=BigId)
    token_hash: str = Field(max_length=64, unique=True)
    browser: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=45)
    created_at: datetime = moment_field()
    last_seen_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    revoked_at: datetime | None = moment_field(default=None, nullable=True)


class StaffPasskey(SQLModel, table=True):
    """A WebAuthn credential of a member: the second proof in place of a code."""

    __tablename__ = "staff_passkey"

    id: int | None = id_field()
    staff_id: int = Field(foreign_key="staff_member.id", index=True, sa_type=BigId)
    credential_id: bytes = Field(sa_column=Column(LargeBinary, unique=True, nullable=False))
    public_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sign_count: int = 0
    name: str = Field(default="", max_length=80)
    created_at: datetime = moment_field()
    last_used_at: datetime | None = moment_field(default=None, nullable=True)
    removed_at: datetime | None = moment_field(default=None, nullable=True)
