"""That the demo people agreed to their services, as everybody does who connects one here (O4)."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into
from mykyivstar.domain.catalogue.models import Service, ServiceConnection
from mykyivstar.domain.consents.models import ConsentTo, PaidConsent
from mykyivstar.domain.lines.models import Holding


async def add_consents(session: AsyncSession) -> None:
    """Keep a yes to every connected service of somebody's own, of the moment it was connected, with its fee."""
    is_theirs = (col(Holding.line_id) == col(ServiceConnection.line_id)) | (
        col(Holding.internet_account_id) == col(ServiceConnection.internet_account_id)
    )
    found = await session.exec(
        select(ServiceConnection, Service, Holding)
        .join(Service, col(Service.id) == col(ServiceConnection.service_id))
        .join(Holding, is_theirs)
        .order_by(col(ServiceConnection.id), col(Holding.id))
    )
    rows: dict[int, dict[str, Any]] = {}
    for connection, service, holding in found:
        rows.setdefault(connection.id or 0, _row(connection, service, holding))
    if rows:
        adding = insert_into(session, PaidConsent).on_conflict_do_nothing(index_elements=["key"])
        await (await session.connection()).execute(adding, list(rows.values()))


def _row(connection: ServiceConnection, service: Service, holding: Holding) -> dict[str, Any]:
    return {
        "profile_id": holding.profile_id,
        "line_id": connection.line_id,
        "internet_account_id": connection.internet_account_id,
        "key": f"demo:connection:{connection.id}",
        "to": ConsentTo.SERVICE,
        "ref": service.code,
        "shown": {"fee": service.fee.kopiykas, "period": service.fee_period.value, "language": "uk"},
        "at": connection.connected_at,
    }
