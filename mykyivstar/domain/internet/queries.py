"""Everything the account page shows beside the overview, in few statements (H1, H2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.models import Service, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.fees import RunningFee, fees_of
from mykyivstar.domain.internet.history import periods
from mykyivstar.domain.internet.models import InternetAccount, InternetPeriod, OrderState, Suspension, TariffChange
from mykyivstar.domain.internet.service_rules import (
    Connected,
    connected,
    offered,
    why_not_connect,
    why_not_disconnect,
)
from mykyivstar.domain.internet.tariff_changes import ordered_change
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.lines.queries import held_account
from mykyivstar.kit.errors import CustomerError

TARIFFS_MAX = 50


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """One account of somebody's own."""

    account: InternetAccount
    role: HoldingRole
    tariff: Tariff | None
    # Every regular fee, the tariff's first.
    fees: Sequence[RunningFee]
    # What waits for its day.
    change: TariffChange | None
    change_to: Tariff | None
    suspensions: Sequence[Suspension]
    # The newest first; empty while nothing has ever changed.
    history: Sequence[InternetPeriod]


@dataclass(frozen=True, slots=True)
class ServiceOffer:
    """A service beside what the account has; `refusal` says what is in the way among services."""

    service: Service
    connected: Connected | None
    refusal: CustomerError | None


async def account_details(session: AsyncSession, actor: Actor, account_id: int) -> AccountDetails:
    """Of the actor's own, in every role. Raises NotFound."""
    held = await held_account(session, actor, account_id)
    account = held.account
    tariff = await session.get(Tariff, account.tariff_id) if account.tariff_id is not None else None
    change = await ordered_change(session, account_id)
    return AccountDetails(
        account=account,
        role=held.holding.role,
        tariff=tariff,
        fees=await fees_of(session, account),
        change=change,
        change_to=await session.get(Tariff, change.tariff_id) if change is not None else None,
        suspensions=await _suspensions(session, account_id),
        history=await periods(session, account_id),
    )


async def tariffs_on_offer(session: AsyncSession) -> Sequence[Tariff]:
    """Every tariff of home internet that can be ordered, as the catalogue has them."""
    query = select(Tariff).where(col(Tariff.kind) == TariffKind.INTERNET, col(Tariff.is_open))
    return (await session.exec(query.order_by(col(Tariff.position), col(Tariff.id)).limit(TARIFFS_MAX))).all()


async def service_offers(
    session: AsyncSession, actor: Actor, account_id: int, *, at: datetime
) -> Sequence[ServiceOffer]:
    """Every service that the account has or could have. Raises NotFound."""
    await held_account(session, actor, account_id)
    has = await connected(session, account_id, at=at)
    known = await offered(session)
    names: Mapping[str, Mapping[str, str]] = {service.code: service.name for service in known}
    held = {each.service.id: each for each in has}
    gone = [each.service for each in has if each.service.id not in {service.id for service in known}]
    offers = []
    for service in [*known, *gone]:
        mine = held.get(service.id)
        is_kept = mine is not None and mine.until is None
        refusal = why_not_disconnect(service, has) if is_kept else why_not_connect(service, has, names)
        offers.append(ServiceOffer(service, mine, refusal))
    return offers


async def _suspensions(session: AsyncSession, account_id: int) -> Sequence[Suspension]:
    """Those that last or are to come, in their order."""
    live = (OrderState.ORDERED, OrderState.RUNNING)
    query = select(Suspension).where(col(Suspension.internet_account_id) == account_id, col(Suspension.state).in_(live))
    return (await session.exec(query.order_by(col(Suspension.first_day)))).all()
