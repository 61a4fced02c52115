"""A page draws nothing of a state that is still about another address (docs/decisions/0015)."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
from reflex_base.utils.format import format_state_name
from reflex_components_core.core.cond import Cond
from reflex_components_core.core.match import Match

from mykyivstar.pages import import_all
from mykyivstar.state.at_address import AtAddress

#: What may be drawn at any address: how often a flash has said its passing word.
STAMPS = {"done", "saved"}
#: States that read their address without saying which one they are about: what they draw says itself what it is of.
OTHERS = {
    # What is searched, filtered or looked up: the answer of before stands until the next one is there.
    *("DeskStoresState", "EntriesState", "HelpState", "HistoryState", "MonthState", "StoresState"),
    # Where to go on to, and what to open at once: nothing of it is drawn.
    *("DeskChatsState", "DeskLoginState", "LoginState", "ReportsState", "ShellState"),
    # Which line is in hand, named by the bar above the page.
    "AdviceState",
    "DemoPhoneState",
}
_READS = re.compile(r"router_url|router\.url|router\.page|self\._url\b")


def _states(cls: Any = rx.State) -> Iterator[Any]:
    yield cls
    for each in cls.get_substates():
        yield from _states(each)


@pytest.fixture(scope="module")
def app() -> Any:
    from mykyivstar.mykyivstar import app

    return app


class Drawn:
    """What a page draws of states that are about an address, outside of what asks which address that is."""

    def __init__(self, page: Any) -> None:
        self.bare: set[str] = set()
        self.met: set[str] = set()
        self._names = {
            format_state_name(each.get_full_name()): each.__name__ for each in _states() if issubclass(each, AtAddress)
        }
        self._walk(page, frozenset())

    def _walk(self, node: Any, asked: frozenset[str]) -> None:
        if isinstance(node, Cond):
            self._look(node.cond, asked)
            yes, *no = node.children
            self._walk(yes, asked | self._asks(node.cond))
            for each in no:
                self._walk(each, asked)
        elif isinstance(node, Match):
            self._look(node.cond, asked)
            within = asked | self._asks(node.cond)
            for *_, drawn in node.match_cases:
                self._walk(drawn, within)
            # Whatever is left is of this address only if the waiting shape has a case of its own.
            waits = any('"loading"' in str(value) for *values, _ in node.match_cases for value in values)
            self._walk(node.default, within if waits else asked)
        else:
            for var in node._get_vars(include_children=False):
                self._look(var, asked)
            for child in node.children:
                self._walk(child, asked)

    def _asks(self, condition: Any) -> set[str]:
        said = str(condition)
        return {name for name in self._names if f"{name}.shown_for" in said and "_address" in said}

    def _look(self, var: Any, asked: frozenset[str]) -> None:
        said = str(var)
        for name, state in self._names.items():
            found = {each.removesuffix("_rx_state_") for each in re.findall(rf"{name}\.(\w+)", said)}
            if found:
                self.met.add(state)
            if name not in asked | self._asks(var):
                self.bare |= {f"{state}.{each}" for each in found - STAMPS}


def _pages(app: Any) -> Iterator[tuple[str, Drawn]]:
    for route, page in app._unevaluated_pages.items():
        with app.set_contexts():
            yield route, Drawn(page.component() if callable(page.component) else page.component)


def test_no_page_draws_what_its_state_holds_of_another_address(app: Any) -> None:
    drawn = dict(_pages(app))
    assert {route: sorted(each.bare) for route, each in drawn.items() if each.bare} == {}
    met = set().union(*(each.met for each in drawn.values()))
    assert {each.__name__ for each in _states() if issubclass(each, AtAddress)} == met, "looked at, each of them"


def test_a_state_that_reads_its_address_says_which_it_is_about() -> None:
    import_all()
    reading = {
        each.__name__
        for each in _states()
        if each.__module__.startswith("mykyivstar.state")
        and not issubclass(each, AtAddress)
        and _READS.search(inspect.getsource(each))
    }
    assert reading == OTHERS
