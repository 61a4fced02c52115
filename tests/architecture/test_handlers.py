"""The whole app, put together: every handler says who may call it, every page has an address and a title of its own."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from mykyivstar import routes
from mykyivstar.guard.action import policy_of
from mykyivstar.pages import import_all
from tests.architecture.source import modules


@pytest.fixture(scope="module")
def app() -> Any:
    from mykyivstar.mykyivstar import app

    return app


def test_every_handler_of_ours_says_who_may_call_it(app: Any) -> None:
    with app.set_contexts():
        handlers = dict(RegistrationContext.get().event_handlers)
    ours = {
        name: registered.handler.fn
        for name, registered in handlers.items()
        if registered.handler.fn.__module__.startswith("mykyivstar.")
    }
    assert ours
    assert sorted(name for name, handler in ours.items() if policy_of(handler) is None) == []


def test_no_pages_state_is_called_as_something_of_the_domain() -> None:
    import_all()
    of_domain = {
        node.name
        for module in modules()
        if module.layer == "domain"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    assert {each.__name__ for each in _states(rx.State)} & of_domain == set(), "one word per idea"


def _states(cls: Any) -> Iterator[Any]:
    yield cls
    for each in cls.get_substates():
        yield from _states(each)


def test_every_page_has_a_title_and_a_description(app: Any) -> None:
    pages = app._unevaluated_pages
    assert {route for route, page in pages.items() if page.title is None} == set()
    assert {route for route, page in pages.items() if page.description is None} == set()


def test_every_route_is_named_once(app: Any) -> None:
    named = [value for name, value in vars(routes).items() if name.isupper()]
    assert len(named) == len(set(named))
    known = {route.strip("/") or "index" for route in named}
    unnamed = {route for route in app._unevaluated_pages if route.strip("/") not in known}
    assert unnamed == set()
