"""Requests for repairs on the screen: their history, the visit chosen, moved, cancelled, and the rating (H4)."""

from datetime import datetime

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import terms, wiring
from mykyivstar.domain.faults import requests, visits
from mykyivstar.domain.faults.errors import NoSuchVisit
from mykyivstar.domain.lines.queries import held_account
from mykyivstar.guard import action, actor
from mykyivstar.state.faults.rows import DayRow, RequestRow, day_rows, request_rows
from mykyivstar.state.forms import Refusals
from mykyivstar.state.internet.held import in_hand
from mykyivstar.state.shell import show


class VisitForm(TypedDict, total=False):
    """Which time for which request; a radio that is not chosen is not sent."""

    code: str
    visit: str


class RatingForm(TypedDict, total=False):
    """How the repair was."""

    code: str
    stars: str
    words: str


class RepairsState(Refusals, rx.State):
    """Page of faults: requests and visits."""

    requests: list[RequestRow] = []
    # Whether one of them is not over: then no other one is asked for.
    has_open: bool = False
    # The request whose visit is being chosen, "" for none.
    choosing: str = ""
    days: list[DayRow] = []
    # The request that is about to be cancelled, "" for none.
    cancelling: str = ""

    @action
    async def load(self) -> None:
        """The requests of the account in hand."""
        self._clear_refusals()
        self.choosing = self.cancelling = ""
        await self._look()

    @action
    async def refresh(self) -> None:
        """Bring them up to date; times that are open stay open."""
        await self._look()
        if self.choosing:
            await self._show_windows(self.choosing)

    @action
    async def choose_time(self, code: str) -> None:
        """Show the times for this request's visit."""
        self._clear_refusals()
        await self._show_windows(code)

    @action
    async def close_times(self) -> None:
        """The visit stays as it is."""
        self._clear_refusals()
        self.choosing = ""

    @action
    async def book(self, form: VisitForm) -> None:
        """Take a time; one that was taken meanwhile is shown as such."""
        at = wiring.clock().now()
        try:
            async with wiring.unit_of_work() as session:
                await visits.book(
                    session,
                    actor(),
                    form.get("code", ""),
                    _moment(form.get("visit", "")),
                    terms=terms.fault_terms().visits,
                    at=at,
                )
        finally:
            await self._look()
            if self.choosing:
                await self._show_windows(self.choosing)
        self._clear_refusals()
        self.choosing = ""

    @action
    async def ask_to_cancel(self, code: str) -> None:
        """Really?"""
        self._clear_refusals()
        self.cancelling = code

    @action
    async def keep(self) -> None:
        """It is not cancelled after all."""
        self._clear_refusals()
        self.cancelling = ""

    @action
    async def cancel(self) -> None:
        """Give the request up."""
        async with wiring.unit_of_work() as session:
            await visits.cancel(
                session, actor(), self.cancelling, terms=terms.fault_terms().visits, at=wiring.clock().now()
            )
        self._clear_refusals()
        self.cancelling = self.choosing = ""
        await self._look()

    @action
    async def rate(self, form: RatingForm) -> None:
        """Say how it was."""
        stars = form.get("stars", "")
        async with wiring.unit_of_work() as session:
            await requests.rate(
                session,
                actor(),
                form.get("code", ""),
                stars=int(stars) if stars in {"1", "2", "3", "4", "5"} else 0,
                words=form.get("words", ""),
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        await self._look()

    async def _look(self) -> None:
        part, _ = await in_hand(self)
        if part is None:
            show(self, requests=[], has_open=False)
            return
        async with wiring.reading() as session:
            found = await requests.own(session, actor(), part.key.id)
        rows = request_rows(found, terms.fault_terms().visits, wiring.clock().now())
        show(self, requests=rows, has_open=any(not view.request.state.is_over for view in found))

    async def _show_windows(self, code: str) -> None:
        part, _ = await in_hand(self)
        known = {row.code for row in self.requests if row.can_change}
        if part is None or code not in known:
            self.choosing = ""
            return
        async with wiring.reading() as session:
            account = (await held_account(session, actor(), part.key.id)).account
            found = await visits.windows(session, account, terms=terms.fault_terms().visits, at=wiring.clock().now())
        show(self, choosing=code, days=day_rows(found))


def _moment(typed: str) -> datetime:
    """The beginning of a window as the form sends it. Raises NoSuchVisit for anything else."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError as unfit:
        raise NoSuchVisit from unfit
    if found.tzinfo is None:
        raise NoSuchVisit
    return found
