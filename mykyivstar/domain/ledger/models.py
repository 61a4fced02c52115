"""The books: double entry, append-only, whole kopiykas; every entry explains itself."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ColumnElement, Connection, Index, Table, and_, event, or_, text
from sqlmodel import Field, SQLModel, col

from mykyivstar.db.migrations import ledger_sql
from mykyivstar.db.statements import table_of
from mykyivstar.db.types import BigId, day_field, enum_field, id_field, moment_field, money_field
from mykyivstar.kit.money import Money

CATEGORY_MAX = 32
#: Entries of an operation have the ids from this many times its own: they are found without an index of their own.
IDS_OF_ONE = 1024
#: Of a set (`bulk`): its first entries are customers', the one at this place is the operator's.
OPERATORS_PLACE = IDS_OF_ONE - 1
#: What `request_hash` of an operation says that stands for many accounts (`bulk`): nobody asked for it by a key.
SET = "set"


class Unit(StrEnum):
    """What an account counts. Bonuses are kept in hundredths, as money is, and never mix with it."""

    UAH = "uah"
    BONUS = "bonus"


def _where(column: str) -> dict[str, Any]:
    """Of an index that leaves out rows without this."""
    there = text(f"{column} IS NOT NULL")
    return {"sqlite_where": there, "postgresql_where": there}


class LedgerAccount(SQLModel, table=True):
    """One pot: its balance is the sum of its entries, kept beside them by the same transaction."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        # One account of a unit each; whoever has none of the two kinds is in neither index.
        Index("ux_ledger_account_line", "line_id", "unit", unique=True, **_where("line_id")),
        Index(
            "ux_ledger_account_internet", "internet_account_id", "unit", unique=True, **_where("internet_account_id")
        ),
    )

    id: int | None = id_field()
    # "line:12:uah", "internet:3:bonus", "system:opening:uah".
    code: str = Field(max_length=64, unique=True)
    unit: Unit = enum_field(Unit)
    line_id: int | None = Field(default=None, foreign_key="line.id", sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", sa_type=BigId)
    balance: Money = money_field(default=Money(0))
    # The balance may not fall below this by a customer's own act; None: no floor (system accounts, contract lines).
    floor: Money | None = money_field(default=Money(0), nullable=True)
    # Of bonuses: the last day for which they were credited.
    earned_to: date | None = day_field(default=None, nullable=True)


class OperationKind(StrEnum):
    """Why money moved."""

    OPENING_BALANCE = "opening_balance"
    USAGE = "usage"
    TARIFF_FEE = "tariff_fee"
    SERVICE_FEE = "service_fee"
    TOP_UP = "top_up"
    TRANSFER = "transfer"
    PARTNER_TOP_UP = "partner_top_up"
    PROMISED_PAYMENT = "promised_payment"
    PROMISE_REPAYMENT = "promise_repayment"
    REFUND = "refund"
    REVERSAL = "reversal"
    BONUS_ACCRUAL = "bonus_accrual"
    ADJUSTMENT = "adjustment"


class Operation(SQLModel, table=True):
    """One movement of money as a whole; its entries sum to zero in each unit.

    One that is a set (`bulk`) did the same to many: each customer has an entry of it, and the operator one for all.
    """

    __tablename__ = "operation"
    __table_args__ = (
        Index("ux_operation_reverses", "reverses_id", "reverses_entry_id", unique=True, **_where("reverses_id")),
        CheckConstraint(
            f"reverses_entry_id = 0 OR reverses_entry_id / {IDS_OF_ONE} = reverses_id", name="ck_operation_reverses"
        ),
    )

    id: int | None = id_field()
    # Made by whoever starts the operation, before it starts; a repeat posts nothing new.
    key: str = Field(max_length=80, unique=True)
    request_hash: str = Field(max_length=64)
    kind: OperationKind = enum_field(OperationKind)
    at: datetime = moment_field()
    # What this operation takes back: nothing posted is ever changed, and taken back it is once.
    reverses_id: int | None = Field(default=None, foreign_key="operation.id", sa_type=BigId)
    # Which entry of a set alone: the others are other people's. 0: all of the operation.
    reverses_entry_id: int = Field(
        default=0, sa_column=Column(BigId, nullable=False, autoincrement=False, server_default="0")
    )

    @property
    def is_set(self) -> bool:
        """Whether its entries are of people who have nothing to do with each other: nobody sees it as a whole."""
        return self.request_hash == SET


class Entry(SQLModel, table=True):
    """What one operation did to one account."""

    __tablename__ = "entry"
    # Everything that lists, filters and sums an account's entries, so that none of it reads the rows.
    __table_args__ = (
        Index("ix_entry_account", "account_id", "at", "id", "kind", "category", "amount"),
        CheckConstraint(f"id / {IDS_OF_ONE} = operation_id", name="ck_entry_id"),
    )

    # The operation's times IDS_OF_ONE, and which of its entries it is.
    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=False))
    # Looked for by `entries_of`: there is no index of it.
    operation_id: int = Field(foreign_key="operation.id", sa_type=BigId)
    # The operation's, here as well because accounts are filtered and summed by it.
    kind: OperationKind = enum_field(OperationKind)
    # What it counts as (E2): a usage category, else the kind; a reversal's is that of what it takes back.
    category: str = Field(max_length=CATEGORY_MAX)
    account_id: int = Field(foreign_key="ledger_account.id", sa_type=BigId)
    amount: Money = money_field()
    balance_after: Money = money_field()
    at: datetime = moment_field()
    # O1: the rule, the period, net, VAT and duty, as far as they apply.
    explanation: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def entries_of(operation_id: Any, entry: Any = Entry) -> ColumnElement[bool]:
    """The condition of an operation's entries, found by their ids; the operation may be a column."""
    first = operation_id * IDS_OF_ONE
    return and_(col(entry.id) >= first, col(entry.id) < first + IDS_OF_ONE)


def takes_back(operation: Any, entry: Any = Entry) -> ColumnElement[bool]:
    """The condition that an operation takes this entry back, by itself or with all of its operation."""
    return and_(
        col(operation.reverses_id) == col(entry.operation_id),
        or_(col(operation.reverses_entry_id) == 0, col(operation.reverses_entry_id) == col(entry.id)),
    )


class LedgerProof(SQLModel, table=True):
    """What a proof of the books found; one row a day, kept for ever."""

    __tablename__ = "ledger_proof"

    id: int | None = id_field()
    at: datetime = moment_field()
    accounts: int
    # Accounts whose balance is not the sum of their entries, operations and units that do not sum to zero.
    wrong_balances: int
    wrong_operations: int
    wrong_totals: int

    @property
    def holds(self) -> bool:
        """Whether nothing was wrong."""
        return not (self.wrong_balances or self.wrong_operations or self.wrong_totals)


@event.listens_for(table_of(Entry).metadata, "after_create")
def _guard(_all: object, connection: Connection, *, tables: Sequence[Table], **_how: object) -> None:
    """Tables made without the migrations, for tests, are guarded like theirs."""
    if table_of(Entry) in tables:
        ledger_sql.install(connection)
