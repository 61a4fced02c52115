"""Dialogues of phones with the menu, as far as they have come."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, id_field, moment_field, msisdn_field
from mykyivstar.kit.msisdn import Msisdn


class UssdSession(SQLModel, table=True):
    """One dialogue, by the gateway's own id: where it stands, and the last answer, for a request that comes again."""

    __tablename__ = "ussd_session"

    id: int | None = id_field()
    key: str = Field(max_length=80, unique=True)
    msisdn: Msisdn = msisdn_field()
    line_id: int | None = Field(default=None, foreign_key="line.id", sa_type=BigId)
    # The place in the menu, and what was typed on the way there.
    place: str = Field(default="", max_length=40)
    typed: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # The number of the last request that was answered, and the hash of what it said.
    step: int = 0
    step_hash: str = Field(default="", max_length=64)
    # Somebody is at work on the next one; a worker that died lets go after a while.
    working_until: datetime | None = moment_field(default=None, nullable=True)
    text: str = Field(default="", max_length=400)
    is_over: bool = False
    begun_at: datetime = moment_field()
    seen_at: datetime = moment_field(index=True)
