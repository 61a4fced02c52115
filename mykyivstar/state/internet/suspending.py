"""Suspending home internet for a holiday: days chosen, checked, ordered (H3)."""

from datetime import date
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.internet import suspending
from mykyivstar.domain.internet.errors import DayNotGiven
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.guard import action, actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.state.form_keys import new_form_key, own_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.internet.held import account_id, in_hand
from mykyivstar.state.internet.rows import HolidayTerms, HolidayView
from mykyivstar.state.internet.views import holiday_terms, holiday_view
from mykyivstar.state.language import LanguageState
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show


class DaysForm(TypedDict, total=False):
    """Of which account, from when to when: ISO days."""

    account: str
    first_day: str
    last_day: str


class OrderForm(DaysForm):
    """What the check page shows, sent back by it."""

    key: str


class SuspendState(Refusals, rx.State):
    """Suspension of home internet."""

    ready: bool = False
    step: Literal["form", "check", "done"] = "form"
    account: str = ""
    number: str = ""
    is_own: bool = True
    limits: HolidayTerms | None = None
    first_day: str = ""
    last_day: str = ""
    checked: HolidayView | None = None
    form_key: str = ""

    @action
    async def load(self) -> None:
        """Open the form for the account in hand."""
        self._clear_refusals()
        self.step, self.checked, self.form_key = "form", None, new_form_key()
        self.first_day = self.last_day = ""
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Another account in hand begins anew; the step that is open stays open otherwise."""
        before = self.account
        await self._refresh()
        if self.account != before:
            self.step, self.checked = "form", None

    @action
    async def check(self, form: DaysForm) -> None:
        """Both days are chosen: show what it costs and changes."""
        self.first_day, self.last_day = form.get("first_day", ""), form.get("last_day", "")
        part, _ = await in_hand(self)
        async with wiring.reading() as session:
            whole = await suspending.check(
                session,
                actor(),
                account_id=account_id(form.get("account", "")),
                first_day=_day(self.first_day),
                last_day=_day(self.last_day),
                terms=terms.internet_terms(),
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        self.checked = holiday_view(whole, part.balance if part is not None else None)
        self.step = "check"

    @action
    async def back(self) -> None:
        """Back to the days."""
        self._clear_refusals()
        self.step = "form"

    @action
    async def order(self, form: OrderForm) -> None:
        """Order it, once for one form."""
        async with wiring.unit_of_work() as session:
            await suspending.order(
                session,
                actor(),
                key=own_key(form["key"]),
                account_id=account_id(form.get("account", "")),
                first_day=_day(form.get("first_day", "")),
                last_day=_day(form.get("last_day", "")),
                language=(await self.get_state(LanguageState))._language.value,
                terms=terms.internet_terms(),
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        self.step = "done"

    async def _refresh(self) -> None:
        part, _ = await in_hand(self)
        today = kyiv_date(wiring.clock().now())
        show(
            self,
            ready=True,
            account=str(part.key) if part is not None else "",
            number=part.number if part is not None else "",
            is_own=part is None or part.role is HoldingRole.OWNER,
            limits=holiday_terms(terms.internet_terms(), today),
        )


def _day(typed: str) -> date:
    """Raises DayNotGiven."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise DayNotGiven from None


refreshes(routes.INTERNET_SUSPEND, SuspendState.refresh)
