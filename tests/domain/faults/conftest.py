"""A home in Kyiv whose internet may fail, and an operator who writes files about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import FeePeriod, Tariff, TariffKind
from mykyivstar.domain.faults import requests, visits
from mykyivstar.domain.faults.models import FaultRequest, FaultStep, Outage, OutageKind, OutagePlace, Symptom
from mykyivstar.domain.faults.places import city_key, street_key
from mykyivstar.domain.faults.requests import Asked
from mykyivstar.domain.faults.terms import VisitTerms
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import hold, make_account, make_line, make_person, put_money

ADDRESS = "м. Київ, вул. Лесі Українки, 14, кв. 27"
# Monday at noon in Kyiv is the first window after the fixed Sunday.
MONDAY_NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
TERMS = VisitTerms()


@dataclass
class Home:
    """Somebody who owns a home internet account."""

    database: Database
    clock: FixedClock
    actor: Actor
    account: InternetAccount

    @property
    def id(self) -> int:
        return self.account.id or 0

    async def ask(self, key: str = "form-1", **other: Any) -> FaultRequest:
        said: dict[str, Any] = {"symptom": Symptom.NO_INTERNET, "words": "Не світиться лампочка"}
        said |= {"contact_phone": Msisdn("380671000001")}
        actor = other.pop("actor", self.actor)
        asked = Asked(key=key, account_id=other.pop("account_id", self.id), **(said | other))
        async with self.database.unit_of_work() as session:
            return await requests.ask(session, actor, asked, terms=TERMS, at=self.clock.now())

    async def book(
        self, code: str, starts_at: datetime = MONDAY_NOON, *, terms: VisitTerms = TERMS, actor: Actor | None = None
    ) -> FaultRequest:
        async with self.database.unit_of_work() as session:
            return await visits.book(session, actor or self.actor, code, starts_at, terms=terms, at=self.clock.now())

    async def cancel(self, code: str) -> FaultRequest:
        async with self.database.unit_of_work() as session:
            return await visits.cancel(session, self.actor, code, terms=TERMS, at=self.clock.now())

    async def history(self, code: str) -> list[str]:
        async with self.database.reading() as session:
            rows = await session.exec(
                select(FaultStep).join(FaultRequest).where(FaultRequest.code == code).order_by(col(FaultStep.id))
            )
            return [step.kind.value for step in rows]

    async def told(self) -> list[str]:
        async with self.database.reading() as session:
            return list(await session.exec(select(SmsMessage.template).order_by(col(SmsMessage.id))))

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            return (await balances(session, internet_account_ids=[self.id])).internet[self.id].money or Money.ZERO


async def make_outage(
    database: Database,
    *,
    code: str = "KYIV-1",
    kind: OutageKind = OutageKind.OUTAGE,
    starts_at: datetime,
    expected_at: datetime | None = None,
    ended_at: datetime | None = None,
    places: Sequence[tuple[str, str, str]] = (("Київ", "вул. Лесі Українки", "1-25"),),
    is_cancelled: bool = False,
) -> int:
    """An event at these places: city, street, houses."""
    async with database.unit_of_work() as session:
        outage = Outage(code=code, kind=kind, starts_at=starts_at, expected_at=expected_at, ended_at=ended_at)
        outage.is_cancelled = is_cancelled
        session.add(outage)
        await session.flush()
        assert outage.id is not None
        for city, street, houses in places:
            keys = {"city_key": city_key(city), "street_key": street_key(street) if street else ""}
            session.add(OutagePlace(outage_id=outage.id, city=city, street=street, houses=houses, **keys))
        return outage.id


async def make_tariff(database: Database, *, fee: Money, period: FeePeriod = FeePeriod.MONTH) -> int:
    async with database.unit_of_work() as session:
        tariff = Tariff(
            code=f"home_{fee.kopiykas}_{period.value}", kind=TariffKind.INTERNET, name={"uk": "Дім"}, fee=fee
        )
        tariff.fee_period = period
        session.add(tariff)
        await session.flush()
        assert tariff.id is not None
        return tariff.id


@pytest.fixture
async def home(database: Database, clock: FixedClock) -> Home:
    """An active account with 100 hryvnias and a tariff of 300 a month."""
    tariff_id = await make_tariff(database, fee=Money.uah(300))
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        account = await make_account(session, address=ADDRESS, tariff_id=tariff_id)
        account.next_charge_at = clock.now() + timedelta(days=8)
        await hold(session, actor, line)
        await hold(session, actor, account, position=1)
        await put_money(session, account, Money.uah(100))
    return Home(database, clock, actor, account)
