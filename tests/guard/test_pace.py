"""How many events a browser may send: a quick hand is not stopped, a flood is."""

import pytest

from mykyivstar.guard import pace
from mykyivstar.guard.pace import Pace


class Seconds:
    """The clock that paces are counted by."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    seconds = Seconds()
    monkeypatch.setattr("time.monotonic", seconds)
    return seconds


def test_a_burst_goes_through_and_what_follows_comes_with_time(seconds: Seconds) -> None:
    hand = Pace(per_second=2, burst=3)
    assert [hand.allows("tab") for _ in range(4)] == [True, True, True, False]
    seconds.now += 0.4
    assert not hand.allows("tab")
    seconds.now += 0.1
    assert [hand.allows("tab"), hand.allows("tab")] == [True, False]
    seconds.now += 3_600
    assert [hand.allows("tab") for _ in range(4)] == [True, True, True, False], "never more than the burst"


def test_each_browser_has_a_pace_of_its_own(seconds: Seconds) -> None:
    hands = Pace(per_second=1, burst=1)
    assert [hands.allows("a"), hands.allows("b"), hands.allows("a"), hands.allows("b")] == [True, True, False, False]
    assert hands.allows(""), "nobody is known by no name"


def test_nothing_is_counted_when_it_is_switched_off(seconds: Seconds) -> None:
    assert all(Pace(per_second=0, burst=0).allows("tab") for _ in range(10))


def test_those_who_were_here_longest_ago_are_forgotten(seconds: Seconds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_BROWSERS_MAX", 2)
    hands = Pace(per_second=0.001, burst=1)
    assert [hands.allows(each) for each in "abac"] == [True, True, False, True]
    assert [hands.allows("a"), hands.allows("b")] == [False, True]
