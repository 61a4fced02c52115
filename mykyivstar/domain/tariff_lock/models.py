"""Which lines set the tariff's money aside (O2)."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, moment_field, money_field
from mykyivstar.kit.money import Money


class TariffLock(SQLModel, table=True):
    """That a line does so, as long as this row is there; how much stands aside the books say, see `queries`."""

    __tablename__ = "tariff_lock"

    line_id: int = Field(primary_key=True, foreign_key="line.id", sa_type=BigId)
    since: datetime = moment_field()
    # What stood on the account then, and its last entry before.
    began: Money = money_field()
    after_entry: int = Field(sa_column=Column(BigInteger, nullable=False))
    # Who switched it on.
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
