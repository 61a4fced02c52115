"""What every component builds on: the types of its arguments, class names, ids of its parts, client components."""

from typing import Any

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import FunctionStringVar, VarData

#: Words a person reads: a literal only where there is nothing to translate.
Text = str | rx.Var
#: Anything that can stand inside a component.
Node = rx.Component | rx.Var | str
#: What happens: an event handler, an event, a client-side function, or a list of them.
Event = Any

KIT_FOLDER = "$/utils/kit"


def classes(*names: str | None) -> str:
    """Class names joined, the empty ones left out."""
    return " ".join(name for name in names if name)


def attributes(**given: Any) -> dict[str, Any]:
    """Only the attributes that were given: None means "not there"."""
    return {name: value for name, value in given.items() if value is not None}


def is_set(text: Text | None) -> rx.Var | bool:
    """Whether there is a text to show; a var is asked in the browser."""
    if text is None or isinstance(text, str):
        return bool(text)
    return text.bool()


def said(flag: rx.Var | bool) -> rx.Var | str:  # noqa: FBT001  the one thing that is turned into words
    """A flag as ARIA writes it: "true" or "false"."""
    return ("true" if flag else "false") if isinstance(flag, bool) else rx.cond(flag, "true", "false")


def when(condition: Any, shown: Node, otherwise: Node | None = None) -> rx.Component:
    """`rx.cond` that also takes a plain bool, so that literals cost nothing in the browser."""
    if isinstance(condition, bool):
        return rx.fragment(shown if condition else otherwise or "")
    return rx.cond(condition, shown, otherwise or rx.fragment())


def client_call(module: str, function: str, *arguments: str) -> rx.Var:
    """An event that runs a function of the kit in the browser, without asking the server."""
    call = f"{function}({', '.join(repr(argument) for argument in arguments)})"
    imports = {f"{KIT_FOLDER}/{module}": [ImportVar(tag=function, install=False)]}
    return FunctionStringVar.create(f"(() => {call})", _var_data=VarData(imports=imports))


def reload_page() -> rx.Var:
    """An event that loads the page anew."""
    return FunctionStringVar.create("(() => location.reload())")
