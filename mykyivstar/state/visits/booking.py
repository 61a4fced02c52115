"""Booking a visit: for anybody, signed in or not (A8)."""

from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.feedback.puzzle import new_challenge
from mykyivstar.domain.visits import booking
from mykyivstar.domain.visits.booking import Booker, Wanted
from mykyivstar.domain.visits.errors import NoSuchTime, TimeTaken, VisitCheckAgain
from mykyivstar.domain.visits.models import VisitPurpose
from mykyivstar.domain.visits.times import takes_visits
from mykyivstar.guard import action, caller
from mykyivstar.kit.errors import NotFound
from mykyivstar.settings import settings
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.language import LanguageState
from mykyivstar.state.visits.addresses import of_visit
from mykyivstar.state.visits.choosing import ChoosesTime
from mykyivstar.state.visits.rows import PlaceRow, moment_of, place_row

Purpose = Literal["access", "sim", "data", "other"]


class VisitForm(TypedDict, total=False):
    """When, what for, who, and of which address's store; a radio that is not chosen is not sent."""

    shown_for: str
    time: str
    purpose: Purpose
    name: str
    phone: str


class CheckedForm(VisitForm, total=False):
    """The same once more, with what the browser found; `website` is not there for people."""

    website: str
    puzzle: str


class BookVisitState(AtAddress, ChoosesTime, rx.State):
    """The page where a visit is booked."""

    standing: Literal["loading", "ready", "nothing"] = "loading"
    step: Literal["form", "check"] = "form"
    place: PlaceRow | None = None
    purpose: Purpose = "access"
    name: str = ""
    phone: str = ""
    # What the browser has to solve before it can book; `tries` grows when it is given anew.
    challenge: str = ""
    tries: int = 0

    @action(public=True)
    async def load(self) -> None:
        """Show what is free at the store of this address; what was typed for it before stays."""
        self._clear_refusals()
        self.step = "form"
        await self._look()
        self._take_address()

    @action(public=True)
    async def choose_day(self, day: str) -> None:
        """Show the times of this day."""
        self._show_day(day)

    @action(public=True)
    async def check(self, form: VisitForm) -> None:
        """Look it over before it is booked."""
        self._demand_here(form.get("shown_for", ""))
        self._keep(form)
        async with wiring.reading() as session:
            await booking.check(session, self._wanted(form), at=wiring.clock().now())
        self._clear_refusals()
        self._ask_anew()
        self.step = "check"

    @action(public=True)
    async def change(self) -> None:
        """Back to the form, as it was."""
        self._clear_refusals()
        self.step = "form"

    @action(public=True)
    async def book(self, form: CheckedForm) -> Any:
        """Book it, and go to its page; whatever this page forgot meanwhile, the form has all of it."""
        self._demand_here(form.get("shown_for", ""))
        self._keep(form)
        who = caller()
        visit = await booking.book(
            wiring.unit_of_work,
            self._wanted(form),
            Booker(
                visitor=who.visitor,
                address=who.address,
                language=(await self.get_state(LanguageState))._language,
                bait=form.get("website", ""),
                answer=form.get("puzzle", ""),
            ),
            places=settings().store_visits_at_once,
            key=wiring.secret_key(),
            bits=settings().contact_work_bits,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self.name, self.phone, self.time, self.purpose = "", "", "", "access"
        return rx.redirect(of_visit(visit.code))

    def _wanted(self, form: VisitForm) -> Wanted:
        return Wanted(
            store=self._code,
            starts_at=moment_of(form.get("time", "")),
            purpose=VisitPurpose(form.get("purpose", "access")),
            name=form.get("name", ""),
            phone=form.get("phone", ""),
        )

    def _keep(self, form: VisitForm) -> None:
        self.time, self.purpose = form.get("time", ""), form.get("purpose", "access")
        self.name, self.phone = form.get("name", ""), form.get("phone", "")

    async def _look(self) -> None:
        at = wiring.clock().now()
        try:
            async with wiring.reading() as session:
                store = await booking.store_of(session, self._code)
        except NotFound:
            store = None
        if store is None or not takes_visits(store, at):
            self.standing, self.place = "nothing", None
            return
        await self._show_times(store)
        self.place, self.standing = place_row(store), "ready"

    def _ask_anew(self) -> None:
        self.challenge = new_challenge(
            wiring.secret_key(), bits=settings().contact_work_bits, visitor=caller().visitor, at=wiring.clock().now()
        )
        self.tries += 1

    async def _refuse(self, refusal: Any, *rest: Any) -> Any:
        followed = await super()._refuse(refusal, *rest)
        if isinstance(refusal, VisitCheckAgain):
            self._ask_anew()
        elif isinstance(refusal, NoSuchTime | TimeTaken):
            # What was free when the page was opened may not be any more.
            await self._look()
        if refusal.field:
            self.step = "form"
        return followed

    @property
    def _code(self) -> str:
        return self.rx_router_url.query_parameters.get("store", "")[:48]
