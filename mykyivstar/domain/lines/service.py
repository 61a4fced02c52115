"""Lines and internet accounts among a person's own: attached by proof, named, coloured, ordered, removed (B1)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.errors import LastHolding, NicknameMalformed, TooManyHoldings
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Colour, Holding, HoldingRole, Line
from mykyivstar.domain.lines.queries import HOLDINGS_MAX, held
from mykyivstar.kit.errors import NotFound

NICKNAME_MAX = 40
_JOINER = "\u200d"  # holds the parts of one emoji together
# Control and format characters (a line that runs backwards), private use, halves of characters.
_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
_COLOURS = tuple(Colour)


_REMEMBERING = {
    kind: update(table_of(Holding))
    .where(col(Holding.profile_id) == bindparam("for_profile"), column == bindparam("for_id"))
    .values(chosen_at=bindparam("at"))
    for kind, column in (
        (HoldingKind.LINE, col(Holding.line_id)),
        (HoldingKind.INTERNET, col(Holding.internet_account_id)),
    )
}


@dataclass(frozen=True, slots=True)
class Attached:
    """What a proof has shown to be the profile's; `new` are those that it did not have before."""

    keys: Sequence[HoldingKey]
    new: Sequence[HoldingKey]


async def attach_proved(
    session: AsyncSession,
    *,
    profile_id: int,
    line_id: int | None = None,
    internet_account_id: int | None = None,
    at: datetime,
) -> Attached:
    """Make a line or internet account, whose code has just been given, the profile's own (A1, B1).

    A line that is the contract phone of internet accounts brings them along: their codes go to it. Repeating this
    attaches nothing twice. Whoever proves one they only paid for or viewed owns it from now on.
    Raises NotFound when it has gone from the register, TooManyHoldings.
    """
    keys = []
    if line_id is not None:
        line = await session.get(Line, line_id)
        if line is None:
            raise NotFound
        by_phone = select(col(InternetAccount.id)).where(InternetAccount.contract_phone == line.msisdn)
        accounts = await session.exec(by_phone.order_by(col(InternetAccount.id)).limit(HOLDINGS_MAX))
        keys.append(HoldingKey(HoldingKind.LINE, line_id))
        keys += [HoldingKey(HoldingKind.INTERNET, account_id) for account_id in accounts if account_id is not None]
    if internet_account_id is not None:
        if await session.get(InternetAccount, internet_account_id) is None:
            raise NotFound
        keys.append(HoldingKey(HoldingKind.INTERNET, internet_account_id))
    assert keys, "something was proved"
    return await _attach(session, profile_id, list(dict.fromkeys(keys)), at)


async def rename(session: AsyncSession, actor: Actor, key: HoldingKey, *, nickname: str) -> None:
    """Call one of the actor's own by a name, 1 to 40 characters; nothing typed: by its number again.

    Raises NotFound, NicknameMalformed.
    """
    name = checked_nickname(nickname) if nickname.strip() else ""
    (await held(session, actor, key)).holding.nickname = name
    _tell(session, actor.profile_id)


async def recolour(session: AsyncSession, actor: Actor, key: HoldingKey, *, colour: Colour) -> None:
    """Give one of the actor's own another colour. Raises NotFound."""
    (await held(session, actor, key)).holding.colour = colour
    _tell(session, actor.profile_id)


async def move(session: AsyncSession, actor: Actor, key: HoldingKey, *, by: int) -> None:
    """Move one of the actor's own so many places down (up when negative), as far as it goes. Raises NotFound."""
    ordered = await _own_locked(session, actor.profile_id)
    here = _place_of(ordered, key)
    ordered.insert(min(max(here + by, 0), len(ordered) - 1), ordered.pop(here))
    for position, holding in enumerate(ordered):
        holding.position = position
    _tell(session, actor.profile_id)


async def remove(session: AsyncSession, actor: Actor, key: HoldingKey) -> None:
    """Take one from the actor's own; the line itself goes on as before. Raises NotFound, LastHolding."""
    own = await _own_locked(session, actor.profile_id)
    here = _place_of(own, key)
    if len(own) == 1:
        raise LastHolding
    await session.delete(own[here])
    _tell(session, actor.profile_id)


async def remember_chosen(session: AsyncSession, chosen: Mapping[int, HoldingKey], *, at: datetime) -> None:
    """What each of these profiles looks at now, to be found again after a lost connection or tomorrow (B2).

    One that is no longer among the profile's own is passed over.
    """
    connection = await session.connection()
    for kind, remembering in _REMEMBERING.items():
        # In one order everywhere, so that two processes never wait for each other.
        rows = [
            {"for_profile": profile_id, "for_id": key.id, "at": at}
            for profile_id, key in sorted(chosen.items())
            if key.kind is kind
        ]
        if rows:
            await connection.execute(remembering, rows)


def checked_nickname(typed: str) -> str:
    """The name as it is kept: trimmed, single spaces, no invisible characters. Raises NicknameMalformed."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    kinds = [unicodedata.category(sign) for sign in name if sign != _JOINER]
    if len(name) > NICKNAME_MAX or any(kind in _INVISIBLE for kind in kinds) or not any(k[0] in "LNPS" for k in kinds):
        raise NicknameMalformed
    return name


async def _attach(session: AsyncSession, profile_id: int, keys: Sequence[HoldingKey], at: datetime) -> Attached:
    counted = select(func.count(col(Holding.id)), func.max(Holding.position)).where(Holding.profile_id == profile_id)
    count, last = (await session.exec(counted)).one()
    new: list[HoldingKey] = []
    for key in keys:
        row = {
            "profile_id": profile_id,
            **_column(key),
            "role": HoldingRole.OWNER,
            "nickname": "",
            "colour": _COLOURS[(count + len(new)) % len(_COLOURS)],
            "position": (-1 if last is None else last) + 1 + len(new),
            "proved_at": at,
        }
        adding = insert_into(session, Holding).values(**row).on_conflict_do_nothing()
        if (await session.exec(adding.returning(col(Holding.id)))).scalar_one_or_none() is not None:
            new.append(key)
        else:
            await session.exec(
                update(Holding)
                .where(col(Holding.profile_id) == profile_id, _is(key))
                .values(proved_at=at, role=HoldingRole.OWNER)
            )
    if new and count + len(new) > HOLDINGS_MAX:
        raise TooManyHoldings(most=HOLDINGS_MAX)
    _tell(session, profile_id)
    return Attached(keys, new)


def _column(key: HoldingKey) -> dict[str, int]:
    return {"line_id" if key.kind is HoldingKind.LINE else "internet_account_id": key.id}


def _is(key: HoldingKey) -> ColumnElement[bool]:
    return col(Holding.line_id if key.kind is HoldingKind.LINE else Holding.internet_account_id) == key.id


async def _own_locked(session: AsyncSession, profile_id: int) -> list[Holding]:
    """The profile's own in order, held until the transaction ends: two tabs cannot remove the last two."""
    query = select(Holding).where(Holding.profile_id == profile_id).order_by(col(Holding.position), col(Holding.id))
    return list((await session.exec(query.with_for_update())).all())


def _place_of(own: Sequence[Holding], key: HoldingKey) -> int:
    column = "line_id" if key.kind is HoldingKind.LINE else "internet_account_id"
    for place, holding in enumerate(own):
        if getattr(holding, column) == key.id:
            return place
    raise NotFound


def _tell(session: AsyncSession, profile_id: int) -> None:
    changed(session, Subject(Topic.PROFILE, profile_id))
