"""Opening hours that no program could read do not get in."""

from mykyivstar.domain.imports.problems import BadValue
from mykyivstar.domain.stores.hours import Hours, UnreadableHours


def opening_hours(text: str) -> str:
    """The text as it is, if it is opening hours in the OpenStreetMap syntax. Raises BadValue."""
    try:
        Hours(text)
    except UnreadableHours as error:
        raise BadValue(
            f"the opening hours '{text}' cannot be read; write them like Mo-Fr 09:00-19:00; Su off"
        ) from error
    return text
