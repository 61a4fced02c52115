"""Another tariff of home internet from the next fee on; until then it can be cancelled (H2, N3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.consents.models import ConsentTo
from mykyivstar.domain.consents.recording import record_consent
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.errors import ChangeIsOrdered, NothingToCancel, TariffNotOffered
from mykyivstar.domain.internet.fees import fees_of
from mykyivstar.domain.internet.models import InternetAccount, OrderState, TariffChange
from mykyivstar.domain.internet.ordering import own_held, own_seen
from mykyivstar.domain.internet.states import Held
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it would be: the new tariff's fee is taken from `from_day` on, the old one until then."""

    code: str
    name: Mapping[str, str]
    fee: Money
    old_name: Mapping[str, str] | None
    old_fee: Money | None
    from_day: date
    # What the balance lacks for everything that is taken on that day; zero when it is enough.
    missing: Money
    at_once: bool


async def check(session: AsyncSession, actor: Actor, *, account_id: int, code: str, at: datetime) -> Change:
    """What the change would mean. Raises NotFound, OnlyTheOwner, TariffNotOffered, ChangeIsOrdered."""
    held = await own_seen(session, actor, account_id)
    return (await _allowed(session, held, code, at=at))[0]


async def order(
    session: AsyncSession, actor: Actor, *, key: str, account_id: int, code: str, language: str, at: datetime
) -> TariffChange:
    """Order the tariff of this code from the next fee on; the same `key` (of one form) does it once.

    An account that has no paid time before it changes at once. The consent is recorded (O4). Raises as `check`.
    """
    await take_turn(session, key)
    held, _ = await own_held(session, actor, account_id)
    known = (await session.exec(select(TariffChange).where(col(TariffChange.key) == key))).first()
    if known is not None:
        if known.profile_id != actor.profile_id:
            raise NotFound
        return known
    change, tariff = await _allowed(session, held, code, at=at)
    ordered = TariffChange(
        internet_account_id=account_id,
        profile_id=actor.profile_id,
        key=key,
        tariff_id=tariff.id or 0,
        from_day=change.from_day,
        asked_at=at,
    )
    session.add(ordered)
    await session.flush()
    shown = {"fee": change.fee.kopiykas, "from_day": change.from_day.isoformat(), "missing": change.missing.kopiykas}
    shown |= {"old_fee": change.old_fee.kopiykas if change.old_fee is not None else None, "language": language}
    of = HoldingKey(HoldingKind.INTERNET, account_id)
    record_consent(session, actor, key=key, of=of, to=ConsentTo.INTERNET_TARIFF, ref=code, shown=shown, at=at)
    if change.at_once:
        await apply_due(session, held.account, kyiv_date(at), at=at)
    changed(session, Subject(Topic.INTERNET, account_id))
    return ordered


async def cancel(session: AsyncSession, actor: Actor, change_id: int, *, at: datetime) -> None:
    """Give up a change whose day has not come. Raises NotFound, OnlyTheOwner, NothingToCancel."""
    change = await session.get(TariffChange, change_id)
    if change is None:
        raise NotFound
    await own_held(session, actor, change.internet_account_id)
    await session.refresh(change)
    if change.state is not OrderState.ORDERED:
        raise NothingToCancel
    change.state, change.done_at = OrderState.CANCELLED, at
    session.add(change)
    changed(session, Subject(Topic.INTERNET, change.internet_account_id))


async def apply_due(session: AsyncSession, account: InternetAccount, day: date, *, at: datetime) -> bool:
    """Give a held account the tariff that was ordered for this day or an earlier one; False: none was."""
    change = await ordered_change(session, account.id or 0)
    if change is None or change.from_day > day:
        return False
    account.tariff_id = change.tariff_id
    change.state, change.done_at = OrderState.DONE, at
    session.add_all([account, change])
    await session.flush()
    changed(session, Subject(Topic.INTERNET, account.id or 0))
    return True


async def ordered_change(session: AsyncSession, account_id: int) -> TariffChange | None:
    """The change that waits for its day."""
    mine = (col(TariffChange.internet_account_id) == account_id, col(TariffChange.state) == OrderState.ORDERED)
    return (await session.exec(select(TariffChange).where(*mine).execution_options(populate_existing=True))).first()


async def _allowed(session: AsyncSession, held: Held, code: str, *, at: datetime) -> tuple[Change, Tariff]:
    account = held.account
    tariff = (await session.exec(select(Tariff).where(col(Tariff.code) == code))).first()
    is_offered = tariff is not None and tariff.kind is TariffKind.INTERNET and tariff.is_open
    if tariff is None or not is_offered or tariff.id == account.tariff_id:
        raise TariffNotOffered
    if (waiting := await ordered_change(session, held.id)) is not None:
        raise ChangeIsOrdered(day=waiting.from_day)
    old = await session.get(Tariff, account.tariff_id) if account.tariff_id is not None else None
    paid_until = account.next_charge_at
    at_once = paid_until is None or paid_until <= at
    from_day = kyiv_date(at) if paid_until is None else max(kyiv_date(paid_until), kyiv_date(at))
    services = [fee for fee in await fees_of(session, account) if fee.connection is not None]
    due = [fee.price.fee for fee in services if kyiv_date(fee.paid_until) <= from_day]
    lacks = account.disconnect_threshold + sum(due, tariff.fee) - held.pot.balance
    change = Change(
        code=tariff.code,
        name=tariff.name,
        fee=tariff.fee,
        old_name=old.name if old is not None else None,
        old_fee=old.fee if old is not None else None,
        from_day=from_day,
        missing=max(lacks, Money.ZERO),
        at_once=at_once,
    )
    return change, tariff
