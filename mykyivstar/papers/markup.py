"""HTML made on the server: whatever is put in as text stays text."""

from html import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


_VOID = {"br", "img", "input", "link", "meta"}


def tag(element: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """An element. `class_` and `for_` lose their underscore, other underscores are dashes; True is an attribute alone,
    None and False none at all.
    """
    inside = "" if element in _VOID else f"{together(*children)}</{element}>"
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{element}{written}>{inside}")


def together(*children: str) -> Html:
    """These one after another."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def _attribute(name: str, value: str | bool | None) -> str:  # noqa: FBT001 -- as HTML has them
    written = name.removesuffix("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {written}" if value is True else f' {written}="{escape(value)}"'
