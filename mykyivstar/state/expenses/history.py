"""Every payment and charge of the line in hand, as the address asks for it (E1)."""

from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.expenses.accounts import Books, books_of
from mykyivstar.domain.expenses.headings import Heading
from mykyivstar.domain.expenses.history import (
    PAGE,
    Filter,
    Page,
    Place,
    day_of,
    day_total,
    first_at,
    page,
    place_of,
    total,
)
from mykyivstar.domain.expenses.search import search_for
from mykyivstar.domain.expenses.sums import BySum, sums
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.guard import action, actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.period import Month, Period
from mykyivstar.state.expenses.addresses import Wanted
from mykyivstar.state.expenses.history_view import (
    ChipRow,
    DayRow,
    MonthOption,
    TotalRow,
    day_rows,
    heading_chips,
    joined,
    month_options,
    total_row,
    way_chips,
)
from mykyivstar.state.expenses.rows import entry_rows
from mykyivstar.state.expenses.words import headings_named
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show

# Then the older ones begin on a page of their own.
_SHOWN_AT_MOST = 300


class FindForm(TypedDict, total=False):
    """What is looked for, and in which month."""

    text: str
    month: str


class EntriesState(rx.State):
    """History of entries."""

    # "none": nobody is in hand.
    standing: str = "loading"
    days: list[DayRow] = []
    total: TotalRow | None = None
    ways: list[ChipRow] = []
    headings: list[ChipRow] = []
    units: list[ChipRow] = []
    months: list[MonthOption] = []
    month: str = ""
    text: str = ""
    is_filtered: bool = False
    sees_usage: bool = True
    is_bonus: bool = False
    has_more: bool = False
    # Where the older ones begin, once so many are shown.
    older: str = ""
    # Other first values of the form's fields.
    opened: str = ""
    all_of_it: str = ""
    _key: str = ""
    _shown: int = 0
    _after: Place | None = None

    @action
    async def load(self) -> None:
        """Show the newest that fit the address."""
        self._shown = 0
        await self._refresh(wanted=self.router.url.query_parameters.get("line", ""))

    @action
    async def refresh(self) -> None:
        """Bring what is shown up to date, or show another line that was taken in hand."""
        await self._refresh()

    @action
    async def find(self, form: FindForm) -> Any:
        """What was typed goes into the address."""
        query = {"q": form.get("text", "").strip(), "month": form.get("month", "")}
        typed = Wanted.read(query, wiring.clock().now())
        return rx.redirect(self._wanted.but(text=typed.text, month=typed.month).address(self._key))

    @action
    async def show_more(self) -> None:
        """The next older ones too."""
        if self._after is None or not self._key:
            return
        wanted = self._wanted
        async with wiring.reading() as session:
            books = await books_of(session, actor(), HoldingKey.parse(self._key))
            fitting = await _filter(session, wanted)
            found = await page(session, books, fitting, after=self._after)
            later = await _days(session, books, fitting, found, is_first=False)
        show(self, days=joined(self.days, later))
        self._stand_at(found, self._shown + len(found.entries), wanted)

    @property
    def _wanted(self) -> Wanted:
        return Wanted.read(self.router.url.query_parameters, wiring.clock().now())

    async def _refresh(self, *, wanted: str = "") -> None:
        part = (await self.get_state(ShellState))._show(await overviews.of(actor()), wanted=wanted)
        if part is None:
            show(self, standing="none", days=[], total=None)
            return
        if self._key != str(part.key):
            self._shown = 0
        self._key = str(part.key)
        await self._show_books(part.key, self._wanted)

    async def _show_books(self, key: HoldingKey, wanted: Wanted) -> None:
        async with wiring.reading() as session:
            books = await books_of(session, actor(), key)
            fitting = await _filter(session, wanted)
            after = await place_of(session, books, wanted.unit, wanted.after) if wanted.after else None
            found = await page(session, books, fitting, after=after, limit=max(self._shown, PAGE))
            days = await _days(session, books, fitting, found, is_first=after is None)
            fits = await total(session, books, fitting)
            known = await _known(session, books, wanted)
            first = await first_at(session, books, wanted.unit)
        line, at = str(key), wiring.clock().now()
        units = [unit for unit in Unit if books.account(unit) is not None]
        months = month_options(Month.of(first or at), Month.of(at))
        show(
            self,
            standing="ready",
            days=days,
            total=total_row(fits),
            ways=way_chips(wanted, line),
            headings=heading_chips(wanted, line, known),
            units=[
                ChipRow(each.value, Wanted(unit=each).address(line), each is wanted.unit)
                for each in (units if len(units) > 1 else [])
            ],
            months=months,
            month=str(wanted.month) if wanted.month else "",
            text=wanted.text,
            is_filtered=wanted.is_filtered,
            sees_usage=books.role.sees_usage,
            is_bonus=wanted.unit is Unit.BONUS,
            opened=f"{line} {wanted.month} {wanted.text}",
            all_of_it=Wanted(unit=wanted.unit).address(line),
        )
        self._stand_at(found, len(found.entries), wanted)

    def _stand_at(self, found: Page, shown: int, wanted: Wanted) -> None:
        self._shown, self._after = shown, found.after
        is_full = found.after is not None and shown >= _SHOWN_AT_MOST
        older = wanted.but(after=found.after.id).address(self._key) if is_full and found.after else ""
        show(self, has_more=found.after is not None and not is_full, older=older)


async def _filter(session: AsyncSession, wanted: Wanted) -> Filter:
    period = wanted.month.period if wanted.month else None
    return Filter(
        unit=wanted.unit,
        headings=frozenset([wanted.heading] if wanted.heading else Heading),
        way=wanted.way,
        since=period.start if period else None,
        until=period.end if period else None,
        search=await search_for(session, wanted.text, headings_named(wanted.text)),
    )


async def _days(session: AsyncSession, books: Books, fitting: Filter, found: Page, *, is_first: bool) -> list[DayRow]:
    """The last day may go on in the next page, the first may have begun in the one before."""
    if not found.entries:
        return []
    cut = {day_of(found.entries[-1])} if found.after else set()
    cut |= set() if is_first else {day_of(found.entries[0])}
    whole = {day: await day_total(session, books, fitting, day) for day in cut}
    rows = await entry_rows(session, found.entries, fitting.unit)
    return day_rows(found.entries, rows, whole, kyiv_date(wiring.clock().now()).year)


async def _known(session: AsyncSession, books: Books, wanted: Wanted) -> BySum:
    """What the account has at all in these days, as far as the role goes."""
    account = books.account(wanted.unit)
    if account is None:
        return {}
    at = wiring.clock().now()
    first = await first_at(session, books, wanted.unit)
    period = wanted.month.period if wanted.month else Period(min(first or at, at), Month.of(at).period.end)
    found = (await sums(session, account.id, [period]))[0]
    return {heading: each for heading, each in found.items() if heading in books.headings}


refreshes(routes.EXPENSES_HISTORY, EntriesState.refresh)
