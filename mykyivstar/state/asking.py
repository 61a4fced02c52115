"""Who asks for a code: the arguments that every verb of the ways in takes alike."""

from datetime import datetime

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.identity.models import Language
from mykyivstar.guard import caller
from mykyivstar.state.language import LanguageState


class Asking(TypedDict):
    """Which browser, from where, in which language, when."""

    visitor: str
    address: str
    language: Language
    at: datetime


async def asking(state: rx.State) -> Asking:
    """The asker of the event that `state` is handling."""
    return Asking(
        visitor=caller().visitor,
        address=caller().address,
        language=(await state.get_state(LanguageState))._language,
        at=wiring.clock().now(),
    )
