"""References of rows that come by the ten thousand: PostgreSQL checks them once for a statement, not once for a row.

A foreign key runs a query for every row, which was half of what a charging run took. These triggers refuse the same,
with the same state of error: a row whose parent is not there, and taking away a parent that has rows. SQLite keeps its
foreign keys, which cost it next to nothing. The models declare them for both; PostgreSQL exchanges them for triggers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, ForeignKeyConstraint


@dataclass(frozen=True, slots=True)
class Reference:
    """That `column` of `table` names a row of `parent`; once it does, it stays so."""

    table: str
    column: str
    parent: str
    # Whether rows of the parent never go, whoever refers to them. Else they are held until the transaction ends.
    parent_stays: bool = True
    # Whether many new rows have the same one: then each is looked for once.
    is_shared: bool = True

    @property
    def orphans(self) -> str:
        """A query for rows of `added` whose parent is not there."""
        if not self.is_shared:
            return f"SELECT FROM added a WHERE {self.missing}"
        return f"SELECT FROM (SELECT DISTINCT {self.column} FROM added) a WHERE {self.missing}"  # noqa: S608

    @property
    def missing(self) -> str:
        """A condition on a new row `a`: its parent is not there. By an index, whatever else the plan expects."""
        holding = "" if self.parent_stays else " FOR KEY SHARE"
        missing = f"(SELECT p.id FROM {self.parent} p WHERE p.id = a.{self.column}{holding}) IS NULL"  # noqa: S608
        return f"(a.{self.column} IS NOT NULL AND {missing})"


_ENTRIES: Final = (
    Reference("entry", "operation_id", "operation"),
    Reference("entry", "account_id", "ledger_account", is_shared=False),
)
_OTHERS: Final = (
    (Reference("allowance", "line_id", "line", parent_stays=False),),
    (
        Reference("ledger_account", "line_id", "line", parent_stays=False, is_shared=False),
        Reference("ledger_account", "internet_account_id", "internet_account", parent_stays=False, is_shared=False),
    ),
)
_ALL: Final = (*_ENTRIES, *chain(*_OTHERS))
_REVERSALS: Final = Reference("operation", "reverses_id", "operation")

_REFUSE: Final = "RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = '<why>';"
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION <name>() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    <body>
    RETURN NULL;
END $$
"""


def install(connection: Connection) -> None:
    """Exchange the foreign keys for the triggers; the tables are there."""
    if connection.dialect.name == "postgresql":
        for statement in _statements():
            connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Take away what does not go with the tables: call it after they are dropped."""
    if connection.dialect.name == "postgresql":
        ours = "SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'refers\\_\\_%'"
        for (function,) in connection.exec_driver_sql(ours.replace("%", "%%")).all():
            connection.exec_driver_sql(f"DROP FUNCTION {function}")


def is_compared(item: Any, _name: object, kind: str, _reflected: object, _other: object) -> bool:
    """For Alembic's `include_object`: all but the foreign keys that are triggers on PostgreSQL."""
    if kind != "foreign_key_constraint" or not isinstance(item, ForeignKeyConstraint):
        return True
    ours = {(each.table, each.column) for each in (*_ALL, _REVERSALS)}
    return all((item.table.name, column) not in ours for column in item.column_keys)


def _statements() -> Iterator[str]:
    for each in (*_ALL, _REVERSALS):
        yield f"ALTER TABLE {each.table} DROP CONSTRAINT {each.table}_{each.column}_fkey"
    for references in (_ENTRIES, *_OTHERS):
        yield from _set_checked(*references)
    # Almost no operation takes another one back.
    missing = _REVERSALS.missing.replace("a.", "NEW.")
    yield from _made("reversals", f"IF {missing} THEN <refuse> END IF;", "what it takes back is not there")
    yield _on("reversals", "AFTER INSERT ON operation", f"FOR EACH ROW WHEN (NEW.{_REVERSALS.column} IS NOT NULL)")
    yield from _made("stays", "<refuse>", "accounts stay where entries may refer to them")
    for name, event in (("gone", "DELETE OR TRUNCATE"), ("renamed", "UPDATE OF id")):
        yield _on("stays", f"BEFORE {event} ON ledger_account", "FOR EACH STATEMENT", f"ledger_account_{name}")
    for each in chain(*_OTHERS):
        yield from _parent_watched(each)


def _set_checked(*references: Reference) -> Iterator[str]:
    """A new row of one table has all its parents."""
    table = references[0].table
    orphans = " OR ".join(f"EXISTS ({each.orphans})" for each in references)
    body = f"IF {orphans} THEN <refuse> END IF;"
    yield from _made(table, body, f"a row of {table} refers to what is not there")
    yield _on(table, f"AFTER INSERT ON {table} REFERENCING NEW TABLE AS added", "FOR EACH STATEMENT")


def _parent_watched(each: Reference) -> Iterator[str]:
    """A parent with rows can be neither taken away nor renumbered, and a row keeps its parent."""
    name = f"{each.table}_{each.column}"
    rows = f"PERFORM FROM {each.table} WHERE {each.column} = OLD.id LIMIT 1;"
    yield from _made(f"{name}_parent", f"{rows} IF FOUND THEN <refuse> END IF;", f"it has rows in {each.table}")
    yield _on(f"{name}_parent", f"AFTER DELETE ON {each.parent}", "FOR EACH ROW", f"{name}_gone")
    changed = "FOR EACH ROW WHEN (NEW.id <> OLD.id)"
    yield _on(f"{name}_parent", f"AFTER UPDATE OF id ON {each.parent}", changed, f"{name}_renamed")
    any_row = f"PERFORM FROM {each.table} LIMIT 1; IF FOUND THEN <refuse> END IF;"
    yield from _made(f"{name}_all", any_row, f"there are rows in {each.table}")
    yield _on(f"{name}_all", f"BEFORE TRUNCATE ON {each.parent}", "FOR EACH STATEMENT")
    yield from _made(f"{name}_kept", "<refuse>", f"a row of {each.table} keeps its {each.parent}")
    moved = f"FOR EACH ROW WHEN (NEW.{each.column} IS DISTINCT FROM OLD.{each.column})"
    yield _on(f"{name}_kept", f"AFTER UPDATE OF {each.column} ON {each.table}", moved)


def _made(name: str, body: str, why: str) -> Iterator[str]:
    whole = _FUNCTION.replace("<body>", body).replace("<refuse>", _REFUSE.replace("<why>", why))
    yield whole.replace("<name>", f"refers__{name}")


def _on(function: str, event: str, how: str, name: str = "") -> str:
    return f"CREATE TRIGGER refers__{name or function} {event} {how} EXECUTE FUNCTION refers__{function}()"
