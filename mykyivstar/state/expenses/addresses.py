"""Addresses of the expenses pages: every choice is in them, so that they can be kept, shared and gone back from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from mykyivstar import routes
from mykyivstar.domain.expenses.headings import Heading
from mykyivstar.domain.expenses.history import Way
from mykyivstar.domain.expenses.search import TEXT_MAX
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.kit.period import Month

# Before that there was no operator.
_FIRST_YEAR = 1997
_ID_DIGITS_MAX = 18


def of_month(month: Month, line: str = "") -> str:
    """The page of a month."""
    return _address(routes.EXPENSES, {"line": line, "month": str(month)})


def of_entry(entry_id: int | None) -> str:
    """The page of an entry."""
    return routes.EXPENSES_ENTRY.replace("[id]", str(entry_id or 0))


def month_in(query: Mapping[str, str], at: datetime) -> Month | None:
    """The month that the address names, if it has begun."""
    try:
        month = Month.parse(query.get("month", ""))
    except ValueError:
        return None
    return month if month.year >= _FIRST_YEAR and month <= Month.of(at) else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the history is asked for; as it is, all of it, the newest first."""

    unit: Unit = Unit.UAH
    heading: Heading | None = None
    way: Way | None = None
    month: Month | None = None
    text: str = ""
    # Begin after this entry.
    after: int = 0

    @classmethod
    def read(cls, query: Mapping[str, str], at: datetime) -> "Wanted":
        """What the address says; what makes no sense in it is left out."""
        after = query.get("after", "")
        return cls(
            unit=_one_of(Unit, query.get("unit")) or Unit.UAH,
            heading=_one_of(Heading, query.get("what")),
            way=_one_of(Way, query.get("way")),
            month=month_in(query, at),
            text=query.get("q", "")[:TEXT_MAX],
            after=int(after) if after.isdecimal() and len(after) <= _ID_DIGITS_MAX else 0,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything could be left out."""
        return any((self.heading, self.way, self.month, self.text, self.after))

    def but(self, **changes: Any) -> "Wanted":
        """The same but for these, from the newest on."""
        return replace(self, **{"after": 0, **changes})

    def address(self, line: str = "") -> str:
        """Where it stands."""
        return _address(
            routes.EXPENSES_HISTORY,
            {
                "line": line,
                "unit": "" if self.unit is Unit.UAH else self.unit.value,
                "what": self.heading.value if self.heading else "",
                "way": self.way.value if self.way else "",
                "month": str(self.month) if self.month else "",
                "q": self.text,
                "after": str(self.after or ""),
            },
        )


def _one_of(kind: Any, said: str | None) -> Any:
    return next((each for each in kind if each.value == said), None)


def _address(route: str, query: Mapping[str, str]) -> str:
    said = {name: value for name, value in query.items() if value}
    return f"{route}?{urlencode(said, safe=':')}" if said else route
