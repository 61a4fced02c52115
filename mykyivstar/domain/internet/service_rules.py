"""Which services an account has, which it could have, and what is in the way (H2, F2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.models import Service, ServiceConnection
from mykyivstar.domain.internet.errors import (
    AlreadyConnected,
    ServiceExcluded,
    ServiceIsNeeded,
    ServiceNeedsOthers,
)
from mykyivstar.kit.errors import CustomerError

SERVICES_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Connected:
    """A service that works; `until` is set when it is disconnected already and works to the end of what is paid."""

    service: Service
    connection: ServiceConnection

    @property
    def until(self) -> datetime | None:
        return self.connection.ended_at


async def connected(session: AsyncSession, account_id: int, *, at: datetime) -> Sequence[Connected]:
    """What works at this moment, in the order of the catalogue."""
    query = (
        select(Service, ServiceConnection)
        .join(ServiceConnection, col(ServiceConnection.service_id) == col(Service.id))
        .where(
            col(ServiceConnection.internet_account_id) == account_id,
            or_(col(ServiceConnection.ended_at).is_(None), col(ServiceConnection.ended_at) > at),
        )
        .order_by(col(Service.position), col(Service.id), col(ServiceConnection.id))
        .execution_options(populate_existing=True)
        .limit(SERVICES_MAX)
    )
    return [Connected(service, connection) for service, connection in (await session.exec(query)).all()]


async def offered(session: AsyncSession) -> Sequence[Service]:
    """Every open service of home internet, in the order of the catalogue."""
    query = select(Service).where(col(Service.for_internet), col(Service.is_open))
    return (await session.exec(query.order_by(col(Service.position), col(Service.id)).limit(SERVICES_MAX))).all()


def why_not_connect(service: Service, has: Sequence[Connected], names: Mapping[str, Any]) -> CustomerError | None:
    """What is in the way among services (F2); None: nothing. `names` are those of every service by code."""
    codes = {each.service.code for each in has}
    if any(each.service.code == service.code and each.until is None for each in has):
        return AlreadyConnected()
    lacking = [names.get(code, {"uk": code}) for code in service.needs if code not in codes]
    if lacking:
        return ServiceNeedsOthers(names=lacking)
    excluded = [each.service for each in has if each.service.code in service.excludes]
    excluded += [each.service for each in has if service.code in each.service.excludes]
    if excluded:
        return ServiceExcluded(names=[each.name for each in excluded])
    return None


def why_not_disconnect(service: Service, has: Sequence[Connected]) -> CustomerError | None:
    """Which others need it."""
    need = [each.service.name for each in has if service.code in each.service.needs and each.until is None]
    return ServiceIsNeeded(names=need) if need else None
