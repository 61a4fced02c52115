"""The words of a page in each language, from the same catalogues that the page is made of."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page

from mykyivstar.i18n import tr


@dataclass(frozen=True, slots=True)
class Words:
    """A page read by somebody of this language."""

    page: Page
    language: str

    def say(self, sentence: str, **values: object) -> str:
        return tr(self.language, sentence, **values)

    def button(self, sentence: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(sentence), exact=True)

    def link(self, sentence: str) -> Locator:
        return self.page.get_by_role("link", name=self.say(sentence), exact=True)

    def field(self, sentence: str) -> Locator:
        return self.page.get_by_label(self.say(sentence), exact=True)

    def text(self, sentence: str, **values: object) -> Locator:
        """The sentence anywhere on the page; with values left open where none are given."""
        pattern = re.escape(self.say(sentence)) if not values else re.escape(self.say(sentence, **values))
        return self.page.get_by_text(re.compile(re.sub(r"\\\{\w+\\\}", ".+", pattern))).first


def choose(context: BrowserContext, address: str, language: str) -> None:
    """As somebody who has chosen this language before."""
    context.add_cookies([{"name": "lang", "value": language, "url": address}])
    context.add_init_script(f"try {{ localStorage.setItem('lang', '{language}') }} catch {{}}")
