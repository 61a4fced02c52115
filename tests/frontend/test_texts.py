"""The texts that are shipped to the browser."""

import json
import re

from mykyivstar.frontend.texts import browser_texts, text_files
from mykyivstar.i18n.usage import used_sentences


def test_russian_holds_what_the_pages_ask_for_and_nothing_else() -> None:
    used = used_sentences().in_browser
    assert set(browser_texts("ru")) <= used
    assert "My Kyivstar" in browser_texts("ru")


def test_sentences_of_the_server_stay_there() -> None:
    only_server = "Enter an amount in hryvnias, for example 150 or 150,50."
    assert only_server not in browser_texts("ru")


def test_english_needs_no_file() -> None:
    names = [name for name, _ in text_files()]
    assert "utils/texts-ru.js" in names
    assert "utils/texts-en.js" not in names


def test_the_files_are_javascript_that_names_them() -> None:
    files = dict(text_files())
    assert files["utils/texts.js"] == 'export const loaders = { ru: () => import("./texts-ru.js") };\n'
    body = re.fullmatch(r"export default (.*);\n", files["utils/texts-ru.js"], re.DOTALL)
    assert body
    assert json.loads(body[1]) == json.loads(json.dumps(browser_texts("ru")))
