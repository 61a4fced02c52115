"""Somebody with a line, home internet and a television package to choose."""

from datetime import date

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Service, ServiceKind, Tariff, TariffKind
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab


@pytest.fixture
async def olena(world: Database) -> Tab:
    """internet:1 with 80 of the 100 hryvnias that it pays on the first; internet:2 is a stranger's."""
    async with world.unit_of_work() as session:
        actor, stranger = await make_person(session), await make_person(session, "stranger")
        session.add_all(
            [
                Tariff(code="home_100", kind=TariffKind.INTERNET, name={"uk": "Дім 100"}, fee=Money.uah(100)),
                Tariff(code="home_500", kind=TariffKind.INTERNET, name={"uk": "Дім 500"}, fee=Money.uah(250)),
                Service(code="tv_home", name={"uk": "ТБ"}, fee=Money.uah(30), for_internet=True, kind=ServiceKind.TV),
                Service(
                    code="tv_sport",
                    name={"uk": "Спорт"},
                    fee=Money.uah(90),
                    for_internet=True,
                    kind=ServiceKind.TV,
                    needs=["tv_home"],
                ),
            ]
        )
        await session.flush()
        line = await make_line(session)
        account = await make_account(
            session, tariff_id=1, next_charge_at=kyiv_midnight(date(2026, 12, 1)), charge_day=1
        )
        other = await make_account(session, "0000000022", contract_phone=Msisdn("380672000001"))
        await hold(session, actor, line)
        await hold(session, actor, account, nickname="Дім", position=1)
        await hold(session, stranger, other)
        await put_money(session, account, Money.uah(80))
    return Tab(actor, address="/internet")


@pytest.fixture
async def payer(world: Database, olena: Tab) -> Tab:
    """Somebody who only pays for internet:1."""
    async with world.unit_of_work() as session:
        actor = await make_person(session, "payer")
        from mykyivstar.domain.internet.models import InternetAccount

        account = await session.get_one(InternetAccount, 1)
        await hold(session, actor, account, role=HoldingRole.PAYER)
    return Tab(actor, address="/internet")


@pytest.fixture
async def nobody(world: Database, olena: Tab) -> Tab:
    """Somebody with a mobile number only."""
    async with world.unit_of_work() as session:
        actor = await make_person(session, "nobody")
        await hold(session, actor, await make_line(session, "380673000001"))
    return Tab(actor, address="/internet")
