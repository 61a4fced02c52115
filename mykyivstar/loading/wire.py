"""What goes to browsers over their sockets is written by orjson, in a quarter of the time of the framework's own."""

from dataclasses import is_dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import orjson
from reflex.state import StateUpdate
from reflex_base.utils import format as framework
from reflex_base.utils.serializers import get_serializer, serialize

# Rows are written by their fields, as the framework writes what has no serializer; all else asks its serializers.
_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def written(value: Any, **how: Any) -> str:
    """The JSON that the framework writes, spaces left out."""
    try:
        return orjson.dumps(_prepared(value), serialize, _OPTIONS).decode()
    except TypeError:
        # Half a character, a number beyond 64 bits: the framework has its own opinion of these.
        return framework.json_dumps(value, **how)


def use_quick_json(app: Any) -> None:
    """Have this app's sockets write so; what they read is read as before."""
    known = app.sio.packet_class.json
    app.sio.packet_class.json = SimpleNamespace(dumps=written, loads=known.loads)


def _prepared(packet: Any) -> Any:
    """A packet with an update in it; the few data classes of the framework that have serializers are vars of states."""
    if type(packet) is not list:
        return packet
    return [_update(each) if type(each) is StateUpdate else each for each in packet]


def _update(update: StateUpdate) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if update.delta:
        said["delta"] = {
            state: {name: _value(value) for name, value in of_state.items()} for state, of_state in update.delta.items()
        }
    if update.events:
        said["events"] = update.events
    return said


def _value(value: Any) -> Any:
    cls: Any = type(value)
    return orjson.Fragment(framework.json_dumps(value)) if _has_its_own_way(cls) else value


@cache
def _has_its_own_way(cls: type) -> bool:
    return is_dataclass(cls) and get_serializer(cls) is not None
