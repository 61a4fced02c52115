"""Where the demo's lines and accounts stand in the database, whatever somebody did to them meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.demo import cast
from mykyivstar.demo.bonus_lots import lots_of
from mykyivstar.demo.line_story import LineState, Subscription
from mykyivstar.demo.rating import SlowingMeter
from mykyivstar.domain.catalogue.models import Service, ServiceConnection, Tariff
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.models import Allowance, UsageRecord
from mykyivstar.domain.usage.rating import Bucket
from mykyivstar.kit.msisdn import Msisdn


@dataclass(frozen=True, slots=True)
class Standing:
    """The demo's rows that are there, by number, and until when each line has lived."""

    lines: Mapping[str, Line]
    accounts: Mapping[str, InternetAccount]
    tariffs: Mapping[int, Tariff]
    lived_until: Mapping[int, datetime]

    @property
    def since(self) -> datetime | None:
        """Until when the world as a whole has lived; None when nobody ever did anything."""
        return max(self.lived_until.values(), default=None)


async def standing(session: AsyncSession) -> Standing:
    """Find what is there of the demo; lines that were removed or have no tariff of ours take no part."""
    numbers = [Msisdn(part.number) for part in cast.lines()]
    accounts = [part.number for part in cast.accounts()]
    lines = (await session.exec(select(Line).where(col(Line.msisdn).in_(numbers)))).all()
    held = (await session.exec(select(InternetAccount).where(col(InternetAccount.number).in_(accounts)))).all()
    tariffs = (await session.exec(select(Tariff))).all()
    lived = await session.exec(
        select(col(UsageRecord.line_id), func.max(col(UsageRecord.started_at)))
        .where(col(UsageRecord.line_id).in_([line.id for line in lines]))
        .group_by(col(UsageRecord.line_id))
    )
    return Standing(
        lines={str(line.msisdn): line for line in lines if line.tariff_id},
        accounts={account.number: account for account in held if account.tariff_id},
        tariffs={tariff.id: tariff for tariff in tariffs if tariff.id is not None},
        lived_until=dict(lived.all()),
    )


async def line_state(session: AsyncSession, line: Line, tariff: Tariff) -> LineState:
    """The line's packages, services and bonuses as they are now."""
    assert line.id is not None
    meter = SlowingMeter(tariff.code, tariff.prices, await buckets(session, line.id))
    subscriptions = await subscriptions_of(session, line_id=line.id)
    return LineState(tariff, meter, line.next_charge_at, subscriptions, await lots_of(session, line.id))


async def buckets(session: AsyncSession, line_id: int) -> list[Bucket]:
    """The line's packages, the soonest to expire first."""
    rows = await session.exec(
        select(Allowance)
        .where(Allowance.line_id == line_id)
        .order_by(col(Allowance.expires_at), col(Allowance.kind), col(Allowance.source))
    )
    return [bucket_of(row) for row in rows]


def bucket_of(row: Allowance) -> Bucket:
    """The same as a stored allowance."""
    return Bucket(row.kind, row.source, row.granted, row.left, row.is_unlimited, row.expires_at)


def allowance_of(line_id: int, bucket: Bucket) -> Allowance:
    """A new row for a package."""
    return Allowance(
        line_id=line_id,
        kind=bucket.kind,
        source=bucket.source,
        granted=bucket.granted,
        left=bucket.left,
        is_unlimited=bucket.is_unlimited,
        expires_at=bucket.expires_at,
    )


async def keep_buckets(session: AsyncSession, line_id: int, kept: Iterable[Bucket]) -> None:
    """Write the line's packages anew."""
    await session.execute(delete(Allowance).where(col(Allowance.line_id) == line_id))
    session.add_all(allowance_of(line_id, bucket) for bucket in kept)


async def subscriptions_of(
    session: AsyncSession, *, line_id: int | None = None, internet_account_id: int | None = None
) -> list[Subscription]:
    """The services of a line or an internet account that are connected and will be charged again."""
    assert (line_id is None) != (internet_account_id is None)
    rows = await session.exec(
        select(ServiceConnection, Service)
        .join(Service, col(Service.id) == col(ServiceConnection.service_id))
        .where(
            col(ServiceConnection.line_id).is_not_distinct_from(line_id),
            col(ServiceConnection.internet_account_id).is_not_distinct_from(internet_account_id),
            col(ServiceConnection.ended_at).is_(None),
            col(ServiceConnection.next_charge_at).is_not(None),
        )
        .order_by(col(ServiceConnection.id))
    )
    return [Subscription(service, row.connected_at, row.next_charge_at, connection_id=row.id) for row, service in rows]


async def keep_subscriptions(session: AsyncSession, subscriptions: Sequence[Subscription]) -> None:
    """Write when each service is charged next."""
    for subscription in subscriptions:
        row = await session.get(ServiceConnection, subscription.connection_id)
        if row is not None:
            row.next_charge_at = subscription.next_charge_at
