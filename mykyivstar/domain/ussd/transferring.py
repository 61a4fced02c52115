"""A transfer by phone, by the rules of every transfer (D5).

Above the sum of D5 a code goes to the giving line by SMS and names sum and getter, as always. It is typed here: in the
same dialogue, or, since an SMS may close it, in a later one of the same phone while the code works.
"""

from mykyivstar.domain.identity.errors import WrongCode
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.domain.payments.targets import find_target
from mykyivstar.domain.transfers import beginning, codes, flow
from mykyivstar.domain.transfers.beginning import Order
from mykyivstar.domain.transfers.errors import JustTransferred
from mykyivstar.domain.transfers.queries import Transfer, payment_of, pending
from mykyivstar.domain.transfers.rules import demand_amount
from mykyivstar.domain.ussd.reading import line_balance
from mykyivstar.domain.ussd.screens import Place, Screen, ScreenName
from mykyivstar.domain.ussd.talk import BACK, YES, Talk, again, at_place, nothing_done
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money


def begin() -> Screen:
    """To whom?"""
    return at_place(Place.TRANSFER_TO, ScreenName.TRANSFER_TO, {})


async def named(talk: Talk) -> Screen:
    """The number was typed: how much? Raises NotALogin, UnknownTarget."""
    if talk.text.strip() == BACK:
        return nothing_done()
    async with talk.means.unit_of_work() as session:
        target = await find_target(session, talk.text)
    limits = talk.means.limits
    values = {"number": target.number, "least": limits.transfer_least, "most": limits.transfer_most}
    return at_place(Place.TRANSFER_AMOUNT, ScreenName.TRANSFER_AMOUNT, values, to=target.number)


async def counted(talk: Talk) -> Screen:
    """The sum was typed: show what would happen. Raises NotAnAmount and what a transfer is refused with."""
    if talk.text.strip() == BACK:
        return nothing_done()
    amount = Money.parse(talk.text)
    demand_amount(amount, talk.means.limits)
    return await _check(talk, amount)


async def answered(talk: Talk) -> Screen:
    """Yes or no to what was shown; the same once more is asked about."""
    answer, is_again = talk.text.strip(), talk.place == Place.TRANSFER_AGAIN
    amount = Money(talk.typed["amount"])
    if answer == BACK:
        return nothing_done()
    if answer != YES:
        return again(_once_more(talk) if is_again else await _check(talk, amount))
    try:
        transfer = await beginning.begin(
            talk.means.unit_of_work,
            talk.means.secret_key,
            talk.actor,
            _order(talk, amount, again=is_again),
            limits=talk.means.limits,
            visitor=talk.visitor,
            address=talk.visitor,
            language=talk.owner.language,
            at=talk.at,
        )
    except JustTransferred:
        return _once_more(talk)
    if transfer.state is PaymentState.CONFIRMING:
        return _code(transfer)
    return await _done(talk, transfer)


async def waiting(talk: Talk) -> Transfer | None:
    """The transfer that was begun on this phone and waits for its code."""
    async with talk.means.unit_of_work() as session:
        transfer = await pending(session, talk.actor, at=talk.at)
        if transfer is None or transfer.giver != talk.msisdn.digits:
            return None
        out = await codes.newest(session, await payment_of(session, talk.actor, transfer.code))
        return transfer if out is not None and out.visitor == talk.visitor else None


async def ask_for_code(talk: Talk) -> Screen | None:
    """The question for the code of the transfer that waits; None when none does."""
    transfer = await waiting(talk)
    return _code(transfer) if transfer is not None else None


async def confirmed(talk: Talk) -> Screen:
    """The code was typed, or the transfer given up. Raises what `flow.confirm` does."""
    code = talk.typed["payment"]
    if talk.text.strip() == BACK:
        await flow.give_up(talk.means.unit_of_work, talk.actor, code=code, at=talk.at)
        return nothing_done()
    transfer = await flow.confirm(
        talk.means.unit_of_work,
        talk.means.secret_key,
        talk.actor,
        code=code,
        typed=talk.text,
        limits=talk.means.limits,
        visitor=talk.visitor,
        at=talk.at,
    )
    return await _done(talk, transfer)


def mend(talk: Talk, refusal: CustomerError) -> Screen:
    """The refusal, and where in the transfer it is mended; nowhere: the dialogue is over."""
    places = {"number": Place.TRANSFER_TO, "amount": Place.TRANSFER_AMOUNT}
    place = Place.TRANSFER_CODE if isinstance(refusal, WrongCode) else places.get(refusal.field)
    if place is Place.TRANSFER_AMOUNT and "to" not in talk.typed:
        place = None
    return Screen(ScreenName.REFUSED, {}, place, talk.typed, refusal=refusal)


async def _check(talk: Talk, amount: Money) -> Screen:
    async with talk.means.unit_of_work() as session:
        preview = await beginning.look_over(
            session, talk.actor, _order(talk, amount), limits=talk.means.limits, at=talk.at
        )
    values = {
        "amount": amount,
        "number": preview.number,
        "left": preview.left,
        "needs_code": preview.needs_code,
    }
    return at_place(
        Place.TRANSFER_CHECK, ScreenName.TRANSFER_CHECK, values, to=talk.typed["to"], amount=amount.kopiykas
    )


def _order(talk: Talk, amount: Money, *, again: bool = False) -> Order:
    giver = HoldingKey(HoldingKind.LINE, talk.owner.line_id)
    return Order(key=talk.key, giver=giver, to=talk.typed["to"], amount=amount, again=again)


def _once_more(talk: Talk) -> Screen:
    values = {"amount": Money(talk.typed["amount"]), "number": talk.typed["to"]}
    return Screen(ScreenName.TRANSFER_AGAIN, values, Place.TRANSFER_AGAIN, talk.typed)


def _code(transfer: Transfer) -> Screen:
    values = {"amount": transfer.amount, "number": transfer.number}
    return at_place(Place.TRANSFER_CODE, ScreenName.TRANSFER_CODE, values, payment=transfer.code)


async def _done(talk: Talk, transfer: Transfer) -> Screen:
    async with talk.means.unit_of_work() as session:
        left = (await line_balance(session, talk.owner.line_id)).money
    values = {"amount": transfer.amount, "number": transfer.number, "left": left or Money.ZERO}
    return Screen(ScreenName.TRANSFER_DONE, values)
