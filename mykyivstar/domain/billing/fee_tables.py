"""Tables of a charging run that live as long as its connection; `fee_sql` says what each holds."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Boolean, Column, MetaData, String, Table

from mykyivstar.db.types import BigId, DayType, MoneyType, UtcDateTime

TEMPORARY = MetaData()
_OPTIONS: Mapping[str, Any] = {"prefixes": ["TEMPORARY"], "postgresql_on_commit": "DELETE ROWS"}

DUE_HOLDER: Final = Table(
    "due_holder", TEMPORARY, Column("id", BigId, primary_key=True, autoincrement=False), **_OPTIONS
)
DUE_ITEM: Final = Table(
    "due_item",
    TEMPORARY,
    Column("holder_id", BigId, primary_key=True, autoincrement=False),
    Column("place", BigId, primary_key=True, autoincrement=False),
    # None: the tariff.
    Column("connection_id", BigId),
    Column("price_id", BigId, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("charge_day", BigId, nullable=False),
    **_OPTIONS,
)
FEE_TERM: Final = Table(
    "fee_term",
    TEMPORARY,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("is_tariff", Boolean, nullable=False),
    Column("price_id", BigId, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("charge_day", BigId, nullable=False),
    Column("code", String(48), nullable=False),
    Column("due_on", DayType, nullable=False),
    Column("due_text", String(8), nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("next_at", UtcDateTime),
    Column("next_charge_day", BigId),
    Column("lasts_until", UtcDateTime),
    **_OPTIONS,
)
# What a term's package holds.
FEE_PART: Final = Table(
    "fee_part",
    TEMPORARY,
    Column("term_id", BigId, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("amount", BigId, nullable=False),
    Column("is_unlimited", Boolean, nullable=False),
    **_OPTIONS,
)
# What stands aside and no service may take (O2).
LOCKED: Final = Table(
    "locked_money",
    TEMPORARY,
    Column("line_id", BigId, primary_key=True, autoincrement=False),
    Column("amount", MoneyType, nullable=False),
    **_OPTIONS,
)
DUE_FEE: Final = Table(
    "due_fee",
    TEMPORARY,
    Column("n", BigId, primary_key=True, autoincrement=False),
    Column("holder_id", BigId, nullable=False),
    Column("connection_id", BigId),
    Column("account_id", BigId, nullable=False),
    Column("term_id", BigId, nullable=False),
    Column("key", String(80), nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("missing", MoneyType, nullable=False),
    Column("is_taken", Boolean, nullable=False),
    **_OPTIONS,
)
# Who could not pay for something: what stands behind it waits too.
HELD_BACK: Final = Table("held_back", TEMPORARY, Column("id", BigId, primary_key=True, autoincrement=False), **_OPTIONS)
