"""Ordering a statement of what is in hand, or an invoice of a contract line (E5)."""

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Billing
from mykyivstar.domain.overview.models import InternetPart, LinePart, Part
from mykyivstar.domain.reports.models import ReportFormat, ReportKind
from mykyivstar.domain.reports.paper_orders import PaperOrder, order_paper
from mykyivstar.domain.reports.periods import STATEMENT_MONTHS_BACK, earliest_day, parse_day, parse_month
from mykyivstar.guard import action, actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.email import parse_email
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.period import Month
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import demand_form_key, new_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.reports.addresses import presets
from mykyivstar.state.shell import ShellState, show

_KINDS = {ReportKind.STATEMENT.value: ReportKind.STATEMENT, ReportKind.INVOICE.value: ReportKind.INVOICE}
_INVOICES_OFFERED = 12


class PaperForm(TypedDict, total=False):
    """Of what, which kind, its days or month, which files, where to; a box that is not ticked is not sent."""

    # As the form was drawn: by now another line may be in hand.
    key: str
    of: str
    kind: Literal["statement", "invoice"]
    # None: the field is not on the screen for this kind.
    first: str | None
    last: str | None
    month: str | None
    pdf: str | bool
    xlsx: str | bool
    csv: str | bool
    email: str


@dataclass(frozen=True, slots=True)
class MonthChoice:
    """A month that is over: "2026-10", shown as 10.2026."""

    value: str
    label: str


class PaperOrderState(AtAddress, Refusals, rx.State):
    """The form."""

    # "none": this person sees no movements of what is in hand.
    standing: Literal["loading", "ready", "none"] = "loading"
    number: str = ""
    is_internet: bool = False
    may_have_invoices: bool = False
    kind: Literal["statement", "invoice"] = "statement"
    first: str = ""
    last: str = ""
    earliest: str = ""
    today: str = ""
    months: list[MonthChoice] = []
    # What is in hand ("line:12"), "" for what this person sees no movements of.
    of: str = ""
    form_key: str = ""

    @action
    async def load(self) -> None:
        """Show the form for what is in hand; the address may name the kind (`?kind=invoice`)."""
        self._clear_refusals()
        self.form_key = new_form_key()
        query = self.router.url.query_parameters
        self._take((await self.get_state(ShellState))._show(await overviews.of(actor()), wanted=query.get("line", "")))
        self.kind = "invoice" if query.get("kind") == "invoice" and self.may_have_invoices else "statement"
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Another line is in hand."""
        self._take((await self.get_state(ShellState))._show(await overviews.of(actor())))

    @action
    async def choose_kind(self, kind: str) -> None:
        """A statement or an invoice."""
        self._clear_refusals()
        if kind not in _KINDS:
            raise Malformed
        self.kind = "invoice" if kind == "invoice" else "statement"

    @action
    async def order(self, form: PaperForm) -> Any:
        """Have it made: free of charge, so no more questions."""
        self._clear_refusals()
        at = wiring.clock().now()
        require_fresh(actor(), at)
        kind = form.get("kind", "statement")
        if kind == "invoice":
            first = last = parse_month(form.get("month") or "").first_day
        else:
            first, last = parse_day(form.get("first") or ""), parse_day(form.get("last") or "")
        wanted = PaperOrder(
            key=demand_form_key(form.get("key", "")),
            kind=_KINDS[kind],
            of=HoldingKey.parse(form.get("of", "")),
            first_day=first,
            last_day=last,
            formats=[each for each in ReportFormat if form.get(each.value)],
            email=parse_email(form["email"]) if form.get("email", "").strip() else "",
        )
        language = (await self.get_state(LanguageState))._language
        async with wiring.unit_of_work() as session:
            await order_paper(session, actor(), wanted, language=language, at=at)
        return rx.redirect(routes.REPORTS)

    def _take(self, part: Part | None) -> None:
        at = wiring.clock().now()
        today, this_month = kyiv_date(at), Month.of(at)
        days = presets(today)["last"]
        is_seen = part is not None and part.role.sees_usage
        key = str(part.key) if part is not None and is_seen else ""
        if key != self.of:
            self._clear_refusals()
            self.form_key = new_form_key()
        may_have_invoices = isinstance(part, LinePart) and part.payment is Billing.CONTRACT
        if not may_have_invoices:
            self.kind = "statement"
        over = [this_month.shifted(-back) for back in range(1, _INVOICES_OFFERED + 1)]
        show(
            self,
            standing="ready" if is_seen else "none",
            of=key,
            number=part.number if part else "",
            is_internet=isinstance(part, InternetPart),
            may_have_invoices=may_have_invoices,
            first=self.first or days.first.isoformat(),
            last=self.last or days.last.isoformat(),
            earliest=earliest_day(at, months=STATEMENT_MONTHS_BACK).isoformat(),
            today=today.isoformat(),
            months=[MonthChoice(str(month), f"{month.first_day:%m.%Y}") for month in over],
        )


refreshes(routes.REPORTS_ORDER, PaperOrderState.refresh)
