"""The language a person reads, as the server needs it for SMS and mail."""

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.identity import profiles
from mykyivstar.domain.identity.models import Language
from mykyivstar.guard import action, caller
from mykyivstar.i18n import known_language


class LanguageState(rx.State):
    """The cookie that the language switch of the page writes: a wish of the browser, good for nothing but language."""

    lang: str = rx.Cookie("uk", name="lang", path="/", same_site="lax")

    @property
    def _language(self) -> Language:
        return Language(known_language(self.lang))

    @action(public=True)
    async def chosen(self, language: Language) -> None:
        """Remember the choice with the profile, for messages that are sent later (A12)."""
        self.lang = language.value
        if (who := caller().actor) is not None:
            async with wiring.unit_of_work() as session:
                await profiles.set_language(session, who, language)
