"""States are made when they are used, and nobody notices."""

from typing import Any

import pytest
import reflex as rx
from reflex.istate.manager.token import BaseStateToken
from reflex.state import State

from mykyivstar.loading.lazy_states import LazyStates, tree
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.shell import ShellState

TOKEN = BaseStateToken(ident="tab", cls=State)


async def new_browser() -> Any:
    # Not a fixture: pytest describes those, and describing a state asks for everything below it.
    return await LazyStates().get_state(TOKEN)


def eager() -> Any:
    return State(_reflex_internal_init=True)  # type: ignore[call-arg]


async def test_a_new_browser_has_the_root_alone() -> None:
    root = await new_browser()
    assert list(tree(root)) == [root]


async def test_a_state_that_is_asked_for_is_made_once_with_the_root_above_it() -> None:
    root = await new_browser()
    shell = await root.get_state(ShellState)
    assert shell is await root.get_state(ShellState)
    assert shell.parent_state is root
    assert list(tree(root)) == [root, shell]


async def test_what_is_changed_is_sent_and_then_clean() -> None:
    root = await new_browser()
    (await root.get_state(ShellState)).name = "Олена"
    assert await root._get_resolved_delta() == {ShellState.get_full_name(): {"name_rx_state_": "Олена"}}
    root._clean()
    assert await root._get_resolved_delta() == {}


async def test_whoever_asks_for_everything_gets_everything() -> None:
    root = await new_browser()
    assert root.dict() == eager().dict()


async def test_a_reset_reaches_what_was_made() -> None:
    root = await new_browser()
    (await root.get_state(HomeState)).ready = True
    root.reset()
    assert (await root.get_state(HomeState)).ready is False


async def test_a_state_nobody_declared_is_not_there() -> None:
    root = await new_browser()
    assert "nobody" not in root.substates
    with pytest.raises(ValueError, match="Invalid path"):
        root.get_substate(["nobody"])


async def test_a_tree_that_is_let_go_holds_nothing() -> None:
    root = await new_browser()
    await root.get_state(ShellState)
    root.substates.clear()
    assert list(tree(root)) == [root]


async def test_a_browser_keeps_its_states() -> None:
    states = LazyStates()
    async with states.modify_state(TOKEN) as root:
        (await root.get_state(ShellState)).name = "Олена"
    again = await states.get_state(rx.BaseStateToken(ident="tab", cls=ShellState))
    assert (await again.get_state(ShellState)).name == "Олена"
    await states.close()


async def test_states_that_are_all_there_are_walked_alike() -> None:
    assert {type(state) for state in tree(eager())} >= {State, ShellState, HomeState}
