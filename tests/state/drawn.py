"""What a browser sends beside what a test says: for which address the page was drawn."""

from collections.abc import Mapping
from typing import Any, get_type_hints

from typing_extensions import is_typeddict


def as_drawn(state: Any, handler: Any, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as the page of this tab's address sends them, unless the test says otherwise."""
    sent = dict(arguments)
    for name, hint in get_type_hints(handler).items():
        if name == "shown_for":
            sent.setdefault(name, state._address)
        elif is_typeddict(hint) and "shown_for" in hint.__annotations__ and isinstance(sent.get(name), dict):
            sent[name] = {"shown_for": state._address} | sent[name]
    return sent
