"""Blocks of lines: who asked, why, from when to when; and who unblocked somebody at the desk."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field
from mykyivstar.domain.visits.models import ProofDocument


class BlockReason(StrEnum):
    """Why a line is blocked; how it comes back follows from it."""

    LOST = "lost"
    STOLEN = "stolen"
    # Not needed for a while.
    AWAY = "away"
    OTHER = "other"
    # The operator's own register says so.
    OPERATOR = "operator"

    @property
    def is_urgent(self) -> bool:
        """Somebody else may have the SIM: blocked at once, and unblocked only by who shows a document."""
        return self in {BlockReason.LOST, BlockReason.STOLEN}


class BlockState(StrEnum):
    """How far it is."""

    # Applied for; the line still works.
    WAITING = "waiting"
    ACTIVE = "active"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class BlockEnding(StrEnum):
    """How a block ended."""

    BY_CODE = "by_code"
    AT_DESK = "at_desk"
    BY_OPERATOR = "by_operator"


_OPEN = text("state IN ('waiting', 'active')")


class LineBlock(SQLModel, table=True):
    """One block of a line, from `since` until just before `until`; of a line at most one is open."""

    __tablename__ = "line_block"
    __table_args__ = (
        Index("ix_line_block_line", "line_id", "since"),
        Index("ux_line_block_open", "line_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = id_field()
    line_id: int = Field(foreign_key="line.id", sa_type=BigId)
    # Who asked; None: the register.
    profile_id: int | None = Field(default=None, foreign_key="profile.id", index=True, sa_type=BigId)
    # Of the form or of the step of a dialogue: sent twice, it is one block.
    key: str = Field(max_length=80, unique=True)
    reason: BlockReason = enum_field(BlockReason)
    # In the person's own words, for OTHER.
    note: str = Field(default="", max_length=200)
    state: BlockState = enum_field(BlockState)
    asked_at: datetime = moment_field()
    # Until when an application is carried out at the latest; None for what is done at once.
    due_at: datetime | None = moment_field(default=None, nullable=True)
    since: datetime | None = moment_field(default=None, nullable=True)
    until: datetime | None = moment_field(default=None, nullable=True)
    ending: BlockEnding | None = enum_field(BlockEnding, default=None, nullable=True)


class LineUnblocking(SQLModel, table=True):
    """That somebody showed a document at the desk and their line was unblocked: never changed or removed."""

    __tablename__ = "line_unblocking"

    id: int | None = id_field()
    block_id: int = Field(foreign_key="line_block.id", unique=True, sa_type=BigId)
    line_id: int = Field(foreign_key="line.id", index=True, sa_type=BigId)
    staff_id: int = Field(foreign_key="staff_member.id", index=True, sa_type=BigId)
    visit_number: str = Field(default="", max_length=10)
    document: ProofDocument = enum_field(ProofDocument)
    # Which document exactly, in the member's words.
    note: str = Field(max_length=200)
    at: datetime = moment_field()
