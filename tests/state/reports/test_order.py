"""The page where statements and invoices are ordered; by its owner, a payer, a stranger (E5)."""

from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import Billing, Line
from mykyivstar.domain.reports.models import ReportKind
from mykyivstar.guard.action import policy_of
from mykyivstar.i18n import describe
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.proof import ProofState
from mykyivstar.state.reports.order import PaperOrderState
from mykyivstar.state.reports.reports import ReportsState
from tests.factories.people import make_person
from tests.state.conftest import Tab
from tests.state.reports.test_reports import balance, olena, ordered, unproved, worked

__all__ = ["olena"]

# As browsers send it: what is not on the screen is null, a box that is not ticked is false.
FORM: dict[str, Any] = {
    "first": "2026-10-01",
    "last": "2026-10-31",
    "month": None,
    "csv": True,
    "pdf": False,
    "email": "",
}


async def opened(tab: Tab, line: str = "line:1", more: str = "") -> PaperOrderState:
    tab.go_to(f"/reports/order?line={line}{more}")
    await tab.do(PaperOrderState.load)
    return await tab.see(PaperOrderState)


async def order(tab: Tab, form: dict[str, Any]) -> list[str]:
    """Press "Order" on the form as it is drawn."""
    state = await tab.see(PaperOrderState)
    drawn = {"key": state.form_key, "of": state.of, "kind": state.kind}
    return await tab.do(PaperOrderState.order, form=drawn | form)


async def on_contract(world: Database) -> None:
    async with world.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        line.payment = Billing.CONTRACT
        session.add(line)


async def test_a_statement_is_ordered_free_and_stands_under_reports(
    olena: Tab, world: Database, clock: FixedClock
) -> None:
    before = await balance(world)
    state = await opened(olena)
    assert (state.standing, state.kind, state.may_have_invoices) == ("ready", "statement", False)
    assert (state.first, state.last, state.earliest) == ("2026-10-01", "2026-10-31", "2023-11-22")
    assert await order(olena, FORM), "a redirect"
    await order(olena, FORM)
    await worked(world, clock)
    await olena.do(ReportsState.load)
    [row] = (await olena.see(ReportsState)).reports
    assert (row.kind, row.state, row.total, row.href, row.fee) == ("statement", "ready", 10_000, "", 0)
    assert await balance(world) == before


async def test_an_invoice_is_offered_to_contract_lines(olena: Tab, world: Database, clock: FixedClock) -> None:
    await on_contract(world)
    state = await opened(olena, more="&kind=invoice")
    assert (state.kind, state.months[0].value, state.months[0].label) == ("invoice", "2026-10", "10.2026")
    await order(olena, {"month": "2026-11", "pdf": "on"})
    assert "not over" in (await olena.see(PaperOrderState)).field_refusals["month"]["en"]
    await order(olena, {"first": None, "last": None, "month": "2026-10", "csv": True})
    await worked(world, clock)
    await olena.do(ReportsState.load)
    [row] = (await olena.see(ReportsState)).reports
    assert (row.kind, row.first_day, row.last_day) == ("invoice", "2026-10-01", "2026-10-31")
    assert (row.total, row.due_day) == (0, "2026-11-20")


async def test_home_internet_has_statements(olena: Tab, world: Database, clock: FixedClock) -> None:
    state = await opened(olena, "internet:1", "&kind=invoice")
    assert (state.standing, state.is_internet, state.kind) == ("ready", True, "statement")
    await order(olena, FORM)
    await worked(world, clock)
    await olena.do(ReportsState.load)
    [row] = (await olena.see(ReportsState)).reports
    assert (row.is_internet, row.state) == (True, "ready")


async def test_what_was_drawn_is_ordered_though_another_line_is_in_hand_by_then(olena: Tab, world: Database) -> None:
    await on_contract(world)
    state = await opened(olena, more="&kind=invoice")
    drawn = {"key": state.form_key, "of": state.of, "kind": state.kind, "month": "2026-10", "csv": "on"}
    await opened(olena, "internet:1")
    assert (state.of, state.kind, state.form_key != drawn["key"]) == ("internet:1", "statement", True)
    for _ in range(2):
        await order(olena, drawn)
    [made] = await ordered(world)
    assert (made.line_id, made.internet_account_id, made.kind) == (1, None, ReportKind.INVOICE)


async def test_an_invoice_of_a_prepaid_line_is_refused_whatever_the_browser_sends(olena: Tab, world: Database) -> None:
    await opened(olena)
    await olena.do(PaperOrderState.choose_kind, kind="invoice")
    await order(olena, {"month": "2026-10", "csv": "on"})
    assert "contract numbers" in (await olena.see(PaperOrderState)).field_refusals["kind"]["en"]
    await olena.do(PaperOrderState.choose_kind, kind="details")
    assert (await olena.see(PaperOrderState)).refusal
    assert await ordered(world) == []


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({**FORM, "first": "2026-10-31", "last": "2026-10-01"}, "last"),
        ({**FORM, "last": "2026-11-23"}, "last"),
        ({**FORM, "first": "2020-01-01"}, "first"),
        ({**FORM, "first": "nonsense"}, "first"),
        ({"csv": "on"}, "first"),
        ({**FORM, "csv": False}, "formats"),
        ({**FORM, "email": "not an address"}, "email"),
    ],
)
async def test_mistakes_stand_beside_their_fields(olena: Tab, world: Database, form: Any, field: str) -> None:
    await opened(olena)
    await order(olena, form)
    assert set((await olena.see(PaperOrderState)).field_refusals) == {field}
    assert await ordered(world) == []


async def test_who_only_pays_and_strangers_order_nothing(olena: Tab, world: Database, clock: FixedClock) -> None:
    assert (await opened(olena, "line:2")).standing == "none"
    await order(olena, FORM)
    async with world.unit_of_work() as session:
        actor = await make_person(session, "stranger")
    tab = Tab(Actor(actor.profile_id, actor.session_id, proved_at=clock.now()), visitor="other")
    assert (await opened(tab)).standing == "none"
    await order(tab, {**FORM, "of": "line:1"})
    assert (await tab.see(PaperOrderState)).refusal["en"] == describe(NotFound(), "en")
    assert await ordered(world) == []


async def test_a_proof_is_asked_for_first(olena: Tab, world: Database) -> None:
    tab = unproved(olena, "/reports/order?line=line:1")
    await opened(tab)
    await order(tab, FORM)
    assert (await tab.see(ProofState)).is_open
    assert await ordered(world) == []


async def test_every_handler_is_for_signed_in_people() -> None:
    for name in ("load", "refresh", "choose_kind", "order"):
        policy = policy_of(PaperOrderState.event_handlers[name].fn)
        assert policy is not None
        assert not policy.is_public


def test_kinds_of_the_page_are_kinds_of_reports() -> None:
    assert {"statement", "invoice"} < {kind.value for kind in ReportKind}
