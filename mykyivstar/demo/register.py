"""The operator's register of the demo: catalogue, stores, owners, lines, accounts. Existing rows stay as they are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.demo import catalogue, internet, stores
from mykyivstar.demo.cast import Part
from mykyivstar.demo.posting import Ids
from mykyivstar.demo.standing import allowance_of
from mykyivstar.demo.world import RECEIVING_FOR, AccountChapter, LineChapter, World
from mykyivstar.domain.catalogue.models import Announcement, Service, ServiceConnection, Tariff
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.lines.models import Billing, Line, Owner
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.usage.models import Allowance
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

ROWS_AT_ONCE = 200


async def add(session: AsyncSession, model: type[SQLModel], rows: Sequence[SQLModel], key: str) -> dict[str, int]:
    """Insert the rows whose key is not there yet; the ids of all of them by their key."""
    table = table_of(model)
    inserting = insert_into(session, model).on_conflict_do_nothing(index_elements=[key])
    found: dict[str, int] = {}
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        await session.execute(inserting, [values_of(row) for row in part])
        wanted = select(table.c.id, table.c[key]).where(table.c[key].in_([getattr(row, key) for row in part]))
        found |= {str(value): row_id for row_id, value in await session.execute(wanted)}
    return found


def values_of(row: SQLModel) -> dict[str, Any]:
    """A new row's values; `model_dump` would take our value types apart."""
    return {column.name: getattr(row, column.name) for column in table_of(type(row)).columns if column.name != "id"}


async def add_catalogue(session: AsyncSession, today: date, seed: int) -> None:
    """Tariffs, services, stores, and the announcements, which run on this day whenever they were made."""
    await add(session, Tariff, catalogue.tariffs(), "code")
    await add(session, Service, catalogue.services(), "code")
    await add(session, Store, stores.stores(seed), "code")
    table = table_of(Announcement)
    for announcement in catalogue.announcements(today):
        dates = {"starts_at": announcement.starts_at, "ends_at": announcement.ends_at}
        inserting = insert_into(session, Announcement).values(values_of(announcement))
        await session.execute(inserting.on_conflict_do_update(index_elements=[table.c.code], set_=dates))


async def add_holders(session: AsyncSession, cast: Sequence[Part], world: World, at: datetime) -> Ids:
    """Owners, lines, internet accounts, what is connected to them and what is left of their packages."""
    owners = await add(session, Owner, [_owner(part) for part in cast], "ref")
    tariffs = await _ids_by_code(session, Tariff)
    owner_of = {number: owners[part.owner_ref] for part in cast for number in part.numbers}
    lines = [_line(chapter, owner_of, tariffs) for chapter in world.lines]
    accounts = [_account(chapter, owner_of, tariffs) for chapter in world.accounts]
    ids = Ids(
        lines=await add(session, Line, lines, "msisdn"),
        accounts=await add(session, InternetAccount, accounts, "number"),
        contract=frozenset(str(line.msisdn) for line in lines if line.payment is Billing.CONTRACT),
    )
    services = await _ids_by_code(session, Service)
    session.add_all(_connections(world, ids, services))
    session.add_all(_allowances(world, ids, at))
    session.add_all(internet.periods(world.accounts, ids.accounts, at))
    await session.flush()
    return ids


async def _ids_by_code(session: AsyncSession, model: type[Tariff] | type[Service]) -> Mapping[str, int]:
    rows = await session.exec(select(col(model.code), col(model.id)))
    return {code: row_id for code, row_id in rows if row_id is not None}


def _owner(part: Part) -> Owner:
    return Owner(ref=part.owner_ref, name=part.owner_name, kind=part.owner_kind)


def _line(chapter: LineChapter, owners: Mapping[str, int], tariffs: Mapping[str, int]) -> Line:
    part, valid_until = chapter.part, chapter.valid_until
    return Line(
        msisdn=Msisdn(part.number),
        owner_id=owners[part.number],
        brand=part.brand,
        payment=part.payment,
        tariff_id=tariffs[part.tariff],
        activated_at=chapter.activated_at,
        next_charge_at=chapter.state.next_charge_at,
        valid_until=valid_until,
        receiving_until=valid_until + RECEIVING_FOR if valid_until else None,
    )


def _account(chapter: AccountChapter, owners: Mapping[str, int], tariffs: Mapping[str, int]) -> InternetAccount:
    part = chapter.part
    return InternetAccount(
        number=part.number,
        owner_id=owners[part.number],
        contract_phone=Msisdn(part.phone),
        address=part.address,
        state=InternetState.OFF_FOR_DEBT if part.off_for_debt else InternetState.ACTIVE,
        tariff_id=tariffs[part.tariff],
        disconnect_threshold=Money(part.threshold),
        next_charge_at=chapter.state.next_charge_at,
    )


def _connections(world: World, ids: Ids, services: Mapping[str, int]) -> Sequence[ServiceConnection]:
    of_lines = [(ids.lines[c.part.number], None, s) for c in world.lines for s in c.state.subscriptions]
    of_accounts = [(None, ids.accounts[c.part.number], s) for c in world.accounts for s in c.state.subscriptions]
    return [
        ServiceConnection(
            line_id=line_id,
            internet_account_id=account_id,
            service_id=services[subscription.service.code],
            connected_at=subscription.connected_at,
            next_charge_at=subscription.next_charge_at,
            ended_at=subscription.ended_at,
        )
        for line_id, account_id, subscription in [*of_lines, *of_accounts]
    ]


def _allowances(world: World, ids: Ids, at: datetime) -> Sequence[Allowance]:
    return [
        allowance_of(ids.lines[chapter.part.number], bucket)
        for chapter in world.lines
        for bucket in chapter.state.meter.alive(at)
    ]
