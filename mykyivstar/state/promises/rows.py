"""What the promised payment page shows, as plain values: kopiykas, ISO dates, refusals in three languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from mykyivstar.domain.promises.conditions import Offer
from mykyivstar.domain.promises.queries import PromiseView
from mykyivstar.state.forms import in_all_languages


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What is possible for one of a person's own; without `sums`, `refusal` says why not."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str
    balance: int | None
    sums: list[int]
    price: int
    last_day: str
    refusal: dict[str, str]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promised payment, open or paid back; `code` opens its payment, "" where somebody else took it."""

    id: int
    kind: str
    number: str
    code: str
    amount: int
    price: int
    owed: int
    is_open: bool
    given_on: str
    last_day: str


def offer_rows(offers: Sequence[Offer]) -> list[OfferRow]:
    """In the order of the person's own."""
    return [
        OfferRow(
            key=str(offer.key),
            kind=offer.key.kind.value,
            nickname=offer.part.nickname,
            number=offer.part.number,
            colour=offer.part.colour.value,
            balance=None if offer.part.balance is None else offer.part.balance.kopiykas,
            sums=[each.kopiykas for each in offer.sums],
            price=offer.price.kopiykas,
            last_day=offer.last_day.isoformat(),
            refusal=in_all_languages(offer.refusal) if offer.refusal is not None else {},
        )
        for offer in offers
    ]


def promise_rows(promises: Sequence[PromiseView]) -> list[PromiseRow]:
    """The newest first."""
    return [
        PromiseRow(
            id=each.id,
            kind=each.key.kind.value,
            number=each.number,
            code=each.code,
            amount=each.amount.kopiykas,
            price=each.price.kopiykas,
            owed=each.owed.kopiykas,
            is_open=each.is_open,
            given_on=each.given_on.isoformat(),
            last_day=each.last_day.isoformat(),
        )
        for each in promises
    ]
