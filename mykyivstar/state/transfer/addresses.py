"""Addresses of the transfer pages. An order travels in the address of its check page: whoever loads that page anew, or
in a second tab, sees and makes the same transfer, once.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from mykyivstar import routes
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.transfers.beginning import Order
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.state.payments.addresses import typed

_KEY = re.compile(r"[A-Za-z0-9_-]{16,60}")
_NUMBER = re.compile(r"[0-9]{7,12}")
_KOPIYKAS = re.compile(r"[1-9][0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A whole order as it stands in an address: from one's own by its key, to anybody by their whole number."""

    key: str
    giver: HoldingKey
    number: str
    amount: Money

    @classmethod
    def read(cls, key: str, giver: str, number: str, kopiykas: str) -> "Wanted":
        """Raises Malformed for what none of our pages writes, NotFound for a key that is none."""
        if not (_KEY.fullmatch(key) and _NUMBER.fullmatch(number) and _KOPIYKAS.fullmatch(kopiykas)):
            raise Malformed
        return cls(key, HoldingKey.parse(giver), number, Money(int(kopiykas)))

    @property
    def address(self) -> str:
        """Of the page on which it is checked and made."""
        query = {"form": self.key, "from": str(self.giver), "to": self.number, "amount": self.amount.kopiykas}
        return f"{routes.TRANSFER_CHECK}?{urlencode(query, safe=':')}"

    @property
    def form(self) -> str:
        """Of the form, filled in with it."""
        query = {"from": str(self.giver), "to": self.number, "amount": typed(self.amount)}
        return f"{routes.TRANSFER}?{urlencode(query, safe=':')}"

    def order(self, *, again: bool = False) -> Order:
        """As the domain takes it."""
        return Order(key=self.key, giver=self.giver, to=self.number, amount=self.amount, again=again)


def of_transfer(code: str) -> str:
    """The page of a transfer that was begun."""
    return f"{routes.TRANSFER_CHECK}?{urlencode({'transfer': code})}"
