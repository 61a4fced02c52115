"""What the forms of a store send (K6)."""

from datetime import date
from typing import TYPE_CHECKING, Any, NotRequired

from typing_extensions import TypedDict

from mykyivstar.domain.stores.columns import COLUMNS
from mykyivstar.domain.stores.errors import DifferentDayUnfit
from mykyivstar.domain.stores.models import SERVICES

_TEXTS = tuple(column for column in COLUMNS if column != "services")

# Every column but services as it is called in files; services, a tick each; and codes that pages have no words for.
if TYPE_CHECKING:
    # Whose keys are computed, no type checker can read.
    StoreForm = dict[str, Any]
else:
    StoreForm = TypedDict(
        "StoreForm",
        {
            **dict.fromkeys(_TEXTS, str),
            "shown_for": str,
            "code": NotRequired[str],
            "other_services": str,
            **{f"service_{code}": NotRequired[str | bool] for code in SERVICES},
        },
    )


class DifferentDayForm(TypedDict):
    """A day of which address's store, its hours ("" when it is closed), and why."""

    shown_for: str
    day: str
    hours: str
    reason: str


def texts_of(form: StoreForm) -> dict[str, str]:
    """The text of every column."""
    ticked = {code for code in SERVICES if form.get(f"service_{code}")}
    services = " ".join(sorted(ticked | set(form["other_services"].split())))
    return {**{column: form[column] for column in _TEXTS}, "services": services}


def day_of(text: str) -> date:
    """The day that was chosen. Raises DifferentDayUnfit."""
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise DifferentDayUnfit from unreadable
