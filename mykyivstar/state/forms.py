"""What every form's state has in common: refusals beside their fields, in three languages, and being busy."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.i18n import LANGUAGES, describe
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.at_address import DrawnElsewhere


def in_all_languages(refusal: CustomerError) -> dict[str, str]:
    """The sentence in each language: a person may switch while it is on the screen."""
    return {language: describe(refusal, language) for language in LANGUAGES}


class Refusals(rx.State, mixin=True):
    """Mixin: a CustomerError raised in an `@action` ends up here, shown with `pick()`."""

    # Of the form as a whole.
    refusal: dict[str, str] = {}
    # By field name.
    field_refusals: dict[str, dict[str, str]] = {}
    busy: bool = False

    def _clear_refusals(self) -> None:
        self.refusal, self.field_refusals, self.busy = {}, {}, False

    async def _refuse(
        self, refusal: CustomerError, handler: str = "", arguments: Mapping[str, Any] | None = None
    ) -> Any:
        """Show it where the mend belongs; `handler` and its arguments are what was refused.

        For want of a fresh proof (O9) the dialog asks for one, and then repeats the handler with its arguments. What
        was drawn for another address is followed by reading this one.
        """
        self._clear_refusals()
        if isinstance(refusal, DrawnElsewhere):
            state: Any = type(self)
            return state.load()
        if isinstance(refusal, ProofNeeded):
            # Here, because the dialog is a form like any other.
            from mykyivstar.state.proof import ProofState

            dialog = await self.get_state(ProofState)
            await dialog._ask(refusal, f"{self.get_full_name()}.{handler}", arguments or {})
            return None
        texts = in_all_languages(refusal)
        if refusal.field:
            self.field_refusals = {refusal.field: texts}
        else:
            self.refusal = texts
        return None
