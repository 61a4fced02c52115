"""From plain values to rows: usage through the ingest, money through the books."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.demo.moves import Move, Pot, Record
from mykyivstar.domain.bonuses.accrual import note_credited
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, Posting, SystemAccount, account_for, post_many, system_account
from mykyivstar.domain.usage import ingest
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

OPERATIONS_AT_ONCE = 500


@dataclass(slots=True)
class Ids:
    """Which rows stand behind the numbers."""

    lines: Mapping[str, int]
    accounts: Mapping[str, int]
    # Lines that may owe.
    contract: frozenset[str] = frozenset()
    pots: dict[Pot, int] = field(default_factory=dict)


async def store_usage(session: AsyncSession, ids: Ids, records: Sequence[Record]) -> int:
    """Store these records; how many of them were new."""
    new = 0
    waiting = iter(records)
    while batch := list(islice(waiting, ingest.BATCH)):
        stored = await ingest.store(session, [_row(ids, record) for record in batch])
        new += stored.created
    return new


async def post_moves(session: AsyncSession, ids: Ids, moves: Sequence[Move]) -> int:
    """Post these moves in their order; how many had not been posted before."""
    await _open_pots(session, ids, (pot for move in moves for pot, _ in move.amounts))
    system: dict[tuple[SystemAccount, Unit], int] = {}
    new = 0
    waiting = iter(moves)
    while batch := list(islice(waiting, OPERATIONS_AT_ONCE)):
        postings = [Posting(move.key, move.kind, move.at, await _legs(session, ids, move, system)) for move in batch]
        # The operator's own acts: a fee may leave a debt.
        posted = await post_many(session, postings, respect_floors=False)
        new += sum(operation.is_new for operation in posted)
    for move in moves:
        if move.kind is OperationKind.BONUS_ACCRUAL:
            for pot, _ in move.amounts:
                await note_credited(session, ids.pots[pot], Month.parse(str(move.why["period"])))
    return new


async def _open_pots(session: AsyncSession, ids: Ids, pots: Iterable[Pot]) -> None:
    for pot in dict.fromkeys(pots):
        if pot not in ids.pots:
            may_owe = pot.holder in ids.contract and pot.unit is Unit.UAH
            account = await account_for(
                session,
                line_id=ids.lines.get(pot.holder),
                internet_account_id=ids.accounts.get(pot.holder),
                unit=pot.unit,
                floor=None if may_owe else Money.ZERO,
            )
            assert account.id is not None
            ids.pots[pot] = account.id


async def _legs(
    session: AsyncSession, ids: Ids, move: Move, system: dict[tuple[SystemAccount, Unit], int]
) -> Sequence[Leg]:
    legs = [Leg(ids.pots[pot], amount, move.why) for pot, amount in move.amounts]
    for unit in Unit:
        rest = Money(sum(amount.kopiykas for pot, amount in move.amounts if pot.unit is unit))
        if rest:
            assert move.against is not None, f"{move.key} does not sum to zero"
            legs.append(Leg(await _system(session, system, move.against, unit), -rest, move.why))
    return legs


async def _system(
    session: AsyncSession, known: dict[tuple[SystemAccount, Unit], int], account: SystemAccount, unit: Unit
) -> int:
    if (account, unit) not in known:
        opened = await system_account(session, account, unit)
        assert opened.id is not None
        known[account, unit] = opened.id
    return known[account, unit]


def _row(ids: Ids, record: Record) -> NewRecord:
    return {
        "line_id": ids.lines[record.number],
        "started_at": record.at,
        "ref": record.ref,
        "category": record.category,
        "quantity": record.quantity,
        "other_party": record.party,
        "cost": record.cost,
        "rule": record.rule,
    }
