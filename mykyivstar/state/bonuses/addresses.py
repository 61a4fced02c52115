"""An order of bonuses travels in the address of its check page: loaded anew or in another tab, it is the same."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from mykyivstar import routes
from mykyivstar.domain.bonuses.transferring import Order
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money

_KEY = re.compile(r"[A-Za-z0-9_-]{16,60}")
_NUMBER = re.compile(r"380[0-9]{9}")
_BONUSES = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A whole order as it stands in an address."""

    key: str
    account: HoldingKey
    number: str
    bonuses: int

    @classmethod
    def read(cls, key: str, account: str, number: str, bonuses: str) -> "Wanted":
        """Raises Malformed for what none of our pages writes, NotFound for a key that is none."""
        if not (_KEY.fullmatch(key) and _NUMBER.fullmatch(number) and _BONUSES.fullmatch(bonuses)):
            raise Malformed
        return cls(key, HoldingKey.parse(account), number, int(bonuses))

    @property
    def address(self) -> str:
        """Of the page on which it is checked and made."""
        query = {"form": self.key, "from": str(self.account), "to": self.number, "bonuses": self.bonuses}
        return f"{routes.INTERNET_BONUSES_CHECK}?{urlencode(query, safe=':')}"

    @property
    def form(self) -> str:
        """Of the form, filled in with it."""
        query = {"line": str(self.account), "to": self.number, "bonuses": self.bonuses}
        return f"{routes.INTERNET_BONUSES}?{urlencode(query, safe=':')}"

    @property
    def order(self) -> Order:
        """As the domain takes it."""
        return Order(self.key, self.account, self.number, Money.uah(self.bonuses))
