"""What the load client is asked to do, and what it answers; both travel as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

ROOT = "reflex___state____state"


@dataclass(frozen=True, slots=True)
class Call:
    """One event as a browser sends it from the page at `path`."""

    event: str
    path: str
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """Events sent at once; done when `answers` messages with `answer` in them have come back."""

    calls: Sequence[Call]
    answer: str
    answers: int = 1


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser: its cookies, where it comes in, and what it does over and over."""

    cookie: str
    path: str
    turns: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class Plan:
    """So many browsers, each taking its next turn when the one before is done."""

    address: str
    visitors: Sequence[Visitor]
    seconds: float = 0.0
    warm_up_s: float = 1.0
    # How many connect at the same time.
    at_once: int = 10
    # What a page says it holds from the build when it connects for the first time.
    holds: Sequence[str] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        given = json.loads(text)
        return cls(**given | {"visitors": [_visitor(each) for each in given["visitors"]]})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the client saw; times in seconds, those of turns within the measured part only."""

    # From opening the socket until the page is loaded, of each browser.
    connecting: Sequence[float]
    turns: Sequence[float]
    # Events answered, and how long that took.
    events: int
    seconds: float

    @classmethod
    def from_json(cls, text: str) -> "Outcome":
        return cls(**json.loads(text))


def event_name(module: str, state: str, handler: str) -> str:
    """The name of `module.State.handler` on the wire; `state` in snake case."""
    return f"{ROOT}.{module.replace('.', '___')}____{state}.{handler}"


def var(name: str) -> str:
    """How a variable shows in a message when its value has been sent."""
    return f'"{name}_rx_state_":'


def _visitor(given: dict[str, Any]) -> Visitor:
    turns = [Turn(**turn | {"calls": [Call(**call) for call in turn["calls"]]}) for turn in given["turns"]]
    return Visitor(given["cookie"], given["path"], turns)
