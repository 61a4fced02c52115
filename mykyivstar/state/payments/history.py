"""All payments of a person, by day with the day's total, filtered by the address (`?source=card&state=failed`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.payments import queries
from mykyivstar.domain.payments.models import PaymentState, Source
from mykyivstar.domain.payments.queries import PaymentView
from mykyivstar.guard import action, actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.addresses import of_payment
from mykyivstar.state.shell import ShellState, show

_SHOWN_AT_FIRST = 30
_SHOWN_AT_MOST = 600
#: The states that people look for; the short-lived ones are not among them.
_STATES = (
    PaymentState.CREDITED,
    PaymentState.CONFIRMING,
    PaymentState.PROCESSING,
    PaymentState.FAILED,
    PaymentState.REFUNDED,
)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One payment; the name of whom it is for, or of how many."""

    href: str
    source: str
    state: str
    amount: int
    at: str
    kind: str
    nickname: str
    number: str
    count: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """The payments of one Kyiv day; `total` is what arrived of them, None while a part of the day is not shown."""

    day: str
    # Of another year than this one.
    shows_year: bool
    total: int | None
    rows: list[HistoryRow]


@dataclass(frozen=True, slots=True)
class FilterRow:
    """One choice of a filter: "" for all."""

    value: str
    href: str
    chosen: bool


class HistoryState(rx.State):
    """List of payments."""

    ready: bool = False
    days: list[DayRow] = []
    has_more: bool = False
    is_filtered: bool = False
    sources: list[FilterRow] = []
    states: list[FilterRow] = []
    _shown: int = _SHOWN_AT_FIRST

    @action
    async def load(self) -> None:
        """Show the newest that fit the address."""
        self._shown = _SHOWN_AT_FIRST
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring what is shown up to date."""
        await self._refresh()

    @action
    async def show_more(self) -> None:
        """The next older ones too."""
        self._shown = min(self._shown + _SHOWN_AT_FIRST, _SHOWN_AT_MOST)
        await self._refresh()

    async def _refresh(self) -> None:
        query = self.router.url.query_parameters
        source = next((each for each in Source if each.value == query.get("source")), None)
        state = next((each for each in PaymentState if each.value == query.get("state")), None)
        whole = await overviews.of(actor())
        (await self.get_state(ShellState))._show(whole)
        found = await self._read(source, state)
        has_more = len(found) > self._shown
        show(
            self,
            ready=True,
            days=days(found[: self._shown], whole, is_cut=has_more and _goes_on(found, self._shown)),
            has_more=has_more and self._shown < _SHOWN_AT_MOST,
            is_filtered=bool(source or state),
            sources=_filters("source", [each.value for each in Source], source, state=state),
            states=_filters("state", [each.value for each in _STATES], state, source=source),
        )

    async def _read(self, source: Source | None, state: PaymentState | None) -> Sequence[PaymentView]:
        """One more than is shown, by keyset in pages of the query's own size."""
        found: list[PaymentView] = []
        async with wiring.reading() as session:
            while len(found) <= self._shown:
                before = found[-1].payment.id if found else None
                page = await queries.history(session, actor(), source=source, state=state, before=before)
                found += page
                if len(page) < queries.PAGE:
                    break
        return found


def days(found: Sequence[PaymentView], whole: Overview, *, is_cut: bool) -> list[DayRow]:
    """By the Kyiv day of their beginning, the newest first."""
    grouped: dict[str, list[PaymentView]] = {}
    for view in found:
        grouped.setdefault(kyiv_date(view.payment.created_at).isoformat(), []).append(view)
    last, this_year = next(reversed(grouped), ""), kyiv_date(whole.at).isoformat()[:4]
    return [
        DayRow(
            day,
            day[:4] != this_year,
            None if is_cut and day == last else _total(views),
            [_row(view, whole) for view in views],
        )
        for day, views in grouped.items()
    ]


def _goes_on(found: Sequence[PaymentView], shown: int) -> bool:
    """Whether the last day that is shown goes on in what is not."""
    return kyiv_date(found[shown - 1].payment.created_at) == kyiv_date(found[shown].payment.created_at)


def _total(views: Sequence[PaymentView]) -> int:
    credited = [view.payment.amount for view in views if view.payment.state is PaymentState.CREDITED]
    return sum(credited, Money.ZERO).kopiykas


def _row(view: PaymentView, whole: Overview) -> HistoryRow:
    payment, first = view.payment, view.shares[0]
    part = whole.part(str(first.key))
    return HistoryRow(
        href=of_payment(payment.code),
        source=payment.source.value,
        state=payment.state.value,
        amount=payment.amount.kopiykas,
        at=payment.created_at.isoformat(),
        kind=first.key.kind.value,
        nickname=part.nickname if part else "",
        number=first.number,
        count=len(view.shares),
    )


def _filters(
    name: str, values: Sequence[str], chosen: Source | PaymentState | None, **other: Source | PaymentState | None
) -> list[FilterRow]:
    kept = {key: value.value for key, value in other.items() if value is not None}
    rows = []
    for value in ("", *values):
        query = kept | ({name: value} if value else {})
        href = f"{routes.PAYMENTS}?{urlencode(query)}" if query else routes.PAYMENTS
        rows.append(FilterRow(value, href, value == (chosen.value if chosen else "")))
    return rows


refreshes(routes.PAYMENTS, HistoryState.refresh)
