"""Puts the texts into the front end: the runtime, and one lazily loaded file per further language."""

import json
from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

from mykyivstar.i18n.catalogue import catalogue
from mykyivstar.i18n.languages import DEFAULT_LANGUAGE, LANGUAGES
from mykyivstar.i18n.usage import used_sentences

RUNTIME_SOURCE = Path(__file__).parent / "js" / "i18n.js"


class TextsPlugin(Plugin):
    """Writes `utils/i18n.js`, `utils/texts.js` and `utils/texts-<language>.js` before the compilation."""

    def pre_compile(self, **context: Any) -> None:
        context["add_save_task"](text_files)


def text_files() -> list[tuple[str, str]]:
    """The files with their contents; a language without texts of its own (English) needs no file."""
    further = {language: browser_texts(language) for language in LANGUAGES if language != DEFAULT_LANGUAGE}
    loaders = ", ".join(f'{name}: () => import("./texts-{name}.js")' for name, texts in further.items() if texts)
    files = [("utils/i18n.js", RUNTIME_SOURCE.read_text(encoding="utf-8"))]
    files.append(("utils/texts.js", f"export const loaders = {{ {loaders} }};\n"))
    files += [(f"utils/texts-{name}.js", f"export default {_js(texts)};\n") for name, texts in further.items() if texts]
    return files


def browser_texts(language: str) -> dict[str, str | tuple[str, ...]]:
    """The translations that the browser can ask for, and no others."""
    found = catalogue(language)
    return {
        msgid: found.texts.get(msgid) or found.plurals[msgid]
        for msgid in sorted(used_sentences().in_browser)
        if msgid in found.texts or msgid in found.plurals
    }


def _js(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
