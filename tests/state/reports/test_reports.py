"""The pages of call details and of ordered reports; every handler by somebody, a stranger and nobody."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.accounts import account_for
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.reports.models import Report, ReportState
from mykyivstar.domain.usage.ingest import store
from mykyivstar.guard.action import policy_of
from mykyivstar.i18n import describe
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.reports import make_report
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.proof import ProofState
from mykyivstar.state.reports.addresses import Days, presets
from mykyivstar.state.reports.details import DetailsState
from mykyivstar.state.reports.reports import ReportsState
from tests.domain.usage.test_ingest import record
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab

THIS = "/details?line=line:1&from=2026-11-01&to=2026-11-22"
LAST = "/details?line=line:1&from=2026-10-01&to=2026-10-31"
FORM: dict[str, Any] = {"csv": True, "pdf": False}


@pytest.fixture
async def olena(world: Database, clock: FixedClock) -> Tab:
    """Olena owns line:1 with 100 ₴ and 120 records of October, pays for line:2 and has internet:1."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        line = await make_line(session)
        await hold(session, actor, line)
        await account_for(session, line_id=line.id, floor=Money.ZERO)
        await put_money(session, line, Money.uah(100))
        mothers = await make_line(session, "380671000002")
        await hold(session, actor, mothers, role=HoldingRole.PAYER, position=1)
        await hold(session, actor, await make_account(session), position=2)
        start = datetime(2026, 10, 1, tzinfo=UTC)
        rows = [record(line_id=line.id, started_at=start + timedelta(hours=6 * n)) for n in range(120)]
        await store(session, rows)
    return Tab(Actor(actor.profile_id, actor.session_id, proved_at=clock.now()), address=THIS)


def files_left() -> list[Path]:
    return list(wiring.reports_folder().iterdir())


def unproved(tab: Tab, address: str) -> Tab:
    assert tab.who.actor is not None
    return Tab(Actor(tab.who.actor.profile_id, tab.who.actor.session_id), address=address)


async def opened(tab: Tab, address: str = THIS) -> DetailsState:
    tab.go_to(address)
    await tab.do(DetailsState.load)
    return await tab.see(DetailsState)


async def balance(world: Database) -> Money:
    async with world.reading() as session:
        assert (await proof(session)).holds
        return (await balances(session, line_ids=[1])).lines[1].money or Money.ZERO


async def ordered(world: Database) -> list[Report]:
    async with world.reading() as session:
        return list((await session.exec(select(Report))).all())


async def worked(world: Database, clock: FixedClock) -> None:
    """What the worker does."""
    ports = SimpleNamespace(press=wiring.press(), reports_folder=wiring.reports_folder())
    for report in await ordered(world):
        context = JobContext(world, ports, clock)  # type: ignore[arg-type]
        await make_report(context, {"report_id": report.id}, clock.now())


async def test_this_month_says_its_price_in_parts_and_shows_no_record(olena: Tab) -> None:
    state = await opened(olena)
    assert (state.standing, state.is_free, state.shows_records, list(state.records)) == ("ready", False, False, [])
    assert (state.price, state.net, state.vat, state.duty) == (531, 417, 83, 31)
    assert [preset.name for preset in state.presets if preset.chosen] == ["this"]


async def test_a_past_month_is_free_and_there_in_pages(olena: Tab) -> None:
    state = await opened(olena, LAST)
    assert (state.is_free, state.price, len(state.records), state.has_more) == (True, 0, 50, True)
    assert (state.sums[0].records, state.total) == (120, 18_000)
    await olena.do(DetailsState.show_more)
    await olena.do(DetailsState.show_more)
    state = await olena.see(DetailsState)
    assert (len({row.at for row in state.records}), state.has_more) == (120, False)


async def test_an_address_without_days_shows_the_last_month(olena: Tab) -> None:
    state = await opened(olena, "/details")
    assert (state.first, state.last) == ("2026-10-01", "2026-10-31")


async def test_others_numbers_are_whole_only_after_a_proof(olena: Tab, clock: FixedClock) -> None:
    tab = unproved(olena, LAST)
    state = await opened(tab, LAST)
    assert ({row.party for row in state.records}, state.is_masked) == ({"38067•••••02"}, True)
    await tab.do(DetailsState.show_numbers)
    assert (await tab.see(ProofState)).is_open
    assert tab.who.actor is not None
    tab.who = type(tab.who)(
        actor=Actor(tab.who.actor.profile_id, tab.who.actor.session_id, proved_at=clock.now()), visitor="browser"
    )
    await tab.do(DetailsState.show_numbers)
    state = await tab.see(DetailsState)
    assert ({row.party for row in state.records}, state.is_masked, len(state.records)) == ({"380676000002"}, False, 50)


async def test_it_is_ordered_after_one_more_yes_and_charged_once(olena: Tab, world: Database) -> None:
    await opened(olena)
    await olena.do(DetailsState.order, form=FORM)
    assert (await olena.see(DetailsState)).is_confirming
    assert (await ordered(world), await balance(world)) == ([], Money.uah(100))
    assert await olena.do(DetailsState.confirm), "a redirect"
    await olena.do(DetailsState.confirm)
    assert (len(await ordered(world)), await balance(world)) == (1, Money.uah(94, 69))


async def test_without_a_proof_one_is_asked_for_first(olena: Tab, world: Database) -> None:
    tab = unproved(olena, THIS)
    await opened(tab)
    for handler, arguments in ((DetailsState.order, {"form": FORM}), (DetailsState.confirm, {})):
        await tab.do(handler, **arguments)
        assert (await tab.see(ProofState)).is_open
    assert (await ordered(world), await balance(world)) == ([], Money.uah(100))


async def test_lack_of_money_is_said_in_the_dialog(olena: Tab, world: Database) -> None:
    async with world.unit_of_work() as session:
        line = await make_line(session, "380671000009")
        assert olena.who.actor is not None
        await hold(session, olena.who.actor, line, position=5)
        await account_for(session, line_id=line.id, floor=Money.ZERO)
    await opened(olena, THIS.replace("line:1", f"line:{line.id}"))
    await olena.do(DetailsState.order, form=FORM)
    await olena.do(DetailsState.confirm)
    state = await olena.see(DetailsState)
    assert "5.31" in state.refusal["en"]
    assert await ordered(world) == []


async def test_a_price_that_changed_meanwhile_is_said_anew(olena: Tab, world: Database) -> None:
    await opened(olena)
    other = Tab(olena.who.actor, address=THIS)  # type: ignore[arg-type]
    await opened(other)
    for tab in (olena, other):
        await tab.do(DetailsState.order, form=FORM)
        await tab.do(DetailsState.confirm)
    state = await other.see(DetailsState)
    assert (state.is_confirming, state.price) == (False, 106)
    assert "1.06" in state.refusal["en"]
    assert await balance(world) == Money.uah(94, 69)


@pytest.mark.parametrize(
    ("form", "field"),
    [({}, "formats"), ({"csv": "on", "email": "not an address"}, "email"), ({"email": "a@example.com"}, "formats")],
)
async def test_mistakes_stand_beside_their_fields(
    olena: Tab, world: Database, form: dict[str, str], field: str
) -> None:
    await opened(olena, LAST)
    await olena.do(DetailsState.order, form=form)
    assert set((await olena.see(DetailsState)).field_refusals) == {field}
    assert await ordered(world) == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=2026-11-22&to=2026-11-01", "swap"),
        ("from=2026-11-22&to=2026-12-01", "not come yet"),
        ("from=2020-01-01&to=2020-01-31", "24 months"),
        ("from=2026-02-30&to=2026-03-01", "first and the last day"),
        ("from=20261101&to=20261122", "first and the last day"),
        ("from=2026-11-01", "first and the last day"),
    ],
)
async def test_wrong_days_in_the_address_are_said(olena: Tab, query: str, code: str) -> None:
    state = await opened(olena, f"/details?line=line:1&{query}")
    said = [state.refusal.get("en", ""), *(each["en"] for each in state.field_refusals.values())]
    assert any(code in sentence for sentence in said)
    assert list(state.records) == []


async def test_own_days_go_into_the_address(olena: Tab) -> None:
    await opened(olena)
    assert await olena.do(DetailsState.choose_days, form={"first": "2026-10-24", "last": "2026-10-25"})
    assert await olena.do(DetailsState.choose_days, form={"first": "2026-10-25", "last": "2026-10-24"}) == []
    assert "swap" in (await olena.see(DetailsState)).field_refusals["last"]["en"]


def test_presets_are_whole_months_of_kyiv() -> None:
    assert presets(date(2026, 1, 31)) == {
        "this": Days(date(2026, 1, 1), date(2026, 1, 31)),
        "last": Days(date(2025, 12, 1), date(2025, 12, 31)),
        "three": Days(date(2025, 10, 1), date(2025, 12, 31)),
    }


@pytest.mark.parametrize("line", ["line:2", "internet:1"])
async def test_what_has_no_details_for_this_person_says_so(olena: Tab, line: str) -> None:
    assert (await opened(olena, LAST.replace("line:1", line))).standing == "none"


async def test_a_report_is_followed_shown_sent_again_and_deleted(
    olena: Tab, world: Database, clock: FixedClock
) -> None:
    await opened(olena, LAST)
    await olena.do(DetailsState.order, form=FORM | {"pdf": "on"})
    olena.go_to("/reports")
    await olena.do(ReportsState.load)
    [row] = (await olena.see(ReportsState)).reports
    assert (row.state, row.fee, row.number) == ("waiting", 0, "380671000001")
    await worked(world, clock)
    await olena.do(ReportsState.refresh)
    [row] = (await olena.see(ReportsState)).reports
    assert (row.state, row.progress, row.records, row.total) == ("ready", 100, 120, 18_000)
    assert [file.ending for file in row.files] == ["pdf", "csv"]
    state = await opened(olena, row.href)
    assert (state.is_ordered, len(state.records), state.sums[0].records) == (True, 50, 120)
    olena.go_to("/reports")
    await olena.do(ReportsState.ask_mail, code=row.code)
    await olena.do(ReportsState.send, form={"email": "olena@example.com"})
    [row] = (await olena.see(ReportsState)).reports
    assert (row.email, row.mail) == ("olena@example.com", "waiting")
    await olena.do(ReportsState.ask_delete, code=row.code)
    await olena.do(ReportsState.delete)
    assert list((await olena.see(ReportsState)).reports) == []
    assert files_left() == []
    assert [report.state for report in await ordered(world)] == [ReportState.EXPIRED]


async def test_what_was_ordered_of_this_month_is_shown(olena: Tab, world: Database, clock: FixedClock) -> None:
    async with world.unit_of_work() as session:
        await store(session, [record(line_id=1, started_at=clock.now() - timedelta(days=1))])
    await opened(olena)
    await olena.do(DetailsState.order, form=FORM)
    await olena.do(DetailsState.confirm)
    [report] = await ordered(world)
    assert len((await opened(olena, f"/details?report={report.code}")).records) == 1


async def test_a_stranger_finds_nothing(olena: Tab, world: Database, clock: FixedClock) -> None:
    await opened(olena)
    await olena.do(DetailsState.order, form=FORM)
    await olena.do(DetailsState.confirm)
    [report] = await ordered(world)
    async with world.unit_of_work() as session:
        actor = await make_person(session, "stranger")
    tab = Tab(Actor(actor.profile_id, actor.session_id, proved_at=clock.now()), address="/reports", visitor="other")
    await tab.do(ReportsState.load)
    assert list((await tab.see(ReportsState)).reports) == []
    await tab.do(ReportsState.ask_delete, code=report.code)
    await tab.do(ReportsState.delete)
    assert (await tab.see(ReportsState)).refusal["en"] == describe(NotFound(), "en")
    await tab.do(ReportsState.ask_mail, code=report.code)
    await tab.do(ReportsState.send, form={"email": "thief@example.com"})
    assert (await tab.see(ReportsState)).refusal["en"] == describe(NotFound(), "en")
    for address in (LAST, f"/details?report={report.code}"):
        state = await opened(tab, address)
        assert (state.standing in {"none", "wrong"}, list(state.records)) == (True, [])
    assert [each.email for each in await ordered(world)] == [""]


async def test_every_handler_is_for_signed_in_people() -> None:
    names: dict[Any, tuple[str, ...]] = {
        DetailsState: ("load", "refresh", "choose_days", "show_more", "show_numbers", "order", "confirm"),
        ReportsState: ("load", "refresh", "ask_mail", "send", "delete"),
    }
    for state, handlers in names.items():
        for name in handlers:
            policy = policy_of(state.event_handlers[name].fn)
            assert policy is not None
            assert not policy.is_public
