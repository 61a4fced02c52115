"""Paying without a browser: Olena with her lines, a stranger, and a bank in memory."""

import inspect
from types import SimpleNamespace
from typing import Any

import pytest
import reflex as rx
from sqlmodel import col, select

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.payments.models import Payment, SavedCard
from mykyivstar.guard import Caller, calling
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.state.payments.check import CheckState
from mykyivstar.state.payments.top_up import TopUpState
from tests.factories.bank import CARD, Bank
from tests.factories.people import LONG_AGO, hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab


class PayersTab(Tab):
    """A tab that also runs handlers in several steps, may be nobody's, and follows where it is sent."""

    def __init__(self, actor: Actor | None, *, address: str = "/top-up", visitor: str = "browser") -> None:
        super().__init__(actor, address=address, visitor=visitor)  # type: ignore[arg-type]
        self.who = Caller(actor=actor, visitor=visitor, address="192.0.2.1")

    async def run(self, kind: type[rx.State], handler: str, **arguments: Any) -> str:
        """Have the browser call this; the address that it was sent to, "" for none."""
        state = await self.see(kind)
        sent_to = ""
        with calling(self.who):
            done = getattr(state, handler)(**arguments)
            for followed in [each async for each in done] if inspect.isasyncgen(done) else [await done]:
                if followed is not None:
                    sent_to = _target(followed)
        return sent_to

    async def open(self, kind: type[rx.State], address: str) -> Any:
        """Go to a page; its state."""
        self.go_to(address)
        await self.run(kind, "load")
        return await self.see(kind)

    async def fill_in(self, **typed: Any) -> str:
        """Send the top-up form; the address of its check page, "" when it was refused."""
        await self.open(TopUpState, "/top-up")
        return await self.run(TopUpState, "check", form={"to": "line:1", "amount": "100"} | typed)

    async def pay(self, address: str = "") -> str:
        """Press "Pay" on the check page that is open, or at this address; where it leads."""
        if address:
            await self.open(CheckState, address)
        check = await self.see(CheckState)
        form = {
            "shown_for": check.shown_for,
            "key": check.key,
            "wishes": check.wishes,
            "card": check.card.id if check.card else "",
            "remember": "1" if check.remember else "",
            "email": check.email,
        }
        return await self.run(CheckState, "pay", form=form)


def _target(spec: Any) -> str:
    """Where a redirect leads; the name of any other event."""
    path = next((value for name, value in spec.args if str(name) == "path"), None)
    return spec.handler.fn.__qualname__ if path is None else str(path._var_value)


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    made = Bank()
    monkeypatch.setattr(wiring, "ports", lambda: SimpleNamespace(acquirer=made, acquirer_named=lambda _name: made))
    return made


@pytest.fixture
async def olena(world: Database, bank: Bank) -> PayersTab:
    """Olena has line:1 with 5 hryvnias, line:2 with 40.01, internet:1 of which nothing is known; line:3 is not hers."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        first, second = await make_line(session), await make_line(session, "380671000002")
        await make_line(session, "380671000003")
        await hold(session, actor, first, position=0, nickname="Mine")
        await hold(session, actor, second, position=1)
        await hold(session, actor, await make_account(session), position=2)
        await put_money(session, first, Money.uah(5))
        await put_money(session, second, Money.uah(40, 1))
    return PayersTab(actor)


@pytest.fixture
async def stranger(world: Database, olena: PayersTab) -> PayersTab:
    """Somebody with a line of their own."""
    async with world.unit_of_work() as session:
        actor = await make_person(session, "stranger")
        await hold(session, actor, await make_line(session, "380672000001"))
    return PayersTab(actor, visitor="another browser")


@pytest.fixture
async def kept_card(world: Database, olena: PayersTab, clock: FixedClock) -> str:
    """Olena's saved card, as forms send it."""
    async with world.unit_of_work() as session:
        card = SavedCard(
            profile_id=olena.who.actor.profile_id,
            acquirer="bank",
            token=CARD.token,
            mask=CARD.mask,
            brand=CARD.brand,
            saved_at=LONG_AGO,
        )
        session.add(card)
        await session.flush()
        return str(card.id)


async def payments(world: Database) -> list[Payment]:
    """All that were ever begun."""
    async with world.reading() as session:
        return list((await session.exec(select(Payment).order_by(col(Payment.id)))).all())
