"""The whole picture, read from the database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Service, ServiceConnection, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.domain.lines.models import Billing, Brand, HoldingRole, Line, LineState
from mykyivstar.domain.overview.alerts import AlertKind
from mykyivstar.domain.overview.charges import NextCharge
from mykyivstar.domain.overview.gauges import Part as Package
from mykyivstar.domain.overview.models import InternetPart, LinePart
from mykyivstar.domain.overview.queries import overview
from mykyivstar.domain.overview.validity import Validity
from mykyivstar.domain.usage.models import Allowance, AllowanceKind, UsageCategory, UsageMonth
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.money import Money
from tests.factories.people import hold, make_account, make_line, make_person, put_money

FEE = Money.uah(275)
NAMES = {"uk": "Широкий", "en": "Wide", "ru": "Широкий"}
DECEMBER = kyiv_midnight(datetime(2026, 12, 1, tzinfo=UTC).date())


async def make_tariff(session: AsyncSession, code: str = "wide", fee: Money = FEE) -> Tariff:
    tariff = Tariff(code=code, kind=TariffKind.MOBILE, name=NAMES, fee=fee)
    session.add(tariff)
    await session.flush()
    return tariff


async def connect(session: AsyncSession, line: Line, *, fee: Money, **fields: object) -> None:
    service = Service(code=f"service-{fee.kopiykas}", name=NAMES, fee=fee)
    session.add(service)
    await session.flush()
    start = datetime(2026, 1, 1, tzinfo=UTC)
    session.add(ServiceConnection(service_id=service.id or 0, line_id=line.id, connected_at=start, **fields))


async def take(session: AsyncSession, line: Line, kind: OperationKind, amount: Money, at: datetime) -> None:
    account, fees = await account_for(session, line_id=line.id), await system_account(session, SystemAccount.FEES)
    legs = [Leg(account.id or 0, -amount), Leg(fees.id or 0, amount)]
    await post(session, key=f"{kind}:{at}:{amount}", kind=kind, at=at, legs=legs, respect_floors=False)


async def test_a_line_is_shown_with_everything_it_has(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, tariff = await make_person(session), await make_tariff(session)
        line = await make_line(
            session,
            brand=Brand.DJUICE,
            tariff_id=tariff.id,
            next_charge_at=DECEMBER,
            valid_until=DECEMBER + timedelta(days=200),
            receiving_until=DECEMBER + timedelta(days=291),
        )
        await hold(session, olena, line, nickname="Mine")
        await put_money(session, line, Money.uah(300, 7))
        await put_money(session, line, Money.uah(12), unit=Unit.BONUS)
        await connect(session, line, fee=Money.uah(15), next_charge_at=DECEMBER + timedelta(hours=3))
        session.add(
            Allowance(
                line_id=line.id, kind=AllowanceKind.DATA, source="wide", granted=100, left=15, expires_at=DECEMBER
            )
        )
        session.add(UsageMonth(line_id=line.id, month="2026-11", category=UsageCategory.SMS, cost=Money.uah(3, 50)))
        session.add(UsageMonth(line_id=line.id, month="2026-11", category=UsageCategory.DATA, cost=Money.uah(1)))
    async with database.reading() as session:
        (part,) = (await overview(session, olena, clock.now())).parts
    assert isinstance(part, LinePart)
    assert (part.nickname, part.number, part.brand, part.payment) == (
        "Mine",
        "380671000001",
        Brand.DJUICE,
        Billing.PREPAID,
    )
    assert (part.state, part.tariff) == (LineState.ACTIVE, NAMES)
    assert (part.balance, part.bonus, part.month_cost) == (Money.uah(300, 7), Money.uah(12), Money.uah(4, 50))
    assert part.charge == NextCharge(DECEMBER, Money.uah(290))
    (gauge,) = part.gauges
    assert gauge.parts == (Package(100, 15, False, DECEMBER),)
    assert part.validity == Validity(DECEMBER + timedelta(days=200), DECEMBER + timedelta(days=291))
    assert [alert.kind for alert in part.alerts] == [AlertKind.PACKAGE_NEARLY_USED]


async def test_an_internet_account_is_shown_with_what_must_be_paid_in(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        iryna, tariff = await make_person(session), await make_tariff(session, fee=Money.uah(250))
        account = await make_account(
            session,
            tariff_id=tariff.id,
            next_charge_at=DECEMBER,
            disconnect_threshold=Money.uah(-50),
            address="Poltava",
            state=InternetState.OFF_FOR_DEBT,
        )
        await hold(session, iryna, account)
        await put_money(session, account, Money.uah(-135))
    async with database.reading() as session:
        whole = await overview(session, iryna, clock.now())
    (part,) = whole.parts
    assert isinstance(part, InternetPart)
    assert (part.number, part.address, part.tariff) == ("0004477622", "Poltava", NAMES)
    assert (part.balance, part.bonus) == (Money.uah(-135), None)
    assert (part.standing.room, part.standing.missing_now) == (Money.uah(-85), Money.uah(85))
    assert part.standing.next_payment == Money.uah(335)
    assert [alert.kind for alert in part.alerts] == [AlertKind.INTERNET_OFF]
    assert whole.internet == [part]


async def test_a_line_of_which_nothing_is_known_shows_nothing_as_nought(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        await hold(session, olena, await make_line(session))
        await hold(session, olena, await make_account(session), position=1)
    async with database.reading() as session:
        for part in (await overview(session, olena, clock.now())).parts:
            unknown = (part.tariff, part.balance, part.bonus, part.charge, part.month_cost)
            assert unknown == (None, None, None, None, None)
            assert part.alerts == ()


async def test_a_tariff_that_is_missing_from_the_catalogue_leaves_the_amount_unknown(
    database: Database, clock: FixedClock
):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        line = await make_line(session, next_charge_at=DECEMBER)
        await hold(session, olena, line)
        await connect(session, line, fee=Money.uah(15), next_charge_at=DECEMBER)
    async with database.reading() as session:
        (part,) = (await overview(session, olena, clock.now())).parts
    assert part.charge == NextCharge(DECEMBER, None)


@pytest.mark.parametrize(("name", "shown"), [("Олена", "Олена"), ("", "olena")])
async def test_a_person_with_nothing_yet_is_called_by_name(
    database: Database, clock: FixedClock, name: str, shown: str
):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        (await session.get_one(Profile, olena.profile_id)).name = name
    async with database.reading() as session:
        whole = await overview(session, olena, clock.now())
    assert (whole.name, whole.parts) == (shown, ())


async def test_balances_are_those_of_the_books(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        for index, amount in enumerate([0, -1, 1, 99, -12345, 10**12]):
            line = await make_line(session, f"38067200000{index}")
            await hold(session, olena, line, position=index)
            await put_money(session, line, Money(amount))
    async with database.reading() as session:
        parts = (await overview(session, olena, clock.now())).parts
        books = await balances(session, line_ids=[part.key.id for part in parts])
    assert [part.balance for part in parts] == [books.lines[part.key.id].money for part in parts]
    assert [part.balance for part in parts] == [Money(k) for k in (0, -1, 1, 99, -12345, 10**12)]


async def test_nobody_sees_a_strangers_things(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, stranger = await make_person(session), await make_person(session, "stranger")
        line, other = await make_line(session), await make_line(session, "380671000002")
        await hold(session, olena, line)
        await hold(session, stranger, other)
        for each in (line, other):
            await put_money(session, each, Money.uah(50))
            session.add(UsageMonth(line_id=each.id, month="2026-11", category=UsageCategory.SMS, cost=Money.uah(1)))
    async with database.reading() as session:
        assert [p.key.id for p in (await overview(session, stranger, clock.now())).parts] == [other.id]
        assert (await overview(session, Actor(profile_id=999, session_id=1), clock.now())).parts == ()


async def test_who_only_pays_sees_the_money_and_not_the_use(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        friend, viewer = await make_person(session, "friend"), await make_person(session, "viewer")
        tariff = await make_tariff(session)
        line = await make_line(session, tariff_id=tariff.id, next_charge_at=DECEMBER)
        await hold(session, friend, line, role=HoldingRole.PAYER)
        await hold(session, viewer, line, role=HoldingRole.VIEWER)
        await put_money(session, line, Money.uah(5))
        session.add(UsageMonth(line_id=line.id, month="2026-11", category=UsageCategory.SMS, cost=Money.uah(1)))
        session.add(
            Allowance(line_id=line.id, kind=AllowanceKind.SMS, source="x", granted=10, left=0, expires_at=DECEMBER)
        )
    async with database.reading() as session:
        (paid,) = (await overview(session, friend, clock.now())).parts
        (seen,) = (await overview(session, viewer, clock.now())).parts
    assert isinstance(paid, LinePart)
    assert isinstance(seen, LinePart)
    assert (paid.balance, paid.charge, paid.month_cost, paid.gauges) == (Money.uah(5), seen.charge, None, ())
    assert [alert.kind for alert in paid.alerts] == [AlertKind.BALANCE_LOW]
    assert (seen.balance, seen.month_cost, len(seen.gauges)) == (Money.uah(5), Money.uah(1), 1)


@pytest.mark.parametrize(
    ("at", "cost"),
    [
        # Kyiv is two hours ahead in winter and three in summer: the month begins there, not in Greenwich.
        (datetime(2026, 10, 31, 21, 59, 59, tzinfo=UTC), Money.uah(1)),
        (datetime(2026, 10, 31, 22, 0, tzinfo=UTC), Money.uah(10)),
        (datetime(2026, 11, 30, 21, 59, 59, tzinfo=UTC), Money.uah(10)),
        (datetime(2026, 11, 30, 22, 0, tzinfo=UTC), Money.uah(100)),
    ],
)
async def test_the_months_cost_is_that_of_the_kyiv_month(database: Database, at: datetime, cost: Money):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
        fee = OperationKind.TARIFF_FEE
        await take(session, line, fee, Money.uah(1), datetime(2026, 10, 31, 21, 59, 59, tzinfo=UTC))
        await take(session, line, fee, Money.uah(4), datetime(2026, 10, 31, 22, 0, tzinfo=UTC))
        await take(session, line, OperationKind.SERVICE_FEE, Money.uah(6), datetime(2026, 11, 30, 21, 59, tzinfo=UTC))
        await take(session, line, fee, Money.uah(100), datetime(2026, 11, 30, 22, 0, tzinfo=UTC))
        await take(session, line, OperationKind.TRANSFER, Money.uah(777), datetime(2026, 11, 5, tzinfo=UTC))
    async with database.reading() as session:
        (part,) = (await overview(session, olena, at)).parts
    assert part.month_cost == cost


async def test_what_bonuses_paid_for_did_not_cost_money(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
        await put_money(session, line, Money.uah(12), unit=Unit.BONUS)
        session.add(UsageMonth(line_id=line.id, month="2026-11", category=UsageCategory.SMS, cost=Money.uah(7)))
        await session.flush()
        pot = await account_for(session, line_id=line.id, unit=Unit.BONUS)
        spent = await system_account(session, SystemAccount.USAGE, Unit.BONUS)
        why = {"category": UsageCategory.SMS.value}
        legs = [Leg(pot.id or 0, -Money.uah(3), why), Leg(spent.id or 0, Money.uah(3), why)]
        await post(session, key="used", kind=OperationKind.USAGE, at=clock.now(), legs=legs)
    async with database.reading() as session:
        (part,) = (await overview(session, olena, clock.now())).parts
    assert (part.month_cost, part.bonus) == (Money.uah(4), Money.uah(9))


async def test_a_month_of_free_use_cost_nought_and_is_said_to(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
        session.add(UsageMonth(line_id=line.id, month="2026-11", category=UsageCategory.SMS, cost=Money.ZERO))
    async with database.reading() as session:
        (part,) = (await overview(session, olena, clock.now())).parts
    assert part.month_cost == Money.ZERO


async def test_what_has_ended_is_not_shown(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
        await connect(session, line, fee=Money.uah(15), next_charge_at=DECEMBER, ended_at=clock.now())
        await connect(session, line, fee=Money.uah(16))
        session.add(
            Allowance(line_id=line.id, kind=AllowanceKind.SMS, source="x", granted=10, left=5, expires_at=clock.now())
        )
    async with database.reading() as session:
        (part,) = (await overview(session, olena, clock.now())).parts
    assert isinstance(part, LinePart)
    assert (part.charge, part.gauges) == (None, ())


async def test_what_was_looked_at_last_is_found_again(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        first, second, third = [await make_line(session, f"38067100000{n}") for n in (1, 2, 3)]
        await hold(session, olena, first, position=0)
        await hold(session, olena, second, position=1, chosen_at=clock.now())
        await hold(session, olena, third, position=2, chosen_at=clock.now() - timedelta(days=1))
        nobody = await make_person(session, "nobody")
    async with database.reading() as session:
        whole = await overview(session, olena, clock.now())
        empty = await overview(session, nobody, clock.now())
    assert whole.last_chosen is whole.part(f"line:{second.id}")
    assert (empty.last_chosen, empty.part("line:1"), whole.part("line:999"), whole.part("junk")) == (None,) * 4


@pytest.mark.parametrize("lines", [1, 30])
async def test_the_picture_is_read_in_two_statements_however_much_there_is(
    database: Database, clock: FixedClock, lines: int
):
    async with database.unit_of_work() as session:
        olena, tariff = await make_person(session), await make_tariff(session)
        for index in range(lines):
            line = await make_line(session, f"3806720000{index:02d}", tariff_id=tariff.id, next_charge_at=DECEMBER)
            await hold(session, olena, line, position=index)
    ran: list[str] = []
    async with database.reading() as session:
        await session.connection()
        event.listen(database.reader.sync_engine, "before_cursor_execute", lambda *call: ran.append(call[2]))
        assert len((await overview(session, olena, clock.now())).parts) == lines
    assert len([statement for statement in ran if statement.lstrip().startswith("SELECT")]) == 2
