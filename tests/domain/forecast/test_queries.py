"""The plan, read from the database: everything of one's own number, nothing of anybody else's."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, AutoTopUpRun, RuleKind, RuleState, RunState
from mykyivstar.domain.catalogue.models import FeePeriod, Service, ServiceConnection, Tariff, TariffKind
from mykyivstar.domain.forecast.outlook import forecast
from mykyivstar.domain.forecast.plan import Debt, StepKind
from mykyivstar.domain.forecast.queries import Prospect, prospect
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, LineState
from mykyivstar.domain.payments.models import SavedCard
from mykyivstar.domain.promises.models import Promise
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_account, make_line, make_person, put_money

DECEMBER = kyiv_midnight(date(2026, 12, 1))
START = datetime(2026, 1, 1, tzinfo=UTC)
LINE, INTERNET = HoldingKey(HoldingKind.LINE, 1), HoldingKey(HoldingKind.INTERNET, 1)


async def make_tariff(session: AsyncSession, **fields: Any) -> Tariff:
    fields = {"code": "wide", "kind": TariffKind.MOBILE, "name": {"uk": "Широкий"}, "fee": Money.uah(150)} | fields
    tariff = Tariff(**fields)
    session.add(tariff)
    await session.flush()
    return tariff


async def make_service(session: AsyncSession, code: str, fee: int, **fields: Any) -> Service:
    service = Service(code=code, name={"uk": code}, fee=Money.uah(fee), **fields)
    session.add(service)
    await session.flush()
    return service


async def connect(session: AsyncSession, service: Service, line: Line, **fields: Any) -> None:
    session.add(ServiceConnection(service_id=service.id or 0, line_id=line.id, connected_at=START, **fields))


async def make_rule(session: AsyncSession, actor: Actor, key: str, **fields: Any) -> AutoTopUpRule:
    removed = fields.pop("removed_at", None)
    card = SavedCard(
        profile_id=actor.profile_id,
        acquirer="embedded",
        token=f"t-{key}",
        mask="4242",
        saved_at=START,
        removed_at=removed,
    )
    session.add(card)
    await session.flush()
    fields = {"line_id": 1, "kind": RuleKind.MONTHLY, "amount": Money.uah(100), "day": 15} | fields
    rule = AutoTopUpRule(
        key=key, profile_id=actor.profile_id, saved_card_id=card.id or 0, made_at=START, active_since=START, **fields
    )
    session.add(rule)
    await session.flush()
    return rule


async def read(database: Database, actor: Actor, key: HoldingKey, clock: FixedClock) -> Prospect:
    async with database.reading() as session:
        return await prospect(session, actor, key, at=clock.now())


@pytest.fixture
async def olena(database: Database) -> Actor:
    """line:1 with 200 hryvnias and a monthly tariff of 150."""
    async with database.unit_of_work() as session:
        actor, tariff = await make_person(session), await make_tariff(session)
        line = await make_line(session, tariff_id=tariff.id, next_charge_at=DECEMBER)
        await hold(session, actor, line)
        await put_money(session, line, Money.uah(200))
    return actor


async def test_a_line_with_its_tariff_services_promise_and_rules(database: Database, clock: FixedClock, olena: Actor):
    async with database.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        await connect(session, await make_service(session, "music", 40), line, next_charge_at=DECEMBER)
        await connect(session, await make_service(session, "gone", 30), line, next_charge_at=DECEMBER, ended_at=START)
        await connect(session, await make_service(session, "free", 0), line, next_charge_at=DECEMBER)
        await connect(session, await make_service(session, "spent", 9, is_open=False), line)
        await make_service(session, "closed", 9, is_open=False)
        await make_service(session, "ip", 50, for_internet=True)
        payment = await make_payment(session, share(line, Money.uah(50)), key="promise-1", at=START)
        due = kyiv_midnight(date(2026, 11, 28))
        session.add(
            Promise(
                payment_id=payment.id or 0,
                profile_id=olena.profile_id,
                line_id=1,
                month="2026-11",
                amount=Money.uah(50),
                price=Money.uah(5),
                taken=Money.uah(10),
                given_at=START,
                due_at=due,
            )
        )
        await make_rule(session, olena, "monthly")
        await make_rule(session, olena, "low", kind=RuleKind.BELOW, below=Money.uah(20), day=None)
        await make_rule(session, olena, "paused", state=RuleState.PAUSED)
        await make_rule(session, olena, "no-card", removed_at=START)
    found = await read(database, olena, LINE, clock)
    assert (found.plan.balance, found.plan.debt) == (Money.uah(200), Debt(Money.uah(45), due))
    assert [(fee.kind, fee.code, fee.amount, fee.period) for fee in found.plan.fees] == [
        (StepKind.TARIFF, "", Money.uah(150), FeePeriod.MONTH),
        (StepKind.SERVICE, "music", Money.uah(40), FeePeriod.MONTH),
    ]
    assert [fee.code for fee in found.services] == ["music"]
    assert [fee.code for fee in found.addable] == ["gone"]
    assert [each.at for each in found.plan.top_ups] == [
        datetime(2026, 12, 15, 8, tzinfo=UTC),
        datetime(2027, 1, 15, 8, tzinfo=UTC),
    ]
    assert found.waiting == [(Money.uah(20), Money.uah(100))]


async def test_what_a_rule_has_done_already_does_not_come_again(database: Database, clock: FixedClock, olena: Actor):
    async with database.unit_of_work() as session:
        rule = await make_rule(session, olena, "last-day", day=31)
        for occasion, state in (("2026-11", RunState.DONE), ("2026-12", RunState.CANCELLED)):
            due = kyiv_midnight(date(2026, 11, 20))
            session.add(
                AutoTopUpRun(
                    rule_id=rule.id or 0,
                    occasion=occasion,
                    amount=Money.uah(100),
                    month="2026-11",
                    due_at=due,
                    state=state,
                    state_at=due,
                )
            )
    found = await read(database, olena, LINE, clock)
    assert [each.at for each in found.plan.top_ups] == [datetime(2026, 12, 31, 8, tzinfo=UTC)]


async def test_what_others_mean_to_pay_is_theirs_to_know(database: Database, clock: FixedClock, olena: Actor):
    async with database.unit_of_work() as session:
        await make_rule(session, await make_person(session, "mother"), "kind")
    assert (await read(database, olena, LINE, clock)).plan.top_ups == []


@pytest.mark.parametrize("role", HoldingRole)
async def test_every_role_sees_the_charges(database: Database, clock: FixedClock, olena: Actor, role: HoldingRole):
    async with database.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, await session.get_one(Line, 1), role=role)
    assert (await read(database, other, LINE, clock)).plan == (await read(database, olena, LINE, clock)).plan


@pytest.mark.parametrize("key", [LINE, INTERNET, HoldingKey(HoldingKind.LINE, 10**17)])
async def test_strangers_find_nothing(database: Database, clock: FixedClock, olena: Actor, key: HoldingKey):
    async with database.unit_of_work() as session:
        await hold(session, olena, await make_account(session))
        stranger = await make_person(session, "stranger")
    with pytest.raises(NotFound):
        await read(database, stranger, key, clock)


async def test_home_internet_has_its_threshold_and_rests_on_holiday(
    database: Database, clock: FixedClock, olena: Actor
):
    until = kyiv_midnight(date(2026, 12, 24))
    async with database.unit_of_work() as session:
        tariff = await make_tariff(session, code="home", kind=TariffKind.INTERNET, fee=Money.uah(250))
        about: dict[str, Any] = {"tariff_id": tariff.id, "next_charge_at": DECEMBER}
        account = await make_account(session, disconnect_threshold=Money.uah(-50), **about)
        resting = await make_account(
            session, "0004477623", state=InternetState.SUSPENDED, suspended_until=until, **about
        )
        for each in (account, resting):
            await hold(session, olena, each)
            await put_money(session, each, Money.uah(-60))
    plan = (await read(database, olena, INTERNET, clock)).plan
    assert (plan.floor, plan.stops_below_floor, plan.balance) == (Money.uah(-50), True, Money.uah(-60))
    assert (forecast(plan, clock.now()).shortfall or pytest.fail("it is below")).pay_by is None
    holiday = (await read(database, olena, HoldingKey(HoldingKind.INTERNET, 2), clock)).plan
    assert [step.at for step in forecast(holiday, clock.now()).steps] == [kyiv_midnight(date(2027, 1, 1))]


async def test_a_contract_pays_afterwards_and_an_ended_line_pays_nothing(
    database: Database, clock: FixedClock, olena: Actor
):
    async with database.unit_of_work() as session:
        about: dict[str, Any] = {"tariff_id": 1, "next_charge_at": DECEMBER}
        await hold(session, olena, await make_line(session, "380671000002", payment=Billing.CONTRACT, **about))
        await hold(session, olena, await make_line(session, "380671000003", state=LineState.INACTIVE, **about))
    contract = (await read(database, olena, HoldingKey(HoldingKind.LINE, 2), clock)).plan
    assert (contract.pays_afterwards, contract.balance) == (True, None)
    ended = (await read(database, olena, HoldingKey(HoldingKind.LINE, 3), clock)).plan
    assert forecast(ended, clock.now()).steps == ()


async def test_three_statements_whatever_there_is(database: Database, clock: FixedClock, olena: Actor):
    async with database.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        for number in range(20):
            service = await make_service(session, f"s{number}", 1, fee_period=FeePeriod.DAY)
            await connect(session, service, line, next_charge_at=DECEMBER - timedelta(days=number))
            await make_rule(session, olena, f"rule-{number}", day=number + 1)
    asked: list[str] = []

    def note(*args: Any) -> None:
        if args[2].lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(args[2])

    async with database.reading() as session:
        engine = (await session.connection()).engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        found = await prospect(session, olena, LINE, at=clock.now())
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 3
    assert len(found.services) == 20
