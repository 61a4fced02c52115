"""Tables of a charging run that live as long as its connection; `fee_sql` says what each holds."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, MetaData, String

from mykyivstar.db.types import BigId, DayType, MoneyType, UtcDateTime
from mykyivstar.domain.ledger.set_tables import posting_set, temporary

TEMPORARY: Final = MetaData()

DUE_HOLDER: Final = temporary(
    "due_holder", TEMPORARY, Column("id", BigId, autoincrement=False, nullable=False), key="id"
)
DUE_ITEM: Final = temporary(
    "due_item",
    TEMPORARY,
    Column("holder_id", BigId, nullable=False),
    Column("place", BigId, nullable=False),
    # None: the tariff.
    Column("connection_id", BigId),
    Column("price_id", BigId, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("charge_day", BigId, nullable=False),
    Column("last_fee_on", DayType),
)
FEE_TERM: Final = temporary(
    "fee_term",
    TEMPORARY,
    Column("id", BigId, autoincrement=False, nullable=False),
    Column("is_tariff", Boolean, nullable=False),
    Column("price_id", BigId, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("charge_day", BigId, nullable=False),
    Column("code", String(48), nullable=False),
    Column("due_on", DayType, nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("next_at", UtcDateTime),
    Column("next_charge_day", BigId),
    Column("lasts_until", UtcDateTime),
    key="id",
)
# What a term's package holds.
FEE_PART: Final = temporary(
    "fee_part",
    TEMPORARY,
    Column("term_id", BigId, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("amount", BigId, nullable=False),
    Column("is_unlimited", Boolean, nullable=False),
)
# What stands aside and no service may take (O2).
LOCKED: Final = temporary(
    "locked_money",
    TEMPORARY,
    Column("line_id", BigId, autoincrement=False, nullable=False),
    Column("amount", MoneyType, nullable=False),
    key="line_id",
)
# The postings of one place; `reason` is the term, `amount` what is done to the account.
DUE_FEE: Final = posting_set(
    "due_fee",
    TEMPORARY,
    Column("holder_id", BigId, nullable=False),
    Column("connection_id", BigId),
    Column("missing", MoneyType, nullable=False),
    Column("is_taken", Boolean, nullable=False),
)
# Who could not pay for something: what stands behind it waits too.
HELD_BACK: Final = temporary("held_back", TEMPORARY, Column("id", BigId, autoincrement=False, nullable=False), key="id")
Index("fee_term_due", FEE_TERM.c.price_id, FEE_TERM.c.due_at, FEE_TERM.c.is_tariff, FEE_TERM.c.charge_day)
