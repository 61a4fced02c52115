"""The contact form: for anybody, signed in or not (K3)."""

from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.feedback.errors import LooksLikeARobot, PuzzleTooOld, PuzzleUnsolved
from mykyivstar.domain.feedback.puzzle import new_challenge
from mykyivstar.domain.feedback.sending import About, Writer, Writing, send
from mykyivstar.guard import action, caller
from mykyivstar.settings import settings
from mykyivstar.state.feedback.addresses import of_request
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState

# Longer texts than a message may have come in, so that they are told so instead of being dropped.
_TEXT_MAX = 50_000


class ContactForm(TypedDict, total=False):
    """The form as it was filled in; `puzzle` is what the browser has found, `website` is not there for people."""

    about: Literal["mobile", "internet", "corporate", "other"]
    words: str
    contact: str
    name: str
    website: str
    puzzle: str


class ContactState(Refusals, rx.State):
    """The form's page."""

    # What the browser has to solve before it can send.
    challenge: str = ""
    # Grows when a puzzle is given anew; the field for robots is empty again then.
    tries: int = 0

    @action(public=True)
    async def load(self) -> None:
        """Show an empty form."""
        self._clear_refusals()
        self._ask_anew()

    @action(public=True, text_max=_TEXT_MAX)
    async def send(self, form: ContactForm):
        """Send it, and go to the page where the answer will be."""
        self._clear_refusals()
        who = caller()
        ticket = await send(
            wiring.unit_of_work,
            Writing(
                about=About(form.get("about", "mobile")),
                words=form.get("words", ""),
                contact=form.get("contact", ""),
                name=form.get("name", ""),
                bait=form.get("website", ""),
                answer=form.get("puzzle", ""),
            ),
            Writer(who.actor, who.visitor, who.address, (await self.get_state(LanguageState))._language),
            key=wiring.secret_key(),
            bits=settings().contact_work_bits,
            at=wiring.clock().now(),
        )
        return rx.redirect(of_request(ticket))

    def _ask_anew(self) -> None:
        self.challenge = new_challenge(
            wiring.secret_key(), bits=settings().contact_work_bits, visitor=caller().visitor, at=wiring.clock().now()
        )
        self.tries += 1

    async def _refuse(self, refusal: Any, *rest: Any) -> Any:
        if isinstance(refusal, LooksLikeARobot | PuzzleTooOld | PuzzleUnsolved):
            self._ask_anew()
        return await super()._refuse(refusal, *rest)
