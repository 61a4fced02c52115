"""A process that dies in the middle of a transfer: what is left can be gone on with, and nothing moved twice."""

from collections.abc import Callable

import pytest

from mykyivstar.domain.identity.errors import CodeSpent
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.domain.transfers import beginning, codes, crediting, flow, queries
from mykyivstar.domain.transfers.queries import Transfer
from mykyivstar.kit.money import Money
from tests.domain.transfers.conftest import PLENTY, Purse


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


@pytest.fixture
def dies(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], None]:
    """`dies(module, "function")`: whoever calls that dies instead."""

    def at(module: object, name: str) -> None:
        async def die(*_arguments: object, **_named: object) -> None:
            raise Killed

        monkeypatch.setattr(module, name, die)

    return at


async def left(purse: Purse) -> Transfer:
    async with purse.database.reading() as session:
        waiting = await queries.pending(session, purse.olena, at=purse.clock.now())
    assert waiting is not None
    return waiting


async def test_before_the_code_was_sent_one_can_be_asked_for_at_once(
    purse: Purse, dies: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    dies(codes, "send_code")
    with pytest.raises(Killed):
        await purse.give(Money.uah(100))
    monkeypatch.undo()
    waiting = await left(purse)
    assert waiting.resend_at <= purse.clock.now()
    with pytest.raises(CodeSpent):
        await purse.confirm(waiting, "0000")
    await purse.again(waiting)
    assert (await purse.confirm(waiting, await purse.newest_code())).state is PaymentState.CREDITED


async def test_after_the_code_was_spent_another_one_finishes_it(
    purse: Purse, dies: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = await purse.give(Money.uah(100))
    code = await purse.newest_code()
    dies(flow, "credit_confirmed")
    with pytest.raises(Killed):
        await purse.confirm(waiting, code)
    monkeypatch.undo()
    assert await purse.has(purse.line, purse.taras) == [PLENTY, Money.ZERO]
    with pytest.raises(CodeSpent):
        await purse.confirm(waiting, code)
    await purse.again(waiting)
    assert (await purse.confirm(waiting, await purse.newest_code())).state is PaymentState.CREDITED
    assert await purse.has(purse.line, purse.taras) == [PLENTY - Money.uah(100), Money.uah(100)]


@pytest.mark.parametrize("kopiykas", [1_500, 10_000])
async def test_while_the_money_moves_all_of_it_is_done_or_nothing(
    purse: Purse, dies: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch, kopiykas: int
) -> None:
    order = purse.order(Money(kopiykas))
    waiting = await purse.begin(order) if kopiykas > 2_000 else None
    dies(crediting, "tell_both")
    with pytest.raises(Killed):
        await (purse.confirm(waiting, await purse.newest_code()) if waiting else purse.begin(order))
    monkeypatch.undo()
    assert await purse.has(purse.line, purse.taras) == [PLENTY, Money.ZERO]
    if waiting:
        await purse.again(waiting)
        await purse.confirm(waiting, await purse.newest_code())
    else:
        await purse.begin(order)
    assert await purse.has(purse.line, purse.taras) == [PLENTY - Money(kopiykas), Money(kopiykas)]


async def test_after_the_money_moved_the_same_form_finds_it(
    purse: Purse, dies: Callable[[object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = purse.order(Money.uah(15))
    dies(beginning, "of_code")
    with pytest.raises(Killed):
        await purse.begin(order)
    monkeypatch.undo()
    assert (await purse.begin(order)).state is PaymentState.CREDITED
    assert await purse.has(purse.taras) == [Money.uah(15)]
