"""The list of pages: `@app_page` puts a page on it, `add_pages` gives them all to the app."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from mykyivstar import routes
from mykyivstar.i18n import t
from mykyivstar.pages.layout.desk_frame import desk_frame
from mykyivstar.pages.layout.frames import anybody_frame, bare_frame, customer_frame, open_frame, public_frame
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.shell import ShellState

Shell = Literal["public", "customer", "bare", "anybody", "open", "desk"]
PageFunction = Callable[[], rx.Component]

_FRAMES: dict[Shell, Callable[..., rx.Component]] = {
    "public": public_frame,
    "customer": customer_frame,
    "bare": bare_frame,
    "anybody": anybody_frame,
    "open": open_frame,
    "desk": desk_frame,
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, how it is called in the browser's tab, what stands around it."""

    route: str
    title: rx.Var
    description: rx.Var | None
    shell: Shell
    component: PageFunction
    on_load: Sequence[Any]
    fills_bars: bool
    context: dict[str, Any]


_pages: dict[str, Page] = {}


def app_page(
    route: str,
    *,
    title: rx.Var,
    shell: Shell = "customer",
    on_load: Sequence[Any] = (),
    fills_bars: bool = False,
    description: rx.Var | None = None,
    in_sitemap: bool = False,
) -> Callable[[PageFunction], PageFunction]:
    """Make a page of a function that returns its content: one per module, since every module is its own download.

    The content gets the frame of its shell: `public` for everybody, `customer` with the menu of a signed-in person,
    `bare` for steps that should not be wandered off from, `anybody` for steps, signed in or not, `open` for what is
    public and has the bars of whoever is signed in (handlers of both are public), `desk` for the staff. The frame has
    the landmarks; the content starts with its h1. `fills_bars`: what `on_load` reads fills the bars of the customer's
    frame as well.
    """

    def register(content: PageFunction) -> PageFunction:
        assert route not in _pages, f"two pages at {route}"
        framed = functools.wraps(content)(lambda: _FRAMES[shell](content()))
        context = {} if in_sitemap else {"sitemap": None}
        _pages[route] = Page(route, title, description, shell, framed, tuple(on_load), fills_bars, context)
        return content

    return register


def pages() -> tuple[Page, ...]:
    """Every page that has been imported, by route."""
    return tuple(_pages[route] for route in sorted(_pages))


def add_pages(app: rx.App) -> None:
    """Give every imported page to the app."""
    for page in pages():
        app.add_page(
            page.component,
            route=page.route,
            title=page.title if page.route == routes.LANDING else t("{page} · My Kyivstar", page=page.title),
            description=page.description if page.description is not None else t("Your numbers, money and services."),
            image="/icons/icon-512.png",
            on_load=_on_load(page),
            context=page.context,
        )


def _on_load(page: Page) -> list[Any] | None:
    """The bars of a signed-in person are filled on every page, first of all."""
    if page.shell in {"anybody", "open"}:
        return [ShellState.look_who, *page.on_load]
    if page.shell == "desk":
        return [DeskState.load, *page.on_load]
    if page.shell != "customer" or page.fills_bars:
        return list(page.on_load) or None
    return [ShellState.load, *(event for event in page.on_load if event != ShellState.load)]
