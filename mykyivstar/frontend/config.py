"""What the front end is built from: plugins and the words that Tailwind knows."""

from typing import Any

import reflex as rx

from mykyivstar.frontend.finish import FinishPlugin
from mykyivstar.frontend.kit_files import KitPlugin
from mykyivstar.frontend.texts import TextsPlugin

#: Colours of assets/styles/tokens.css under the same names: `text-muted`, `bg-surface`, `border-line` …
_COLOURS = (
    *("bg", "surface", "inset", "ink", "muted", "line", "line-strong"),
    *("brand", "brand-ink", "brand-text", "brand-soft", "accent", "accent-ink"),
    *("good", "good-soft", "warning", "warning-soft", "danger", "danger-soft"),
)


def plugins() -> list[Any]:
    """The plugins of rxconfig.py, in order: the build is finished last."""
    return [
        TextsPlugin(),
        KitPlugin(),
        rx.plugins.TailwindV4Plugin(config=tailwind()),
        FinishPlugin(),
    ]


def tailwind() -> dict[str, Any]:
    """Tailwind lays pages out; what things look like is in assets/styles."""
    return {
        "darkMode": "class",
        "plugins": [],
        "theme": {
            "extend": {
                "colors": {name: f"var(--{name})" for name in _COLOURS},
                "borderRadius": {"card": "var(--radius-card)", "control": "var(--radius-control)"},
            }
        },
    }
