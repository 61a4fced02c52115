"""Owners, lines and internet accounts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.blocking.registering import kept_blocked
from mykyivstar.domain.blocking.registering import told_by_register as blocks_told_by_register
from mykyivstar.domain.catalogue.models import TariffKind
from mykyivstar.domain.imports import cells, references
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Rejection, Row, Values
from mykyivstar.domain.imports.registers import upsert
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.internet.states import told_by_register
from mykyivstar.domain.ledger.accounts import set_floor
from mykyivstar.domain.lines.models import Billing, Brand, Line, LineState, Owner, OwnerKind
from mykyivstar.kit.money import Money

_LIFE = ("activated_at", "valid_until", "receiving_until")


async def _store_owners(session: AsyncSession, rows: Sequence[Row], _occasion: Occasion) -> Outcome:
    done = await upsert(session, Owner, [row.values for row in rows], key=["ref"])
    return Outcome(len(done.created), len(done.updated), done.unchanged)


def _check_line(values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    life = [(name, values[name]) for name in _LIFE if values.get(name) is not None]
    for (earlier_name, earlier), (later_name, later) in pairwise(life):
        if later < earlier:
            yield later_name, f"lies before {earlier_name}"


async def _store_lines(session: AsyncSession, rows: Sequence[Row], occasion: Occasion) -> Outcome:
    resolved, rejected = await _resolved(session, rows, TariffKind.MOBILE)
    done = await upsert(session, Line, await _lifting_no_block(session, resolved), key=["msisdn"])
    for line, columns in done.updated:
        assert line.id is not None
        changed(session, Subject(Topic.LINE, line.id))
        if "payment" in columns:
            # What is owed by a contract line may be owed; what a prepaid one spends must be there.
            await set_floor(session, line.id, None if line.payment is Billing.CONTRACT else Money.ZERO)
    turned = [line for line, columns in done.updated if "state" in columns]
    turned += [line for line in done.created if line.state is LineState.BLOCKED]
    await blocks_told_by_register(session, turned, at=occasion.at)
    return Outcome(len(done.created), len(done.updated), done.unchanged, rejected)


async def _lifting_no_block(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The rows; those that call a line active which its owner has blocked say nothing of its state."""
    kept = await kept_blocked(session, (row["msisdn"] for row in rows if row.get("state") is LineState.ACTIVE))
    return [
        {name: value for name, value in row.items() if name != "state"}
        if row["msisdn"] in kept and row.get("state") is LineState.ACTIVE
        else row
        for row in rows
    ]


async def _store_internet_accounts(session: AsyncSession, rows: Sequence[Row], occasion: Occasion) -> Outcome:
    resolved, rejected = await _resolved(session, rows, TariffKind.INTERNET)
    numbers = {row["number"] for row in resolved}
    known = select(InternetAccount.number, InternetAccount.state).where(col(InternetAccount.number).in_(numbers))
    before = {number: InternetState(state) for number, state in (await session.exec(known)).all()}
    done = await upsert(session, InternetAccount, resolved, key=["number"])
    for account, columns in done.updated:
        assert account.id is not None
        changed(session, Subject(Topic.INTERNET, account.id))
        if "state" in columns:
            await told_by_register(session, account, was=before[account.number], at=occasion.at)
    return Outcome(len(done.created), len(done.updated), done.unchanged, rejected)


async def _resolved(
    session: AsyncSession, rows: Sequence[Row], kind: TariffKind
) -> tuple[Sequence[Mapping[str, Any]], list[Rejection]]:
    """The rows with the ids of their owners and tariffs instead of the names."""
    owners = await references.owner_ids(session, (row.values.get("owner_ref") for row in rows))
    tariffs = await references.tariff_ids(session, (row.values.get("tariff") for row in rows), kind)
    resolved: list[Mapping[str, Any]] = []
    rejected: list[Rejection] = []
    for row in rows:
        values = dict(row.values)
        wrong: list[Rejection] = []
        for column, target, known, what in (
            ("owner_ref", "owner_id", owners, "owner"),
            ("tariff", "tariff_id", tariffs, f"{kind.value} tariff"),
        ):
            name = values.pop(column, None)
            if column in row.values:
                values[target] = known.get(name)
            if name is not None and name not in known:
                wrong.append(Rejection(row, column, f"there is no {what} '{name}'"))
        if wrong:
            rejected += wrong[:1]
        else:
            resolved.append(values)
    return resolved, rejected


OWNERS = Kind(
    name="owners",
    columns=(
        Column("ref", cells.code(64), required=True),
        Column("name", cells.text(200), required=True),
        Column("kind", cells.one_of(OwnerKind), blank=OwnerKind.INDIVIDUAL),
    ),
    store=_store_owners,
    identity=lambda values: values["ref"],
)

LINES = Kind(
    name="lines",
    columns=(
        Column("msisdn", cells.msisdn, required=True),
        Column("owner_ref", cells.code(64)),
        Column("brand", cells.one_of(Brand), blank=Brand.KYIVSTAR, repeats=True),
        Column("payment", cells.one_of(Billing), blank=Billing.PREPAID, repeats=True),
        Column("state", cells.one_of(LineState), blank=LineState.ACTIVE, repeats=True),
        Column("tariff", cells.code(), repeats=True),
        Column("activated_at", cells.moment),
        Column("next_charge_at", cells.moment, repeats=True),
        Column("valid_until", cells.moment, repeats=True),
        Column("receiving_until", cells.moment, repeats=True),
    ),
    store=_store_lines,
    check=_check_line,
    identity=lambda values: str(values["msisdn"]),
)

INTERNET_ACCOUNTS = Kind(
    name="internet_accounts",
    columns=(
        Column("number", cells.account_number, required=True),
        Column("owner_ref", cells.code(64)),
        Column("contract_phone", cells.msisdn, required=True),
        Column("address", cells.text(300), blank=""),
        Column("state", cells.one_of(InternetState), blank=InternetState.ACTIVE, repeats=True),
        Column("tariff", cells.code(), repeats=True),
        Column("disconnect_threshold", cells.money(signed=True), blank=Money.ZERO, repeats=True),
        Column("next_charge_at", cells.moment, repeats=True),
        Column("suspended_until", cells.moment, repeats=True),
    ),
    store=_store_internet_accounts,
    identity=lambda values: values["number"],
)
