"""The menu: what a phone is shown for what was dialled or answered (I5, O7)."""

from collections.abc import Awaitable, Callable, Mapping

from mykyivstar.domain.lines.models import LineState
from mykyivstar.domain.ussd import blocking, promising, reading, transferring
from mykyivstar.domain.ussd.screens import Place, Screen, ScreenName
from mykyivstar.domain.ussd.talk import BACK, Talk, again, at_place
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money

MOBILE = "*110#"
INTERNET = "*460#"
#: Places where an answer is typed, so that a refusal can be mended by another one.
_OF_TRANSFERS = {
    Place.TRANSFER_TO,
    Place.TRANSFER_AMOUNT,
    Place.TRANSFER_CHECK,
    Place.TRANSFER_AGAIN,
    Place.TRANSFER_CODE,
}


async def dialled(talk: Talk) -> Screen:
    """The first screen of a dialogue."""
    if talk.owner.line is None:
        return Screen(ScreenName.NOT_OURS)
    if talk.owner.line.state is not LineState.ACTIVE:
        return Screen(ScreenName.BLOCKED)
    match talk.text.strip():
        case "*110#":
            return await _menu(talk)
        case "*460#":
            return await _internet(talk)
        case _:
            return Screen(ScreenName.UNKNOWN_CODE)


async def answered(talk: Talk) -> Screen:
    """What follows an answer; a refusal is a screen too, and says where it is mended."""
    if talk.owner.line is None or talk.owner.line.state is not LineState.ACTIVE:
        return Screen(ScreenName.BLOCKED)
    place = Place(talk.place)
    try:
        return await _ANSWERS[place](talk)
    except CustomerError as refusal:
        if place in _OF_TRANSFERS:
            return transferring.mend(talk, refusal)
        return Screen(ScreenName.REFUSED, refusal=refusal)


async def _menu(talk: Talk) -> Screen:
    async with talk.means.unit_of_work() as session:
        balance = await reading.line_balance(session, talk.owner.line_id)
    has_code = talk.owner.actor is not None and await transferring.waiting(talk) is not None
    values = {"balance": balance.money, "bonus": balance.bonus or Money.ZERO, "has_code": has_code}
    return at_place(Place.MENU, ScreenName.MENU, values)


async def _from_menu(talk: Talk) -> Screen:
    match talk.text.strip():
        case "0":
            return Screen(ScreenName.GOODBYE)
        case "1" | "2" | "5" as choice:
            return await _money(talk, choice) or again(await _menu(talk))
        case "6":
            return await _block(talk)
        case "3":
            return await _tariff(talk)
        case "4":
            return await _internet(talk)
        case _:
            return again(await _menu(talk))


async def _money(talk: Talk, choice: str) -> Screen | None:
    """The verbs for which somebody must be known; None where there is nothing to do."""
    if talk.owner.actor is None:
        return Screen(ScreenName.NO_PROFILE)
    if choice == "1":
        return await promising.begin(talk)
    return transferring.begin() if choice == "2" else await transferring.ask_for_code(talk)


async def _block(talk: Talk) -> Screen:
    return Screen(ScreenName.NO_PROFILE) if talk.owner.actor is None else await blocking.begin(talk)


async def _tariff(talk: Talk) -> Screen:
    assert talk.owner.line is not None, "only lines that are known come here"
    async with talk.means.unit_of_work() as session:
        standing = await reading.tariff_of(session, talk.owner.line, talk.at)
    return at_place(Place.TARIFF, ScreenName.TARIFF, {"standing": standing})


async def _internet(talk: Talk) -> Screen:
    async with talk.means.unit_of_work() as session:
        accounts = await reading.accounts_of(session, talk.msisdn)
    if not accounts:
        return Screen(ScreenName.NO_INTERNET)
    if len(accounts) > 1:
        numbers = [account.number for account in accounts]
        return at_place(Place.INTERNET_CHOICE, ScreenName.INTERNET_CHOICE, {"numbers": numbers})
    return await _account(talk, accounts[0].id or 0)


async def _account_chosen(talk: Talk) -> Screen:
    if talk.text.strip() == BACK:
        return Screen(ScreenName.GOODBYE)
    async with talk.means.unit_of_work() as session:
        accounts = await reading.accounts_of(session, talk.msisdn)
    choice = talk.choice(len(accounts))
    return again(await _internet(talk)) if choice is None else await _account(talk, accounts[choice - 1].id or 0)


async def _account(talk: Talk, account_id: int) -> Screen:
    async with talk.means.unit_of_work() as session:
        account = next(each for each in await reading.accounts_of(session, talk.msisdn) if each.id == account_id)
        balance = await reading.account_balance(session, account_id)
    values = {
        "number": account.number,
        "state": account.state,
        "balance": balance.money,
        "bonus": balance.bonus or Money.ZERO,
        "day": account.next_charge_at,
        "has_grace": talk.owner.actor is not None,
    }
    return at_place(Place.INTERNET, ScreenName.INTERNET, values, account=account_id)


async def _from_internet(talk: Talk) -> Screen:
    choice = talk.text.strip()
    if choice == BACK:
        return Screen(ScreenName.GOODBYE)
    if choice == "1" and talk.owner.actor is not None:
        return await promising.begin_grace(talk, talk.typed["account"])
    return again(await _account(talk, talk.typed["account"]))


async def _from_tariff(talk: Talk) -> Screen:
    return Screen(ScreenName.GOODBYE) if talk.text.strip() == BACK else again(await _tariff(talk))


_ANSWERS: Mapping[Place, Callable[[Talk], Awaitable[Screen]]] = {
    Place.MENU: _from_menu,
    Place.PROMISE_SUM: promising.chosen,
    Place.PROMISE_CHECK: promising.answered,
    Place.GRACE_CHECK: promising.answered,
    Place.TRANSFER_TO: transferring.named,
    Place.TRANSFER_AMOUNT: transferring.counted,
    Place.TRANSFER_CHECK: transferring.answered,
    Place.TRANSFER_AGAIN: transferring.answered,
    Place.TRANSFER_CODE: transferring.confirmed,
    Place.BLOCK_CHECK: blocking.answered,
    Place.BLOCK_WAITS: blocking.withdrawn,
    Place.TARIFF: _from_tariff,
    Place.INTERNET_CHOICE: _account_chosen,
    Place.INTERNET: _from_internet,
}
