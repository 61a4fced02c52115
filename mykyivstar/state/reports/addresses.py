"""Addresses of `/details`: the days are in it, so that it can be kept, shared and gone back from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from mykyivstar import routes
from mykyivstar.domain.reports.periods import parse_day
from mykyivstar.kit.period import Month


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day, both included."""

    first: date
    last: date

    @classmethod
    def read(cls, query: Mapping[str, str], today: date) -> "Days":
        """Those of the address; last month's, which are free, when it names none. Raises NotADay."""
        if not query.get("from") and not query.get("to"):
            return presets(today)["last"]
        return cls(parse_day(query.get("from", "")), parse_day(query.get("to", "")))

    def address(self, line: str = "") -> str:
        """Of the page that shows them."""
        query = {"line": line} if line else {}
        query |= {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return f"{routes.DETAILS}?{urlencode(query, safe=':')}"


def presets(today: date) -> dict[str, Days]:
    """What most people want, by its name."""
    this = Month(today.year, today.month)
    last, three = this.shifted(-1), this.shifted(-3)
    end = this.first_day - timedelta(days=1)
    return {
        "this": Days(this.first_day, today),
        "last": Days(last.first_day, end),
        "three": Days(three.first_day, end),
    }


def of_report(code: str) -> str:
    """The page that shows what was ordered."""
    return f"{routes.DETAILS}?{urlencode({'report': code})}"


def of_file(code: str, ending: str) -> str:
    """Where a file of a report is taken away."""
    return f"/api/reports/{code}/{ending}"
