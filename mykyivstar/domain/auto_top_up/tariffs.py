"""What the tariff of a line or internet account costs, and when it is taken next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.auto_top_up.errors import NoTariffFee, TariffOnlyOfOwn
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.lines.queries import held
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class TariffCharge:
    """The next time the tariff's fee is taken."""

    at: datetime
    fee: Money


async def own_tariff_fee(session: AsyncSession, actor: Actor, target: HoldingKey, at: datetime) -> Money:
    """What the tariff of one of the actor's own costs. Raises TariffOnlyOfOwn, NoTariffFee."""
    try:
        await held(session, actor, target)
    except NotFound:
        raise TariffOnlyOfOwn from None
    charge = (await tariff_charges(session, [target])).get(target)
    if charge is None or charge.at <= at:
        raise NoTariffFee
    return charge.fee


async def tariff_charges(session: AsyncSession, keys: Iterable[HoldingKey]) -> Mapping[HoldingKey, TariffCharge]:
    """The next charge of each of these that has one."""
    asked = list(keys)
    found: dict[HoldingKey, TariffCharge] = {}
    for kind, model in ((HoldingKind.LINE, Line), (HoldingKind.INTERNET, InternetAccount)):
        ids = [key.id for key in asked if key.kind is kind]
        if not ids:
            continue
        rows = await session.exec(
            select(col(model.id), col(model.next_charge_at), col(Tariff.fee))
            .join(Tariff, col(Tariff.id) == col(model.tariff_id))
            .where(col(model.id).in_(ids), col(model.next_charge_at).is_not(None), col(Tariff.fee) > Money.ZERO)
        )
        found |= {
            HoldingKey(kind, ident): TariffCharge(charge_at, fee)
            for ident, charge_at, fee in rows
            if ident is not None and charge_at is not None
        }
    return found
