"""Refreshes under way to a tab, and the tabs of somebody."""

import pytest

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.guard import pushes as module
from mykyivstar.guard.connections import Connections
from mykyivstar.guard.pushes import Pushes

OLENA, TARAS = Actor(1, 1), Actor(2, 2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


def test_one_that_has_not_begun_is_enough(clock: list[float]) -> None:
    pushes = Pushes()
    assert [pushes.may_go("tab", "refresh") for _ in range(3)] == [True, False, False]
    assert (pushes.may_go("other tab", "refresh"), pushes.may_go("tab", "another")) == (True, True)
    pushes.begun("tab", "refresh")
    # It reads now; whatever is written from here on needs another.
    assert [pushes.may_go("tab", "refresh") for _ in range(2)] == [True, False]


def test_one_that_was_lost_holds_nothing_up(clock: list[float]) -> None:
    pushes = Pushes()
    assert pushes.may_go("tab", "refresh")
    clock[0] += 1.9
    assert not pushes.may_go("tab", "refresh")
    clock[0] += 0.2
    assert pushes.may_go("tab", "refresh")
    clock[0] += 5
    pushes.forget_lost()
    assert pushes._under_way == {}


def test_the_tabs_of_somebody_are_found_until_they_go() -> None:
    here: Connections[Actor] = Connections(lambda actor: actor.profile_id)
    here.seen("a", OLENA, {})
    here.seen("b", OLENA, {})
    here.seen("c", TARAS, {})
    assert [each.token for each in here.of([1])] == ["a", "b"]
    assert {each.token for each in here.of([2, 1, 3])} == {"a", "b", "c"}
    # Somebody else has signed in in that tab.
    here.seen("b", TARAS, {"pathname": "/home"})
    assert [each.token for each in here.of([1])] == ["a"]
    assert [each.router_data for each in here.of([2])] == [{"pathname": "/home"}, {}]
    here.still_here(["a", "c"])
    assert ([each.token for each in here.of([2])], "b" in here, here.get("b")) == (["c"], False, None)
    assert len(list(here)) == 2
