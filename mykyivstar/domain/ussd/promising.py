"""A promised payment and the grace week by phone: the sums on offer, what it means, taken once (N2)."""

from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.promises.conditions import Offer, offers
from mykyivstar.domain.promises.giving import give
from mykyivstar.domain.ussd.screens import Place, Screen, ScreenName
from mykyivstar.domain.ussd.talk import BACK, YES, Talk, again, at_place, nothing_done
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money

SUMS_MAX = 4


async def begin(talk: Talk) -> Screen:
    """What the line may borrow. Raises the refusal of the offer."""
    offer = await _offer(talk, HoldingKey(HoldingKind.LINE, talk.owner.line_id))
    sums = list(offer.sums)[:SUMS_MAX]
    values = {"sums": sums, "price": offer.price, "day": offer.last_day}
    return at_place(Place.PROMISE_SUM, ScreenName.PROMISE_SUMS, values)


async def chosen(talk: Talk) -> Screen:
    """A sum is chosen: show what it means."""
    if talk.text.strip() == BACK:
        return nothing_done()
    key = HoldingKey(HoldingKind.LINE, talk.owner.line_id)
    offer = await _offer(talk, key)
    choice = talk.choice(min(len(offer.sums), SUMS_MAX))
    if choice is None:
        return again(await begin(talk))
    return _check(Place.PROMISE_CHECK, ScreenName.PROMISE_CHECK, offer, offer.sums[choice - 1])


async def begin_grace(talk: Talk, account_id: int) -> Screen:
    """What is missing for the home internet. Raises the refusal of the offer, NotFound for others' accounts."""
    offer = await _offer(talk, HoldingKey(HoldingKind.INTERNET, account_id))
    return _check(Place.GRACE_CHECK, ScreenName.GRACE_CHECK, offer, offer.sums[0])


async def answered(talk: Talk) -> Screen:
    """Yes or no to what was shown."""
    key, amount = HoldingKey.parse(talk.typed["to"]), Money(talk.typed["amount"])
    is_line = key.kind is HoldingKind.LINE
    if talk.text.strip() == BACK:
        return nothing_done()
    if talk.text.strip() != YES:
        offer = await _offer(talk, key)
        place, name = _asking(is_line=is_line)
        return again(_check(place, name, offer, amount))
    means = talk.means
    async with means.unit_of_work() as session:
        await give(
            session,
            talk.actor,
            key=f"promise:{talk.key}",
            to=key,
            amount=amount,
            language=talk.owner.language,
            terms=means.promise_terms,
            limits=means.limits,
            at=talk.at,
        )
    price, day = means.promise_terms.price(key.kind), means.promise_terms.last_day(key.kind, talk.at)
    name = ScreenName.PROMISE_DONE if is_line else ScreenName.GRACE_DONE
    return Screen(name, {"amount": amount, "total": amount + price, "day": day})


async def _offer(talk: Talk, key: HoldingKey) -> Offer:
    async with talk.means.unit_of_work() as session:
        found = await offers(session, talk.actor, talk.means.promise_terms, at=talk.at)
    offer = next((each for each in found if each.key == key), None)
    if offer is None:
        raise NotFound
    if offer.refusal is not None:
        raise offer.refusal
    return offer


def _check(place: Place, name: ScreenName, offer: Offer, amount: Money) -> Screen:
    values = {"amount": amount, "total": amount + offer.price, "day": offer.last_day}
    return at_place(place, name, values, to=str(offer.key), amount=amount.kopiykas)


def _asking(*, is_line: bool) -> tuple[Place, ScreenName]:
    if is_line:
        return Place.PROMISE_CHECK, ScreenName.PROMISE_CHECK
    return Place.GRACE_CHECK, ScreenName.GRACE_CHECK
