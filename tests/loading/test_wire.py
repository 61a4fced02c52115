import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest
from reflex.istate.data import ReflexURL, URLData
from reflex.state import State, StateUpdate
from reflex_base.event import Event
from reflex_base.utils.format import json_dumps

from mykyivstar import pages
from mykyivstar.loading.wire import written


class Colour(StrEnum):
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Row:
    """As the rows of our states."""

    colour: Colour
    kopiykas: int | None
    more: tuple[str, ...]


@pytest.mark.parametrize(
    "value",
    [
        Row(Colour.BLUE, None, ("a", "Київ ✓")),
        [Row(Colour.BLUE, 2**53 + 1, ())] * 2,
        {"of": {1: "one", "two": [True, None, 0.5, {"x"}]}},
        URLData.from_url(ReflexURL("https://my.example.ua/home?line=line:12#top")),
        {"text": '"quoted" \\ </script>\n\u2028 \x00 \U0001f600'},
        # What it does not take itself is left to the framework.
        {"half a character": "\ud83d"},
        {"beyond 64 bits": 2**70},
    ],
)
def test_it_says_what_the_framework_would_say(value: Any) -> None:
    update = StateUpdate(delta={"state": {"name": value}})
    assert json.loads(written(["event", update])) == json.loads(json_dumps(["event", update]))


def test_every_state_of_the_app_is_written_alike() -> None:
    pages.import_all()
    whole: Any = State(_reflex_internal_init=True)  # type: ignore[call-arg]
    update = StateUpdate(delta=whole.dict(initial=True), events=[Event(name="state.load", payload={"of": Colour.BLUE})])
    assert len(update.delta) > 40
    assert json.loads(written(["event", update])) == json.loads(json_dumps(["event", update]))


def test_what_is_no_update_is_written_alike() -> None:
    for packet in (["event", StateUpdate()], {"sid": "a", "pingInterval": 25000}, ["reload", Row(Colour.BLUE, 1, ())]):
        assert json.loads(written(packet)) == json.loads(json_dumps(packet))
