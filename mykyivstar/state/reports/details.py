"""Call details: the days, what they cost, the records on the screen, and the order as files (E3, E4)."""

from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.overview.models import LinePart, Part
from mykyivstar.domain.reports import ordering, screen
from mykyivstar.domain.reports.errors import NoFormat, PriceChanged
from mykyivstar.domain.reports.models import ReportFormat
from mykyivstar.domain.reports.ordering import DetailsOrder
from mykyivstar.domain.reports.periods import earliest_day, parse_day
from mykyivstar.guard import action, actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.email import parse_email
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import new_form_key
from mykyivstar.state.forms import Refusals, in_all_languages
from mykyivstar.state.language import LanguageState
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.reports.addresses import Days, presets
from mykyivstar.state.reports.rows import PresetRow
from mykyivstar.state.reports.showing import ShowsRecords
from mykyivstar.state.shell import ShellState, show


class DaysForm(TypedDict):
    """Own days, as date fields send them."""

    first: str
    last: str


class OrderForm(TypedDict, total=False):
    """Which files of which address's days, and where to send them; a box that is not ticked is not sent, or false."""

    shown_for: str
    pdf: str | bool
    xlsx: str | bool
    csv: str | bool
    email: str


class DetailsState(AtAddress, ShowsRecords, Refusals, rx.State):
    """Call details of the line in hand."""

    # "none": what is in hand has no details for this person; "wrong": no such days.
    standing: Literal["loading", "ready", "none", "wrong"] = "loading"
    number: str = ""
    first: str = ""
    last: str = ""
    # Days that may be chosen.
    earliest: str = ""
    today: str = ""
    presets: list[PresetRow] = []
    # Of an ordered report, whose records are shown.
    is_ordered: bool = False
    is_free: bool = True
    price: int = 0
    net: int = 0
    vat: int = 0
    duty: int = 0
    is_confirming: bool = False
    _key: str = ""
    _formats: list[str] = []
    _email: str = ""

    @action
    async def load(self) -> None:
        """Show the days of the address (`?from=2026-11-01&to=2026-11-22`), of the line in hand."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.is_confirming, self._key = "loading", False, new_form_key()
        await self._look()

    @action
    async def refresh(self) -> None:
        """Another line is in hand, or something changed: the price may be another one."""
        if not self._is_here:
            return
        before = self._line_id
        part = (await self.get_state(ShellState))._show(await overviews.of(actor()))
        if not self.is_ordered and _line_id(part) != before:
            self._clear_refusals()
            self.is_confirming, self._key = False, new_form_key()
            await self._look()
        elif self.standing == "ready" and not self.is_ordered and not self.is_confirming:
            await self._say_price()

    @action
    async def choose_days(self, form: DaysForm) -> Any:
        """Own days: they go into the address."""
        self._clear_refusals()
        days = Days(parse_day(form["first"]), parse_day(form["last"]))
        async with wiring.reading() as session:
            at = wiring.clock().now()
            await screen.free_period(
                session, actor(), line_id=self._line_id, first_day=days.first, last_day=days.last, at=at
            )
        return rx.redirect(days.address(str(HoldingKey(HoldingKind.LINE, self._line_id))))

    @action
    async def show_more(self) -> None:
        """The next records too."""
        await self._read_more()

    @action
    async def show_numbers(self) -> None:
        """Others' numbers as they are: asks for a fresh proof first (O9)."""
        require_fresh(actor(), wiring.clock().now())
        await self._read_again()

    @action
    async def order(self, form: OrderForm) -> Any:
        """All is filled in: free files are made, others after one more yes."""
        self._demand_here(form.get("shown_for", ""))
        self._clear_refusals()
        require_fresh(actor(), wiring.clock().now())
        self._formats = [each.value for each in ReportFormat if form.get(each.value)]
        self._email = parse_email(form["email"]) if form.get("email", "").strip() else ""
        if not self._formats:
            raise NoFormat
        if not self.is_free:
            self.is_confirming = True
            return None
        return await self._order()

    @action
    async def confirm(self, shown_for: str) -> Any:
        """Yes, for this price."""
        self._demand_here(shown_for)
        return await self._order()

    @action
    async def think_again(self) -> None:
        """Not for this price."""
        self._clear_refusals()
        self.is_confirming = False

    async def _order(self) -> Any:
        language = (await self.get_state(LanguageState))._language
        wanted = DetailsOrder(
            key=self._key,
            line_id=self._line_id,
            first_day=parse_day(self.first),
            last_day=parse_day(self.last),
            formats=[ReportFormat(each) for each in self._formats],
            agreed=Money(self.price),
            email=self._email,
        )
        async with wiring.unit_of_work() as session:
            await ordering.order_details(
                session,
                actor(),
                wanted,
                language=language,
                tariff=terms.details_tariff(),
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        self.is_confirming = False
        return rx.redirect(routes.REPORTS)

    async def _look(self) -> None:
        at, query = wiring.clock().now(), self.router.url.query_parameters
        part = (await self.get_state(ShellState))._show(await overviews.of(actor()), wanted=query.get("line", ""))
        self._line_id, self.number = _line_id(part), part.number if part else ""
        today = kyiv_date(at)
        show(self, earliest=earliest_day(at).isoformat(), today=today.isoformat())
        self._show_nothing()
        self.is_ordered = False
        if query.get("report"):
            await self._open_ordered(query["report"])
        elif self._line_id:
            days = Days.read(query, today)
            self._put(days, part)
            await self._say_price()
            async with wiring.reading() as session:
                self._period = await screen.free_period(
                    session, actor(), line_id=self._line_id, first_day=days.first, last_day=days.last, at=at
                )
        else:
            self.standing = "none"
            return
        self.standing = "ready"
        if self._period is not None:
            await self._read_sums()
            await self._read_more()

    async def _open_ordered(self, code: str) -> None:
        async with wiring.reading() as session:
            report = await screen.ordered_report(session, actor(), code)
            held = await ordering.seen_line(session, actor(), report.holding.id)
        self.number = held.line.msisdn.digits
        self._line_id, self._period, self.is_ordered = report.holding.id, report.period, True
        self._put(Days(report.first_day, report.last_day), None)

    def _put(self, days: Days, part: Part | None) -> None:
        line = str(part.key) if part else ""
        today = kyiv_date(wiring.clock().now())
        self.first, self.last = days.first.isoformat(), days.last.isoformat()
        self.presets = [
            PresetRow(name, each.address(line), each == days and not self.is_ordered)
            for name, each in presets(today).items()
        ]

    async def _say_price(self) -> None:
        async with wiring.reading() as session:
            fee = await ordering.price(
                session,
                actor(),
                line_id=self._line_id,
                first_day=parse_day(self.first),
                last_day=parse_day(self.last),
                tariff=terms.details_tariff(),
                at=wiring.clock().now(),
            )
        parts = (fee.total, fee.net, fee.vat, fee.duty) if fee else (Money.ZERO,) * 4
        price, net, vat, duty = (each.kopiykas for each in parts)
        show(self, is_free=fee is None, price=price, net=net, vat=vat, duty=duty)

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        was_loading = self.standing == "loading" or not self.first
        followed = await super()._refuse(refusal, *rest)
        if was_loading:
            self.standing = "wrong"
        elif isinstance(refusal, PriceChanged):
            self.is_confirming = False
            await self._say_price()
        if refusal.field not in {"", "first", "last", "formats", "email"}:
            self.field_refusals, self.refusal = {}, in_all_languages(refusal)
        return followed


def _line_id(part: Part | None) -> int:
    """The line in hand, 0 when it has no details for this person."""
    return part.key.id if isinstance(part, LinePart) and part.role.sees_usage else 0


refreshes(routes.DETAILS, DetailsState.refresh)
