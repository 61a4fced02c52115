"""The application as the server runs it: the framework's, wrapped in what every answer needs."""

import ctypes
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from reflex_base.config import get_config
from reflex_base.environment import environment

from mykyivstar import logs
from mykyivstar.guard.visitor import visitor
from mykyivstar.serving.headers import KnownOrigins, SecurityHeaders
from mykyivstar.serving.pages import Frontend, Pages
from mykyivstar.serving.requests import Requests
from mykyivstar.settings import Settings, settings

App = Callable[..., Awaitable[None]]

_PR_SET_PDEATHSIG = 1


def build_folder() -> Path:
    """Where the compiled front end lies."""
    return Path(environment.REFLEX_WEB_WORKDIR.get()) / "build" / "client"


@cache
def frontend() -> Frontend:
    """The compiled front end, read once and shared by the workers, which are forked from one process."""
    return Frontend(build_folder())


def preload() -> None:
    """Import and read all that a worker needs, so that a worker forked later is ready at once."""
    import_module(get_config().module)
    frontend()


def create() -> App:
    """One worker's ASGI application."""
    _end_with_the_supervisor()
    logs.configure(settings().log_format)
    reflex_app: Any = import_module(get_config().module).app
    pages = Pages(reflex_app(), frontend(), is_route=lambda path: _is_page(reflex_app, path))
    return dressed(pages, settings())


def dressed(app: App, chosen: Settings) -> App:
    """The application with what every answer needs around it, the outermost last.

    Pages are answered before the framework is asked, so browsers are given their visitor cookie here as well.
    """
    return SecurityHeaders(Requests(KnownOrigins(visitor(app), chosen)), chosen)


def _end_with_the_supervisor() -> None:
    """On Linux, have the kernel end this worker when its supervisor is gone, so that none goes on serving old code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _is_page(reflex_app: Any, path: str) -> bool:
    route = reflex_app.router(path)
    # The framework also lists its own not-found page, and the start page as "index".
    return route is not None and route not in {"404", "index"}
