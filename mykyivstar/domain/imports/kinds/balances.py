"""Balances: the first one of an account opens it, a later one is posted as the difference."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.imports import cells, references
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Rejection, Row, Values
from mykyivstar.domain.ledger.accounts import known_codes
from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.queries import accounts_with_entries, posted_keys
from mykyivstar.domain.ledger.service import (
    Holder,
    Leg,
    Posting,
    SystemAccount,
    accounts_for,
    locked,
    post_many,
    system_account,
)
from mykyivstar.domain.lines.models import Billing
from mykyivstar.kit.money import Money

#: Why an entry is there, as its explanation says it.
OPENING_RULE: Final = "opening_balance"
CORRECTION_RULE: Final = "balance_correction"


def _check(values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    given = [name for name in ("msisdn", "internet_account") if values.get(name) is not None]
    if len(given) != 1:
        yield "", "needs either msisdn or internet_account" + (", not both" if given else "")


async def _store(session: AsyncSession, rows: Sequence[Row], occasion: Occasion) -> Outcome:
    outcome = Outcome()
    held = await _holders(session, rows, outcome)
    holders = [holder for _, holder in held]
    known = await known_codes(session, holders)
    opened = await accounts_for(session, holders)
    keys = [_key(occasion, account, row.values["balance"]) for (row, _), account in zip(held, opened, strict=True)]
    spent = await posted_keys(session, keys)
    accounts = await locked(session, (_id(account) for account in opened))
    used = await accounts_with_entries(session, accounts)
    postings: list[Posting] = []
    for (row, _), account, key in zip(held, opened, keys, strict=True):
        missing = row.values["balance"] - account.balance
        if account.code not in known:
            outcome.created += 1
        elif missing and key not in spent:
            outcome.updated += 1
        else:
            outcome.unchanged += 1
        if key not in spent:
            kind = OperationKind.ADJUSTMENT if account.id in used else OperationKind.OPENING_BALANCE
            legs = await _legs(session, account, missing, _explanation(kind, row, occasion))
            postings.append(Posting(key, kind, occasion.at, legs))
    # What the operator's own books say is no customer's act: it may lie below the floor.
    await post_many(session, postings, respect_floors=False)
    return outcome


async def _holders(session: AsyncSession, rows: Sequence[Row], outcome: Outcome) -> list[tuple[Row, Holder]]:
    lines = await references.lines(session, (row.values.get("msisdn") for row in rows))
    accounts = await references.internet_account_ids(session, (row.values.get("internet_account") for row in rows))
    held: list[tuple[Row, Holder]] = []
    for row in rows:
        number, account = row.values.get("msisdn"), row.values.get("internet_account")
        unit = row.values.get("unit", Unit.UAH)
        if number in lines:
            line_id, payment = lines[number]
            may_owe = payment is Billing.CONTRACT and unit is Unit.UAH
            held.append((row, Holder(line_id=line_id, unit=unit, floor=None if may_owe else Money.ZERO)))
        elif account in accounts:
            held.append((row, Holder(internet_account_id=accounts[account], unit=unit)))
        elif number is not None:
            outcome.rejected.append(Rejection(row, "msisdn", f"there is no line {number.e164}"))
        else:
            outcome.rejected.append(Rejection(row, "internet_account", f"there is no internet account {account}"))
    return held


def _key(occasion: Occasion, account: LedgerAccount, balance: Money) -> str:
    """The same for the same statement of the same file: once only, whatever was spent or paid in between."""
    stated = f"{occasion.source.digest} {account.code} {balance.kopiykas}"
    return f"import:{hashlib.sha256(stated.encode()).hexdigest()[:48]}"


def _explanation(kind: OperationKind, row: Row, occasion: Occasion) -> Mapping[str, Any]:
    rule = OPENING_RULE if kind is OperationKind.OPENING_BALANCE else CORRECTION_RULE
    stated = row.values["balance"].kopiykas
    return {"rule": rule, "stated_balance": stated, "file": occasion.source.name, "line": row.line}


async def _legs(
    session: AsyncSession, account: LedgerAccount, missing: Money, explanation: Mapping[str, Any]
) -> Sequence[Leg]:
    if not missing:
        return ()
    opening = await system_account(session, SystemAccount.OPENING, account.unit)
    return Leg(_id(account), missing, explanation), Leg(_id(opening), -missing, explanation)


def _id(account: LedgerAccount) -> int:
    assert account.id is not None
    return account.id


BALANCES = Kind(
    name="balances",
    columns=(
        Column("msisdn", cells.msisdn),
        Column("internet_account", cells.account_number),
        Column("unit", cells.one_of(Unit), blank=Unit.UAH, repeats=True),
        Column("balance", cells.money(signed=True), required=True),
    ),
    store=_store,
    check=_check,
    identity=lambda values: f"{values.get('msisdn')} {values.get('internet_account')} {values.get('unit', Unit.UAH)}",
)
