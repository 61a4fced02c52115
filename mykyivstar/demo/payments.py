"""The card top-ups of the demo people as payments, so that their lists and receipts are not empty."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.demo.chance import chance
from mykyivstar.demo.moves import Move
from mykyivstar.demo.posting import Ids
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.service import SystemAccount
from mykyivstar.domain.lines.models import Holding
from mykyivstar.domain.payments.crediting import credit_key
from mykyivstar.domain.payments.models import Cause, Origin, Payment, PaymentShare, PaymentState, PaymentStep, Source
from mykyivstar.kit.money import Money

ACQUIRER = "demo"
_BY_CARD = "top_up/card"
_PAGE_TOOK, _BANK_TOOK = timedelta(seconds=48), timedelta(seconds=3)


async def written_down(session: AsyncSession, ids: Ids, moves: Sequence[Move]) -> Sequence[Move]:
    """Write payments for the card top-ups of people with a profile; the moves, those crediting their payments."""
    payers = await _payers(session, ids)
    by_card = [m for m in moves if m.why.get("rule") == _BY_CARD and m.amounts[0][0].holder in payers]
    if not by_card:
        return moves
    rows = [_payment(move, payers[move.amounts[0][0].holder]) for move in by_card]
    adding = insert_into(session, Payment).on_conflict_do_nothing(index_elements=["key"])
    connection = await session.connection()
    await connection.execute(adding, rows)
    found = await session.exec(
        select(col(Payment.key), col(Payment.id)).where(col(Payment.key).in_([move.key for move in by_card]))
    )
    known: dict[str, int] = {key: payment_id for key, payment_id in found if payment_id is not None}
    steps = select(PaymentStep.payment_id).where(col(PaymentStep.payment_id).in_(known.values()))
    has_steps = set(await session.exec(steps))
    fresh = [move for move in by_card if known[move.key] not in has_steps]
    if fresh:
        await connection.execute(insert(table_of(PaymentShare)), [_share(ids, m, known[m.key]) for m in fresh])
        await connection.execute(
            insert(table_of(PaymentStep)), [step for m in fresh for step in _steps(m, known[m.key])]
        )
    return [_crediting(move, known[move.key]) if move.key in known else move for move in moves]


async def _payers(session: AsyncSession, ids: Ids) -> Mapping[str, int]:
    """Which profile pays for a number: the first that has it."""
    holders: dict[str, int] = {}
    rows = (await session.exec(select(Holding).order_by(col(Holding.id)))).all()
    by_line = {holding.line_id: holding.profile_id for holding in reversed(rows)}
    by_account = {holding.internet_account_id: holding.profile_id for holding in reversed(rows)}
    holders |= {number: by_line[line_id] for number, line_id in ids.lines.items() if line_id in by_line}
    return holders | {n: by_account[account_id] for n, account_id in ids.accounts.items() if account_id in by_account}


def _payment(move: Move, profile_id: int) -> dict[str, Any]:
    credited_at = move.at
    digits = chance(0, "card", profile_id).randrange(10_000)
    code = hashlib.sha256(move.key.encode()).hexdigest()[:24]
    row = Payment(
        code=code,
        key=move.key,
        request_hash=hashlib.sha256(f"demo:{move.key}".encode()).hexdigest(),
        source=Source.CARD,
        origin=Origin.PAYER,
        amount=_amount(move),
        state=PaymentState.CREDITED,
        created_at=credited_at - _PAGE_TOOK - _BANK_TOOK,
        state_at=credited_at,
        expires_at=credited_at + timedelta(minutes=30),
        profile_id=profile_id,
        language=Language.UK,
        acquirer=ACQUIRER,
        invoice_id=f"demo-{code}",
        card_mask=f"444403******{digits:04d}",
    )
    names = [column.name for column in table_of(Payment).columns if column.name != "id"]
    return {name: getattr(row, name) for name in names}


def _share(ids: Ids, move: Move, payment_id: int) -> dict[str, Any]:
    holder = move.amounts[0][0].holder
    return {
        "payment_id": payment_id,
        "line_id": ids.lines.get(holder),
        "internet_account_id": ids.accounts.get(holder),
        "amount": _amount(move),
        "position": 0,
    }


def _steps(move: Move, payment_id: int) -> Sequence[dict[str, Any]]:
    went = [
        (PaymentState.CREATED, _PAGE_TOOK + _BANK_TOOK, Cause.PAYER),
        (PaymentState.CONFIRMING, _PAGE_TOOK + _BANK_TOOK, Cause.PAYER),
        (PaymentState.PROCESSING, _BANK_TOOK, Cause.NOTICE),
        (PaymentState.CREDITED, timedelta(0), Cause.NOTICE),
    ]
    return [
        {"payment_id": payment_id, "state": state, "at": move.at - ago, "cause": cause} for state, ago, cause in went
    ]


def _crediting(move: Move, payment_id: int) -> Move:
    why = {"rule": "payment.card", "payment_id": payment_id, "total": _amount(move).kopiykas}
    return replace(move, key=credit_key(payment_id), against=SystemAccount.ACQUIRER, why=why)


def _amount(move: Move) -> Money:
    assert move.kind is OperationKind.TOP_UP, "only top-ups are payments here"
    return move.amounts[0][1]
