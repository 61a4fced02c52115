"""The last touch on a production build, before it is compressed: what makes it fast, and the same on every host."""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

from mykyivstar.i18n import LANGUAGES, tr

STYLES_BYTES_MAX = 60_000

_STYLESHEET = re.compile(r'<link [^>]*rel="stylesheet"[^>]*>')
_STYLE_PRELOAD = re.compile(r'<link [^>]*as="style"[^>]*>')
_HREF = re.compile(r'href="([^"]+)"')
# The framework's own words; where it says them differently the build is refused.
_BANNER = re.compile(
    r"append\([`\"']A new version of this app is available\.[`\"']\)(.{1,80}?)textContent=[`\"']Reload[`\"']"
)
_BACKEND_ADDRESS = re.compile(r"([`\"'])(http|ws)s?://[^/`\"']+(/[^`\"']*)\1")


class UnfinishedBuild(Exception):
    """The build does not look as expected; the framework must have changed what it writes."""


class FinishPlugin(Plugin):
    """Runs after Vite and before compression."""

    def post_build(self, **context: Any) -> None:
        finish(Path(context["static_dir"]))


def finish(build: Path) -> None:
    """Everything below, in place."""
    shutil.rmtree(build / "styles", ignore_errors=True)  # sources; what became of them is under /assets/
    fonts = name_fonts_by_content(build)
    rename(build, fonts)
    make_same_origin(build)
    speak_to_people(build)
    inline_styles(build)
    postpone_scripts(build)


def name_fonts_by_content(build: Path) -> dict[str, str]:
    """Move `/fonts/*.woff2` to `/assets/` under a name with their hash, so that browsers keep them for ever."""
    moved = {}
    for font in sorted((build / "fonts").glob("*.woff2")):
        digest = hashlib.sha256(font.read_bytes()).hexdigest()[:8]
        target = build / "assets" / f"{font.stem}-{digest}.woff2"
        font.rename(target)
        moved[f"/fonts/{font.name}"] = f"/assets/{target.name}"
    return moved


def rename(build: Path, moved: dict[str, str]) -> None:
    """Put the new addresses in place of the old ones, everywhere they are written."""
    for path in (*build.rglob("*.html"), *build.rglob("*.css"), *build.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        changed = text
        for old, new in moved.items():
            changed = changed.replace(old, new)
        if changed != text:
            path.write_text(changed, encoding="utf-8")


def make_same_origin(build: Path) -> None:
    """Let the browser talk to the host that the page came from: one build serves on any name and port."""
    for chunk in _the_only(build, "reflex-env-*.js"):
        text = chunk.read_text(encoding="utf-8")
        changed, addresses = _BACKEND_ADDRESS.subn(r"`${location.origin.replace(/^http/,'\2')}\3`", text)
        if not addresses:
            raise UnfinishedBuild(f"no address of the server in {chunk.name}")
        chunk.write_text(changed, encoding="utf-8")


def speak_to_people(build: Path) -> None:
    """Say in each language what the framework says in English: that the page is older than the server."""
    sentence = _by_language({lang: tr(lang, "A new version of this app is available.") for lang in LANGUAGES})
    reload = _by_language({lang: tr(lang, "Reload") for lang in LANGUAGES})
    banner = [path for path in (build / "assets").glob("*.js") if _BANNER.search(path.read_text(encoding="utf-8"))]
    if len(banner) != 1:
        raise UnfinishedBuild(f"expected one script with the banner of a new version, found {len(banner)}")
    text = banner[0].read_text(encoding="utf-8")
    text = _BANNER.sub(lambda found: f"append({sentence}){found[1]}textContent={reload}", text)
    banner[0].write_text(text, encoding="utf-8")


def _by_language(words: dict[str, str]) -> str:
    """An expression of the browser for the words in the language of the page."""
    return f"({json.dumps(words, ensure_ascii=False)})[document.documentElement.lang]"


def inline_styles(build: Path) -> None:
    """Write the one small stylesheet into each page: nothing stands between the first bytes and the first paint.

    The link stays, disabled and so never fetched, because React expects to find it when it wakes the page up.
    """
    styles: dict[str, str] = {}

    def inlined(link: re.Match[str]) -> str:
        found = _HREF.search(link[0])
        if found is None:
            raise UnfinishedBuild(f"a stylesheet without an address: {link[0]}")
        if (address := found[1]) not in styles:
            text = (build / address.lstrip("/")).read_text(encoding="utf-8")
            if len(text) > STYLES_BYTES_MAX:
                raise UnfinishedBuild(f"{address} has {len(text)} bytes: did a component pull in Radix Themes?")
            styles[address] = text
        disabled = link[0].replace("<link ", '<link disabled="" ', 1)
        return f"<style>{styles[address]}</style>{disabled}"

    for page in build.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        # React would put a missing preload back; one for no medium is found and never fetched.
        html = _STYLE_PRELOAD.sub(lambda link: link[0].replace("<link ", '<link media="not all" ', 1), html)
        page.write_text(_STYLESHEET.sub(inlined, html), encoding="utf-8")


def postpone_scripts(build: Path) -> None:
    """Let fonts and styles go first: the page is readable long before it is interactive."""
    for page in build.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(
            html.replace('<link rel="modulepreload"', '<link fetchpriority="low" rel="modulepreload"'), encoding="utf-8"
        )


def _the_only(build: Path, pattern: str) -> list[Path]:
    found = list((build / "assets").glob(pattern))
    if len(found) != 1:
        raise UnfinishedBuild(f"expected one {pattern}, found {len(found)}")
    return found
