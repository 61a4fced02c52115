"""How a form is prepared for somebody new, and sent with a key."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.kit.money import Money
from tests.domain.sent_twice.world import Somebody, World

Sending = Callable[[str], Awaitable[Any]]
Form = Callable[[World], Awaitable[Sending]]
FORMS: dict[str, Form] = {}

_InOne = Callable[[AsyncSession, World, Somebody, str], Awaitable[Any]]
_InSeveral = Callable[[World, Somebody, str], Awaitable[Any]]
Prepare = Callable[[World, Somebody], Awaitable[Any]]


async def _nothing(_world: World, _who: Somebody) -> None:
    """Nothing has to be there before."""


def in_one_transaction(money: Money = Money.uah(500), *, after: Prepare = _nothing) -> Callable[[_InOne], None]:
    """A form that somebody with so much money on the line and on home internet sends."""

    def keep(work: _InOne) -> None:
        async def send_in_one(world: World, who: Somebody, key: str) -> Any:
            async with world.database.unit_of_work() as session:
                return getattr(await work(session, world, who, key), "id", None)

        _keep(work.__name__, send_in_one, money, after)

    return keep


def in_several(*, after: Prepare = _nothing) -> Callable[[_InSeveral], None]:
    """The same for what is done in several transactions."""

    def keep(work: _InSeveral) -> None:
        _keep(work.__name__, work, Money.uah(500), after)

    return keep


def _keep(name: str, work: _InSeveral, money: Money, after: Prepare) -> None:
    async def form(world: World) -> Sending:
        who = await world.somebody(money)
        who.has = await after(world, who)

        async def send(key: str) -> Any:
            return await work(world, who, f"{key}-{who.number}")

        return send

    FORMS[name] = form
