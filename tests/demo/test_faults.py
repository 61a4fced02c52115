"""Faults of the demo: what was credited is what the rule says, and technicians come."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.demo import faults
from mykyivstar.demo.build import build
from mykyivstar.domain.faults import crediting, requests, visits
from mykyivstar.domain.faults.models import FaultRequest, Outage, OutageKind, RequestState, Symptom
from mykyivstar.domain.faults.outages import network_state
from mykyivstar.domain.faults.requests import Asked
from mykyivstar.domain.faults.terms import DowntimeTerms, VisitTerms
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Entry
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.domain.lines.models import Holding
from mykyivstar.domain.lines.queries import held_account
from mykyivstar.kit.clock import kyiv_date
from tests.demo.conftest import NOON, TODAY

OLENA = "0004477622"


async def olena(database: Database) -> tuple[Actor, int]:
    async with database.reading() as session:
        account = (await session.exec(select(InternetAccount).where(InternetAccount.number == OLENA))).one()
        held = (await session.exec(select(Holding).where(Holding.internet_account_id == account.id))).one()
    return Actor(held.profile_id, session_id=0), account.id or 0


async def test_olena_sees_works_to_come_a_credit_and_a_repair_to_rate(demo: Database) -> None:
    actor, account_id = await olena(demo)
    async with demo.reading() as session:
        state = await network_state(session, await held_account(session, actor, account_id), at=NOON)
        [view] = await requests.own(session, actor, account_id)
        entries = (await session.exec(select(Entry))).all()
        assert (await proof(session)).holds
    assert [event.kind for event in state.planned] == [OutageKind.WORKS]
    assert state.nearby[0].is_now
    assert (view.request.state, view.request.rating) == (RequestState.DONE, None)
    [credit] = [
        each
        for each in entries
        if each.explanation.get("rule") == "internet.downtime" and each.amount.kopiykas > 0 and each.account_id
    ]
    fee, [part] = credit.explanation["fee"], credit.explanation["parts"]
    assert credit.amount.kopiykas == (2 * fee * part["minutes"] + part["of_minutes"]) // (2 * part["of_minutes"])
    assert part["minutes"] == 12 * 60


async def test_nothing_of_the_past_is_credited_again(demo: Database) -> None:
    assert await crediting.credit_downtime(demo.unit_of_work, terms=DowntimeTerms(), at=NOON) == 0


async def test_a_visit_is_confirmed_and_done_by_itself(demo: Database) -> None:
    actor, account_id = await olena(demo)
    async with demo.unit_of_work() as session:
        account = await session.get_one(InternetAccount, account_id)
        asked = Asked("form", account_id, Symptom.WIFI, "", account.contract_phone)
        request = await requests.ask(session, actor, asked, terms=VisitTerms(), at=NOON)
        window = next(VisitTerms().upcoming(NOON))
        await visits.book(session, actor, request.code, window[0], terms=VisitTerms(), at=NOON)
    assert await faults.live(demo, NOON) == 0
    assert await faults.live(demo, NOON + faults.CONFIRMED_AFTER) == 1
    assert await faults.live(demo, window[1]) == 1
    async with demo.reading() as session:
        done = (await session.exec(select(FaultRequest).order_by(col(FaultRequest.id).desc()))).first()
        assert done is not None
        assert done.state is RequestState.DONE


@pytest.mark.parametrize("days", [1, 4])
async def test_a_later_day_has_works_of_its_own_and_no_second_past(demo: Database, days: int) -> None:
    at = NOON + timedelta(days=days)
    await build(demo, today=kyiv_date(at), at=at)
    async with demo.reading() as session:
        codes = (await session.exec(select(Outage.code).order_by(col(Outage.id)))).all()
        assert len(codes) == len(set(codes))
        assert sum(code.startswith("DEMO-W") for code in codes) == 1 + (days == 4)
        assert len((await session.exec(select(FaultRequest))).all()) == 1
    assert TODAY.weekday() == 6
