"""Somebody at the menu: who they are, what they typed, and what every verb of the menu takes alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.promises.terms import PromiseTerms
from mykyivstar.domain.ussd.reading import Owner
from mykyivstar.domain.ussd.screens import Place, Screen, ScreenName
from mykyivstar.kit.msisdn import Msisdn

BACK = "0"
YES = "1"


@dataclass(frozen=True, slots=True)
class Means:
    """What this installation's menu works with."""

    unit_of_work: UnitOfWork
    secret_key: bytes
    limits: PaymentLimits
    promise_terms: PromiseTerms


@dataclass(frozen=True, slots=True)
class Talk:
    """One answer of one phone. `key` names the request for ever: what it starts is started once."""

    means: Means
    owner: Owner
    msisdn: Msisdn
    key: str
    place: str
    typed: Mapping[str, Any]
    text: str
    at: datetime

    @property
    def actor(self) -> Actor:
        assert self.owner.actor is not None, "only who has a profile comes here"
        return self.owner.actor

    @property
    def visitor(self) -> str:
        """As codes know this phone: a code that was asked for here is typed here, in whichever dialogue."""
        return f"ussd:{self.msisdn.digits}"

    def choice(self, most: int) -> int | None:
        """Which of the numbered lines was chosen, from 1; None for none of them."""
        answer = self.text.strip()
        return int(answer) if answer.isascii() and answer.isdigit() and 1 <= int(answer[:3]) <= most else None


def nothing_done() -> Screen:
    """Given up by its own person."""
    return Screen(ScreenName.NOTHING_DONE)


def again(screen: Screen) -> Screen:
    """The same question, where the answer was none of the choices."""
    return Screen(screen.name, screen.values, screen.place, screen.typed, is_again=True)


def at_place(place: Place, name: ScreenName, values: Mapping[str, Any], **typed: Any) -> Screen:
    """A question, and what its answer will build on."""
    return Screen(name, values, place, typed)
