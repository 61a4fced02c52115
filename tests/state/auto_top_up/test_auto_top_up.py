"""The auto top-up page: making a rule after a proof, what it will do, and what strangers and odd browsers get."""

import dataclasses
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, RuleState
from mykyivstar.domain.payments.models import SavedCard
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.state.auto_top_up.rows import RuleRow
from mykyivstar.state.auto_top_up.state import AutoState
from mykyivstar.state.proof import ProofState
from tests.factories.people import LONG_AGO, hold, make_line, make_person
from tests.state.conftest import Tab

MONTHLY = {"rule": "", "to": "line:1", "number": "", "what": "monthly", "amount": "100", "day": "25", "card": "1"}
BELOW = MONTHLY | {"what": "below", "below": "20", "month_most": "300"}
KEY = {"key": "k" * 20}


@pytest.fixture
async def olena(world: Database, clock: FixedClock) -> Tab:
    """line:1 is hers, line:2 somebody else's; card 1 is hers, card 2 not. She has just proved who she is."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        await hold(session, actor, await make_line(session), nickname="Mine")
        stranger = await make_person(session, "stranger")
        await hold(session, stranger, await make_line(session, "380672000001"))
        for person in (actor, stranger):
            card = SavedCard(
                profile_id=person.profile_id, acquirer="bank", token="t", mask="444403******1902", saved_at=LONG_AGO
            )
            session.add(card)
            await session.flush()
    tab = Tab(dataclasses.replace(actor, proved_at=clock.now()), address="/auto-top-up")
    await tab.do(AutoState.load)
    return tab


async def shown(tab: Tab) -> AutoState:
    return await tab.see(AutoState)


async def make(tab: Tab, **form: str) -> RuleRow:
    await tab.do(AutoState.save, form=MONTHLY | KEY | form)
    return (await shown(tab)).rules[0]


async def kept(world: Database) -> list[AutoTopUpRule]:
    async with world.reading() as session:
        return list(await session.exec(select(AutoTopUpRule)))


async def test_a_rule_is_checked_and_made_and_says_what_it_does_next(world: Database, olena: Tab):
    await olena.do(AutoState.new)
    assert (await shown(olena)).form["card"] == "1"
    await olena.do(AutoState.check, form=MONTHLY | {"key": (await shown(olena)).form["key"]})
    state = await shown(olena)
    assert state.plan is not None
    assert (state.step, state.plan.next_at, state.plan.amount) == ("check", "2026-11-25T08:00:00+00:00", 10000)
    await olena.do(AutoState.save, form=dict(state.form))
    row = (await shown(olena)).rules[0]
    assert (row.nickname, row.next_at, row.next_amount) == ("Mine", "2026-11-25T08:00:00+00:00", 10000)
    assert ((await shown(olena)).step, (await shown(olena)).saved) == ("list", 1)


async def test_without_a_fresh_proof_it_is_asked_for_and_nothing_is_made(world: Database, olena: Tab):
    assert olena.who.actor is not None
    old = Tab(dataclasses.replace(olena.who.actor, proved_at=None), address="/auto-top-up")
    await old.do(AutoState.save, form=MONTHLY | KEY)
    assert (await old.see(ProofState)).is_open
    assert await kept(world) == []


async def test_a_double_click_makes_one(world: Database, olena: Tab):
    for _ in range(3):
        await olena.do(AutoState.save, form=MONTHLY | KEY)
    assert len(await kept(world)) == 1


async def test_a_relatives_number_is_typed(world: Database, olena: Tab):
    row = await make(olena, to="other", number="067 200 00 01")
    assert (row.number, row.nickname) == ("380672000001", "")
    await olena.do(AutoState.edit, rule_id=row.id)
    assert (await shown(olena)).form["number"] == "380672000001"


async def test_fields_that_are_not_shown_come_as_null(world: Database, olena: Tab):
    await olena.do(AutoState.new)
    await olena.do(AutoState.check, form=BELOW | {"key": (await shown(olena)).form["key"], "day": None, "number": None})
    assert (await shown(olena)).step == "check"


async def test_a_rule_is_changed(world: Database, olena: Tab):
    row = await make(olena)
    await olena.do(AutoState.edit, rule_id=row.id)
    form = dict((await shown(olena)).form)
    assert (form["amount"], form["day"], form["rule"]) == ("100", "25", "1")
    await olena.do(AutoState.save, form=form | {"amount": "74,95", "day": "31"})
    rules = (await shown(olena)).rules
    assert [(rule.amount, rule.day, rule.next_at) for rule in rules] == [(7495, 31, "2026-11-30T08:00:00+00:00")]


async def test_a_rule_is_paused_resumed_and_deleted(world: Database, olena: Tab):
    row = await make(olena)
    await olena.do(AutoState.pause, rule_id=row.id)
    assert ((await shown(olena)).rules[0].paused, (await shown(olena)).rules[0].next_at) == ("owner", "")
    await olena.do(AutoState.resume, rule_id=row.id)
    assert (await shown(olena)).rules[0].paused == ""
    await olena.do(AutoState.ask_delete, rule_id=row.id)
    assert (await shown(olena)).deleting == (await shown(olena)).rules[0]
    await olena.do(AutoState.delete, rule_id=row.id)
    assert (await shown(olena)).rules == []
    assert (await kept(world))[0].state is RuleState.DELETED


async def test_a_removed_card_is_seen_at_once(world: Database, olena: Tab, clock: FixedClock):
    await make(olena)
    async with world.unit_of_work() as session:
        (await session.get_one(SavedCard, 1)).removed_at = clock.now()
    await olena.do(AutoState.refresh)
    state = await shown(olena)
    assert (state.rules[0].paused, state.cards) == ("card_removed", [])
    await olena.do(AutoState.resume, rule_id=1)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (MONTHLY | {"amount": "0"}, "amount"),
        (MONTHLY | {"amount": "-1"}, "amount"),
        (MONTHLY | {"amount": "1e9"}, "amount"),
        (MONTHLY | {"amount": "5000,01"}, "amount"),
        (MONTHLY | {"amount": "12,34,5"}, "amount"),
        (MONTHLY | {"amount": "сто"}, "amount"),
        (MONTHLY | {"day": "0"}, "day"),
        (MONTHLY | {"day": "32"}, "day"),
        (MONTHLY | {"day": "1.5"}, "day"),
        (MONTHLY | {"day": ""}, "day"),
        (BELOW | {"below": ""}, "below"),
        (BELOW | {"below": "-5"}, "below"),
        (BELOW | {"below": "5001"}, "below"),
        (BELOW | {"month_most": ""}, "month_most"),
        (BELOW | {"month_most": "99"}, "month_most"),
        (MONTHLY | {"card": ""}, "card"),
        (MONTHLY | {"card": "2"}, "card"),
        (MONTHLY | {"card": "999999999999999999"}, "card"),
        (MONTHLY | {"card": "1; DROP"}, "card"),
        (MONTHLY | {"to": "other", "number": "мама"}, "number"),
        (MONTHLY | {"to": "other", "number": "0670009999"}, "number"),
        (MONTHLY | {"to": "other", "number": "0672000001", "what": "tariff", "month_most": "500"}, "number"),
    ],
)
async def test_what_makes_no_sense_is_said_beside_its_field(
    world: Database, olena: Tab, form: dict[str, str], field: str
):
    await olena.do(AutoState.new)
    await olena.do(AutoState.check, form=form | KEY)
    state = await shown(olena)
    assert (state.step, list(state.field_refusals)) == ("form", [field])
    assert state.form["amount"] == form["amount"]
    await olena.do(AutoState.save, form=form | KEY)
    assert await kept(world) == []


@pytest.mark.parametrize("to", ["line:2", "line:99", "internet:1", "nobody", ""])
async def test_a_key_of_somebody_elses_is_not_found(world: Database, olena: Tab, to: str):
    await olena.do(AutoState.save, form=MONTHLY | KEY | {"to": to})
    assert (await shown(olena)).refusal["en"] == NotFound.sentence
    assert await kept(world) == []


@pytest.mark.parametrize(
    "form",
    [
        MONTHLY,
        MONTHLY | {"key": "short"},
        MONTHLY | KEY | {"what": "weekly"},
        MONTHLY | KEY | {"rule": "-1"},
        MONTHLY | KEY | {"rule": "1 OR 1=1"},
        MONTHLY | KEY | {"amount": 5},
        MONTHLY | KEY | {"amount": "1" * 3000},
        [],
        "x",
    ],
)
async def test_forms_that_are_none_of_ours_make_nothing(world: Database, olena: Tab, form: Any):
    await olena.do(AutoState.save, form=form)
    assert (await shown(olena)).refusal["en"] == Malformed.sentence
    assert await kept(world) == []


@pytest.mark.parametrize("rule_id", [1, 0, -1, 999, "1", None])
async def test_strangers_touch_no_rule(world: Database, olena: Tab, clock: FixedClock, rule_id: Any):
    await make(olena)
    async with world.unit_of_work() as session:
        other = await make_person(session, "other")
    stranger = Tab(dataclasses.replace(other, proved_at=clock.now()), address="/auto-top-up")
    await stranger.do(AutoState.load)
    for handler in (AutoState.edit, AutoState.pause, AutoState.resume, AutoState.ask_delete, AutoState.delete):
        await stranger.do(handler, rule_id=rule_id)
        assert (await shown(stranger)).refusal["en"]
    assert ((await shown(stranger)).rules, (await shown(stranger)).deleting) == ([], None)
    assert (await kept(world))[0].state is RuleState.ACTIVE


async def test_a_strangers_rule_is_not_changed_by_its_id(world: Database, olena: Tab, clock: FixedClock):
    await make(olena)
    async with world.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, await make_line(session, "380673000001"))
        session.add(SavedCard(profile_id=other.profile_id, acquirer="bank", token="t", mask="m", saved_at=LONG_AGO))
    stranger = Tab(dataclasses.replace(other, proved_at=clock.now()), address="/auto-top-up")
    await stranger.do(AutoState.save, form=MONTHLY | KEY | {"rule": "1", "to": "line:3", "card": "3"})
    assert (await shown(stranger)).refusal["en"] == NotFound.sentence
    assert (await kept(world))[0].line_id == 1


def test_every_handler_is_for_the_signed_in():
    for name, handler in AutoState.event_handlers.items():
        if (policy := policy_of(handler.fn)) is not None:
            assert not policy.is_public, name
