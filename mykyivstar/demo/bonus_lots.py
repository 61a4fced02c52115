"""The demo's transferred bonuses as rows that the domain knows: it spends them, and ends them after twenty days."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar.db.statements import insert_into
from mykyivstar.demo.line_story import Bonus
from mykyivstar.demo.moves import Move, Pot
from mykyivstar.demo.posting import Ids
from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money


async def lots_of(session: AsyncSession, line_id: int) -> list[Bonus]:
    """What a line has of them, the soonest to end first."""
    found = await session.exec(_arrived(line_id).order_by(col(BonusTransfer.expires_at), col(BonusTransfer.id)))
    return [Bonus(row.arrived_at, row.left) for row in found.all() if row.arrived_at is not None]


async def settle(session: AsyncSession, line_id: int, alive: Sequence[Bonus]) -> None:
    """Write what is left of those that live; the others have ended, and what was left of them is gone."""
    left = {bonus.at: bonus.left for bonus in alive}
    for row in (await session.exec(_arrived(line_id))).all():
        if row.arrived_at in left:
            row.left = left[row.arrived_at]
        else:
            row.state, row.lost, row.left, row.ended_at = BonusState.ENDED, row.left, Money.ZERO, row.expires_at
        session.add(row)


async def keep(session: AsyncSession, ids: Ids, moves: Sequence[Move], alive: Mapping[str, Sequence[Bonus]]) -> None:
    """Write the transfers of these moves; `alive` is what is left of them at each number."""
    given = [move for move in moves if move.why.get("rule") == "bonus_transfer"]
    lost = {
        (pot.holder, move.at): -amount
        for move in moves
        if move.why.get("rule") == "bonus_expired"
        for pot, amount in move.amounts
    }
    people = await _owners(session, ids)
    rows = [_row(ids, people, move, alive, lost) for move in given]
    if rows:
        adding = insert_into(session, BonusTransfer).on_conflict_do_nothing()
        await (await session.connection()).execute(adding, rows)


def _row(
    ids: Ids,
    people: Mapping[int, int],
    move: Move,
    alive: Mapping[str, Sequence[Bonus]],
    lost: Mapping[tuple[str, datetime], Money],
) -> dict[str, object]:
    (giver, _), (getter, amount) = move.amounts
    assert getter == Pot(getter.holder, Unit.BONUS), "bonuses go from an account to a line"
    arrived = Bonus(move.at, amount)
    kept = next((bonus for bonus in alive.get(getter.holder, ()) if bonus.at == move.at), None)
    account_id = ids.accounts[giver.holder]
    return {
        "key": move.key[:80],
        "profile_id": people[account_id],
        "internet_account_id": account_id,
        "line_id": ids.lines[getter.holder],
        "amount": amount,
        "left": kept.left if kept is not None else Money.ZERO,
        "state": BonusState.ARRIVED if kept is not None else BonusState.ENDED,
        "day": kyiv_date(move.at),
        "asked_at": move.at,
        "arrives_at": move.at,
        "arrived_at": move.at,
        "expires_at": arrived.expires_at,
        "ended_at": None if kept is not None else arrived.expires_at,
        "lost": lost.get((getter.holder, arrived.expires_at), Money.ZERO),
    }


async def _owners(session: AsyncSession, ids: Ids) -> Mapping[int, int]:
    """Whose profile gives an account's bonuses away."""
    query = select(Holding).where(
        col(Holding.internet_account_id).in_(ids.accounts.values()), Holding.role == HoldingRole.OWNER
    )
    held = (await session.exec(query.order_by(col(Holding.id).desc()))).all()
    return {each.internet_account_id: each.profile_id for each in held if each.internet_account_id is not None}


def _arrived(line_id: int) -> SelectOfScalar[BonusTransfer]:
    return select(BonusTransfer).where(BonusTransfer.line_id == line_id, BonusTransfer.state == BonusState.ARRIVED)
