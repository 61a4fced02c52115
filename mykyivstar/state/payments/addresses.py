"""Addresses of the payment pages. An order travels in the address of its check page: whoever loads that page anew, or
in a second tab, sees and pays the same order, once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from mykyivstar import routes
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money

_WISH = re.compile(r"((?:line|internet):[1-9][0-9]{0,17}|[0-9]{7,12})-([1-9][0-9]{0,9})")
_KEY = re.compile(r"[A-Za-z0-9_-]{16,43}")
_CARD = re.compile(r"|[1-9][0-9]{0,17}")
_WISHES_MAX = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to get how much: one of the payer's own by its key ("line:12"), anybody else by their whole number.

    Never a stranger's key: counting keys up would tell their numbers.
    """

    whom: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Wanted:
    """A whole order as it stands in an address; `card` is a saved card's id, "" for one that the bank asks for."""

    key: str
    wishes: Sequence[Wish]
    card: str = ""
    remember: bool = False

    @classmethod
    def read(cls, key: str, wishes: str, card: str, *, remember: bool) -> "Wanted":
        """Raises Malformed for what none of our pages writes."""
        found = [_WISH.fullmatch(part) for part in wishes.split("_")]
        if not _KEY.fullmatch(key) or not _CARD.fullmatch(card) or not all(found) or len(found) > _WISHES_MAX:
            raise Malformed
        return cls(key, [Wish(each[1], Money(int(each[2]))) for each in found if each], card, remember)

    @property
    def written(self) -> str:
        """The wishes as `read` takes them."""
        return "_".join(f"{wish.whom}-{wish.amount.kopiykas}" for wish in self.wishes)

    def is_the_same_as(self, other: "Wanted") -> bool:
        """Whether both are one order: what a payment's key stands for."""
        return (self.written, self.card) == (other.written, other.card)

    @property
    def address(self) -> str:
        """Of the page on which it is checked and paid."""
        query = {"form": self.key, "for": self.written}
        query |= {"card": self.card} if self.card else {}
        query |= {"remember": "1"} if self.remember else {}
        return f"{routes.TOP_UP_CHECK}?{urlencode(query, safe=':')}"


def card_id(card: str) -> int:
    """A saved card's id as forms send it. Raises Malformed."""
    if not card or not _CARD.fullmatch(card):
        raise Malformed
    return int(card)


def of_payment(code: str) -> str:
    """The page of a payment."""
    return routes.PAYMENT.replace("[code]", code)


def of_top_up(wishes: Sequence[Wish]) -> str:
    """The form, filled in with these; the one for several when there are several."""
    if len(wishes) == 1:
        query = {"to": wishes[0].whom, "amount": typed(wishes[0].amount)}
        return f"{routes.TOP_UP}?{urlencode(query, safe=':')}"
    written = Wanted("", wishes).written
    return f"{routes.WALLET}?{urlencode({'for': written}, safe=':')}"


def typed(amount: Money) -> str:
    """An amount as people type it: 100 or 74,95."""
    hryvnias, kopiykas = divmod(amount.kopiykas, 100)
    return f"{hryvnias},{kopiykas:02}" if kopiykas else str(hryvnias)
