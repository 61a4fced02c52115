"""Advice for every number of the demo: the same arithmetic arrives at what was really charged."""

from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.advice.checking import check
from mykyivstar.domain.advice.comparing import advise
from mykyivstar.domain.advice.queries import case_of
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.tariff_lock.queries import tariff_money
from mykyivstar.kit.msisdn import Msisdn
from tests.demo.conftest import NOON


async def test_every_number_is_advised_by_an_arithmetic_that_gives_its_own_bill(demo: Database) -> None:
    advised = {}
    async with demo.reading() as session:
        held = select(Holding, Line).join(Line, col(Line.id) == Holding.line_id).order_by(col(Holding.id)).limit(30)
        for holding, line in (await session.exec(held)).all():
            case = await case_of(session, Actor(holding.profile_id, session_id=0), line.id or 0, at=NOON)
            assert check(case).differences == frozenset(), line.msisdn
            advised[line.msisdn] = advise(case)
    # Olena's own number would be cheaper on another tariff, Andrii has the cheapest one.
    assert advised[Msisdn("380671000001")].best is not None
    assert advised[Msisdn("380682000001")].best is None
    assert not any("team" in choice.offer.code for choice in advised[Msisdn("380671000001")].choices)
    assert advised[Msisdn("380675000001")].current.offer.code.startswith("team")


async def test_maksym_saves_for_his_tariff(demo: Database) -> None:
    async with demo.reading() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == Msisdn("380964000001")))).one()
        money = await tariff_money(session, line.id or 0, NOON)
    assert money is not None
    assert money.locked
    assert not money.is_complete
