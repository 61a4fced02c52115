"""Every text of the kit can be read on what it stands on: WCAG AA in both brands, light and dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "assets" / "styles" / "tokens.css"
DRESSES = {
    "kyivstar light": [":root"],
    "kyivstar dark": [":root", ".dark"],
    "djuice light": [":root", '[data-brand="djuice"]'],
    "djuice dark": [":root", ".dark", '[data-brand="djuice"]', '.dark[data-brand="djuice"]'],
}
TEXT, SIGN = 4.5, 3.0
PAIRS = [
    *[(text, ground, TEXT) for text in ("ink", "muted", "brand-text") for ground in ("bg", "surface", "inset")],
    *[(text, "brand-soft", TEXT) for text in ("ink", "brand-text")],
    ("brand-ink", "brand", TEXT),
    ("brand-ink", "brand-hover", TEXT),
    ("accent-ink", "accent", TEXT),
    ("accent-ink", "accent-hover", TEXT),
    ("danger-ink", "danger", TEXT),
    ("danger-ink", "danger-hover", TEXT),
    *[("hero-ink", stop, TEXT) for stop in ("hero-from", "hero-to")],
    *[("hero-muted", stop, TEXT) for stop in ("hero-from", "hero-to")],
    *[(tone, f"{tone}-soft", TEXT) for tone in ("good", "warning", "danger")],
    *[("ink", f"{tone}-soft", TEXT) for tone in ("good", "warning", "danger")],
    *[("brand-text", f"{tone}-soft", TEXT) for tone in ("good", "warning", "danger")],
    *[(tone, "surface", TEXT) for tone in ("good", "warning", "danger")],
    *[(border, ground, SIGN) for border in ("line-strong", "focus") for ground in ("bg", "surface")],
    ("brand", "surface", SIGN),
    ("warning-fill", "surface", SIGN),
]


def colours(dress: str) -> dict[str, str]:
    """The tokens of a dress: later blocks win, as in the browser."""
    text = TOKENS.read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for selector in DRESSES[dress]:
        block = re.search(rf"^  {re.escape(selector)} {{(.*?)^  }}", text, re.DOTALL | re.MULTILINE)
        assert block, selector
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dress", DRESSES)
def test_texts_and_signs_stand_out(dress: str) -> None:
    palette = colours(dress)
    weak = {
        f"{front} on {ground}": round(found, 2)
        for front, ground, least in PAIRS
        if (found := contrast(palette[front], palette[ground])) < least
    }
    assert weak == {}
