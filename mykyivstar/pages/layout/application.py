"""How the app is dressed: language, styles, head, what wraps every page. The arguments of `rx.App`."""

from typing import Any

import reflex as rx

from mykyivstar.frontend.head import head_components
from mykyivstar.i18n import DEFAULT_LANGUAGE
from mykyivstar.pages.failure import error_boundary
from mykyivstar.pages.layout.frames import offline_bar
from mykyivstar.pages.waiting import waiting

STYLESHEETS = [
    f"/styles/{name}.css"
    for name in (
        "tokens",
        "base",
        "controls",
        "choices",
        "surfaces",
        "overlays",
        "feedback",
        "figures",
        "frame",
        "menus",
        "foot",
        "home",
        "landing",
        "ways",
        "security",
        "payments",
        "papers",
        "chat",
    )
]


def app_options() -> dict[str, Any]:
    """`rx.App(**app_options(), …)`. No toaster: the framework's is sent as code, which our pages do not run."""
    return {
        "html_lang": DEFAULT_LANGUAGE,
        "stylesheets": STYLESHEETS,
        "head_components": head_components(),
        # Tailwind resets the browser's styles already.
        "reset_style": False,
        "toaster": None,
        "hydrate_fallback": waiting,
        "app_wraps": {
            (55, "ErrorBoundary"): lambda _: error_boundary(),
            (5, "Overlay"): lambda _: rx.fragment(offline_memo()),
        },
    }


@rx.memo
def offline_memo() -> rx.Component:
    """The offline bar, in a file of its own."""
    return offline_bar()
