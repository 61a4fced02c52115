"""What a person has among their own; every question starts from who asks, so nobody else's can be found."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line, LineState, Owner, OwnerKind
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn

HOLDINGS_MAX = 100
SUGGESTIONS_MAX = 20
# Databases bound how many values one statement may carry.
IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line among somebody's own."""

    holding: Holding
    line: Line

    @property
    def key(self) -> HoldingKey:
        return HoldingKey(HoldingKind.LINE, self.line.id or 0)


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """An internet account among somebody's own."""

    holding: Holding
    account: InternetAccount

    @property
    def key(self) -> HoldingKey:
        return HoldingKey(HoldingKind.INTERNET, self.account.id or 0)


Held = HeldLine | HeldAccount


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line or account that seems to be the same person's; its number stays masked until it is proved (B1)."""

    key: HoldingKey
    masked: str


async def holdings(session: AsyncSession, actor: Actor) -> Sequence[Held]:
    """Everything the actor has, in the actor's own order (B2); at most HOLDINGS_MAX."""
    rows = await session.exec(
        select(Holding, Line, InternetAccount)
        .outerjoin(Line, col(Line.id) == col(Holding.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(Holding.internet_account_id))
        .where(Holding.profile_id == actor.profile_id)
        .order_by(col(Holding.position), col(Holding.id))
        .limit(HOLDINGS_MAX)
    )
    return [
        HeldLine(holding, line) if line is not None else HeldAccount(holding, account)
        for holding, line, account in rows
    ]


async def held_line(session: AsyncSession, actor: Actor, line_id: int) -> HeldLine:
    """The line, if the actor has it. Raises NotFound, for a stranger's line too."""
    rows = await session.exec(
        select(Holding, Line)
        .join(Line, col(Line.id) == col(Holding.line_id))
        .where(Holding.profile_id == actor.profile_id, Holding.line_id == line_id)
    )
    if (found := rows.first()) is None:
        raise NotFound
    return HeldLine(*found)


async def held_account(session: AsyncSession, actor: Actor, account_id: int) -> HeldAccount:
    """The internet account, if the actor has it. Raises NotFound, for a stranger's account too."""
    rows = await session.exec(
        select(Holding, InternetAccount)
        .join(InternetAccount, col(InternetAccount.id) == col(Holding.internet_account_id))
        .where(Holding.profile_id == actor.profile_id, Holding.internet_account_id == account_id)
    )
    if (found := rows.first()) is None:
        raise NotFound
    return HeldAccount(*found)


async def held(session: AsyncSession, actor: Actor, key: HoldingKey) -> Held:
    """The line or internet account of this key, if the actor has it. Raises NotFound."""
    if key.kind is HoldingKind.LINE:
        return await held_line(session, actor, key.id)
    return await held_account(session, actor, key.id)


async def own_phones(session: AsyncSession, profile_id: int) -> Sequence[Msisdn]:
    """Where codes for this profile may go: the lines it owns, in its order, then its accounts' contract phones.

    A blocked line gets no SMS (G1), so it is named only where there is nothing else.
    """
    rows = await session.exec(
        select(col(Line.msisdn), col(Line.state), col(InternetAccount.contract_phone))
        .select_from(Holding)
        .outerjoin(Line, col(Line.id) == col(Holding.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(Holding.internet_account_id))
        .where(Holding.profile_id == profile_id, Holding.role == HoldingRole.OWNER)
        .order_by(col(Holding.position), col(Holding.id))
        .limit(HOLDINGS_MAX)
    )
    found = rows.all()
    lines = [msisdn for msisdn, state, _ in found if msisdn is not None and state is LineState.ACTIVE]
    blocked = [msisdn for msisdn, state, _ in found if msisdn is not None and state is LineState.BLOCKED]
    contracts = [phone for _, _, phone in found if phone is not None and phone not in blocked]
    return list(dict.fromkeys([*lines, *contracts])) or blocked


async def holders(session: AsyncSession, *, line_ids: Sequence[int], internet_account_ids: Sequence[int]) -> set[int]:
    """The profiles that have any of these lines or accounts among their own; for telling their open screens (C5)."""
    found: set[int] = set()
    for column, ids in ((Holding.line_id, line_ids), (Holding.internet_account_id, internet_account_ids)):
        for start in range(0, len(ids), IDS_AT_ONCE):
            found.update(
                await session.exec(select(Holding.profile_id).where(col(column).in_(ids[start : start + IDS_AT_ONCE])))
            )
    return found


async def also_yours(session: AsyncSession, actor: Actor) -> Sequence[Suggestion]:
    """Lines and accounts that the actor could add by their own code (B1): the same person's by the operator's books.

    A company's contract suggests nothing: its other lines are its employees'.
    """
    mine = await holdings(session, actor)
    owned = [held for held in mine if held.holding.role is HoldingRole.OWNER]
    owners = await _people(session, {owner for held in owned if (owner := _owner_of(held)) is not None})
    phones = [held.line.msisdn for held in owned if isinstance(held, HeldLine)]
    has = {held.key for held in mine}
    lines = await session.exec(
        select(Line)
        .where(
            col(Line.owner_id).in_(owners),
            col(Line.state) != LineState.INACTIVE,
            col(Line.id).not_in([key.id for key in has if key.kind is HoldingKind.LINE]),
        )
        .order_by(col(Line.id))
        .limit(SUGGESTIONS_MAX)
    )
    accounts = await session.exec(
        select(InternetAccount)
        .where(
            or_(col(InternetAccount.owner_id).in_(owners), col(InternetAccount.contract_phone).in_(phones)),
            col(InternetAccount.id).not_in([key.id for key in has if key.kind is HoldingKind.INTERNET]),
        )
        .order_by(col(InternetAccount.id))
        .limit(SUGGESTIONS_MAX)
    )
    found = [Suggestion(HoldingKey(HoldingKind.LINE, line.id or 0), line.msisdn.masked) for line in lines]
    found += [Suggestion(HoldingKey(HoldingKind.INTERNET, a.id or 0), masked_account(a.number)) for a in accounts]
    return found[:SUGGESTIONS_MAX]


def masked_account(number: str) -> str:
    """An internet account number for people who have not proved that it is theirs: 00•••••622."""
    return f"{number[:2]}{'•' * (len(number) - 5)}{number[-3:]}"


def _owner_of(held: Held) -> int | None:
    return held.line.owner_id if isinstance(held, HeldLine) else held.account.owner_id


async def _people(session: AsyncSession, owner_ids: set[int]) -> Sequence[int]:
    rows = await session.exec(
        select(col(Owner.id)).where(col(Owner.id).in_(sorted(owner_ids)), Owner.kind == OwnerKind.INDIVIDUAL)
    )
    return [owner_id for owner_id in rows if owner_id is not None]
