"""All payments: by day with totals, filtered by the address, further at a touch; and the saved cards."""

from datetime import timedelta
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.errors import CardNameMalformed
from mykyivstar.domain.payments.models import Cause, Failure, PaymentState, Source
from mykyivstar.domain.payments.opening import Payer, Share
from mykyivstar.domain.payments.states import advance
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.payments.cards import CardsState
from mykyivstar.state.payments.history import HistoryState
from tests.factories.payments import make_payment
from tests.state.payments.conftest import PayersTab

LINE_1, LINE_2 = HoldingKey.parse("line:1"), HoldingKey.parse("line:2")


async def paid(world: Database, clock: FixedClock, actor: Actor, *shares: Share, key: str, **fields: Any) -> None:
    """A payment of some days ago that has ended."""
    at = clock.now() - timedelta(days=fields.pop("days", 0))
    failure = fields.pop("failure", None)
    async with world.unit_of_work() as session:
        payer = Payer(profile_id=actor.profile_id)
        payment = await make_payment(session, *shares, key=key, at=at, payer=payer, **fields)
        if failure is not None:
            await advance(session, payment, PaymentState.FAILED, at=at, cause=Cause.CLOCK, failure=failure)
        else:
            await credit(session, payment, at=at, cause=Cause.NOTICE)


@pytest.fixture
async def some(world: Database, clock: FixedClock, olena: PayersTab, stranger: PayersTab) -> PayersTab:
    """Olena paid twice today, once in vain, and once the day before for two; a stranger once."""
    hers, ten = olena.who.actor, Share(LINE_1, Money.uah(10))
    await paid(world, clock, hers, ten, Share(LINE_2, Money.uah(5)), key="a", days=1)
    await paid(world, clock, hers, ten, key="b")
    await paid(world, clock, hers, ten, key="c", failure=Failure.WRONG_CODE)
    await paid(world, clock, hers, Share(LINE_2, Money.uah(7)), key="d", source=Source.PROMISE)
    await paid(world, clock, stranger.who.actor, ten, key="e")
    return olena


async def test_the_newest_stand_first_under_their_days_with_what_arrived(some: PayersTab):
    state = await some.open(HistoryState, "/payments")
    assert [(day.day, day.total, [row.amount for row in day.rows]) for day in state.days] == [
        ("2026-11-22", 1700, [700, 1000, 1000]),
        ("2026-11-21", 1500, [1500]),
    ]
    first, last = state.days[0].rows[2], state.days[1].rows[0]
    assert (first.nickname, first.count, first.state) == ("Mine", 1, "credited")
    assert last.count == 2
    assert first.href.startswith("/payments/")
    assert (state.has_more, state.is_filtered) == (False, False)


async def test_the_address_filters_and_each_filter_keeps_the_other(some: PayersTab):
    state = await some.open(HistoryState, "/payments?source=card&state=credited")
    assert [row.amount for day in state.days for row in day.rows] == [1000, 1500]
    assert [choice.href for choice in state.sources if choice.value in {"", "promise"}] == [
        "/payments?state=credited",
        "/payments?state=credited&source=promise",
    ]
    assert [choice.value for choice in state.states if choice.chosen] == ["credited"]
    state = await some.open(HistoryState, "/payments?source=partner")
    assert (list(state.days), state.is_filtered) == ([], True)


async def test_a_filter_that_is_none_of_ours_filters_nothing(some: PayersTab):
    state = await some.open(HistoryState, "/payments?source=magic&state=%00")
    assert (len(state.days), state.is_filtered) == (2, False)


async def test_more_come_by_portions_and_a_day_that_goes_on_has_no_total_yet(
    world: Database, clock: FixedClock, olena: PayersTab
):
    for number in range(65):
        share = Share(LINE_1, Money.uah(1))
        await paid(world, clock, olena.who.actor, share, key=f"k{number:02}", days=(64 - number) // 33)
    state = await olena.open(HistoryState, "/payments")
    assert [(day.total, len(day.rows)) for day in state.days] == [(None, 30)]
    assert state.has_more
    await olena.run(HistoryState, "show_more")
    assert [(day.total, len(day.rows)) for day in state.days] == [(3300, 33), (None, 27)]
    await olena.run(HistoryState, "show_more")
    assert [(day.total, len(day.rows)) for day in state.days] == [(3300, 33), (3200, 32)]
    assert not state.has_more


async def test_nothing_yet_is_empty_and_not_filtered(olena: PayersTab):
    state = await olena.open(HistoryState, "/payments")
    assert (state.ready, list(state.days), state.is_filtered) == (True, [], False)


async def test_a_card_gets_a_name_and_goes_after_a_question(olena: PayersTab, kept_card: str):
    state = await olena.open(CardsState, "/wallet")
    assert [(row.id, row.mask) for row in state.rows] == [(kept_card, "Visa •••• 1902")]
    await olena.run(CardsState, "open_name", card=kept_card)
    await olena.run(CardsState, "save_name", form={"name": "x" * 41})
    assert state.field_refusals["name"]["en"] == CardNameMalformed.sentence
    await olena.run(CardsState, "save_name", form={"name": " Salary "})
    assert (state.dialog, state.rows[0].name) == ("", "Salary")
    await olena.run(CardsState, "remove")
    assert len(state.rows) == 1
    await olena.run(CardsState, "open_removal", card=kept_card)
    await olena.run(CardsState, "remove")
    assert (state.dialog, list(state.rows)) == ("", [])


async def test_a_stranger_does_nothing_to_her_card(olena: PayersTab, stranger: PayersTab, kept_card: str):
    state = await stranger.open(CardsState, "/wallet")
    assert list(state.rows) == []
    for handler in ("open_name", "open_removal"):
        await stranger.run(CardsState, handler, card=kept_card)
        assert state.refusal["en"] == NotFound.sentence
    await stranger.run(CardsState, "remove")
    assert len((await olena.open(CardsState, "/wallet")).rows) == 1


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [("open_name", {"card": 1}), ("open_removal", {}), ("save_name", {"form": {"name": None}}), ("save_name", {})],
)
async def test_what_no_page_of_ours_sends_is_refused(olena: PayersTab, handler: str, arguments: dict[str, Any]):
    await olena.open(CardsState, "/wallet")
    await olena.run(CardsState, handler, **arguments)
    assert (await olena.see(CardsState)).refusal["en"] == Malformed.sentence
