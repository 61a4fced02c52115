"""Rules are made after a proof, by their owner, with sums that make sense."""

import asyncio
import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from mykyivstar.domain.auto_top_up import errors, rules
from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, RuleKind, RuleState
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments.errors import AmountOutOfRange, UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from tests.domain.auto_top_up.conftest import Payer, make_card
from tests.factories.people import make_line, make_person


async def test_a_rule_needs_a_fresh_proof(payer: Payer):
    old = dataclasses.replace(payer.actor, proved_at=payer.clock.now() - timedelta(minutes=11))
    for actor in (payer.actor, old):
        async with payer.database.unit_of_work() as session:
            with pytest.raises(ProofNeeded):
                await rules.make(session, actor, payer.wish(), key="f", limits=PaymentLimits(), at=payer.clock.now())
    made = await payer.make()
    async with payer.database.unit_of_work() as session:
        with pytest.raises(ProofNeeded):
            await rules.change(
                session, payer.actor, made.id or 0, payer.wish(), limits=PaymentLimits(), at=payer.clock.now()
            )


async def test_a_double_click_makes_one(payer: Payer):
    made = await asyncio.gather(*(payer.make() for _ in range(5)))
    assert len({rule.id for rule in made}) == 1


@pytest.mark.parametrize(
    ("kind", "fields", "refusal"),
    [
        (RuleKind.MONTHLY, {"amount": Money(99)}, AmountOutOfRange),
        (RuleKind.MONTHLY, {"amount": Money.uah(5_000, 1)}, AmountOutOfRange),
        (RuleKind.MONTHLY, {"amount": None}, AmountOutOfRange),
        (RuleKind.MONTHLY, {"day": 0}, errors.DayMalformed),
        (RuleKind.MONTHLY, {"day": 32}, errors.DayMalformed),
        (RuleKind.MONTHLY, {"day": None}, errors.DayMalformed),
        (RuleKind.BELOW, {"below": Money.ZERO}, errors.ThresholdOutOfRange),
        (RuleKind.BELOW, {"below": Money.uah(5_001)}, errors.ThresholdOutOfRange),
        (RuleKind.BELOW, {"below": None}, errors.ThresholdOutOfRange),
        (RuleKind.BELOW, {"month_most": None}, errors.CapNeeded),
        (RuleKind.BELOW, {"month_most": Money.uah(99)}, errors.CapTooSmall),
        (RuleKind.TARIFF, {}, errors.NoTariffFee),
        (RuleKind.MONTHLY, {"card_id": 999}, errors.CardNeeded),
        (RuleKind.MONTHLY, {"target": HoldingKey(HoldingKind.LINE, 999)}, UnknownTarget),
        (RuleKind.MONTHLY, {"target": HoldingKey(HoldingKind.INTERNET, 1)}, UnknownTarget),
    ],
)
async def test_what_makes_no_sense_is_refused(
    payer: Payer, kind: RuleKind, fields: dict[str, Any], refusal: type[CustomerError]
):
    with pytest.raises(refusal):
        await payer.make(kind, **fields)


@pytest.mark.parametrize("day", [1, 28, 29, 30, 31])
async def test_every_day_of_the_month_may_be_chosen(payer: Payer, day: int):
    assert (await payer.make(day=day)).day == day


async def test_a_relatives_line_may_be_topped_up_but_the_price_of_its_tariff_is_not_told(payer: Payer):
    async with payer.database.unit_of_work() as session:
        key = HoldingKey(HoldingKind.LINE, (await make_line(session, "380671000009")).id or 0)
    assert (await payer.make(target=key)).target == key
    assert (await payer.make(RuleKind.BELOW, target=key, key="form-2")).target == key
    with pytest.raises(errors.TariffOnlyOfOwn):
        await payer.make(RuleKind.TARIFF, target=key, key="form-3")


async def test_somebody_elses_card_pays_for_nothing(payer: Payer):
    async with payer.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    theirs = await make_card(payer.database, stranger)
    with pytest.raises(errors.CardNeeded):
        await payer.make(card_id=theirs.id)


async def test_the_same_rule_is_not_there_twice(payer: Payer):
    await payer.make()
    with pytest.raises(errors.SameRuleTwice):
        await payer.make(key="form-2", amount=Money.uah(50))
    await payer.make(key="form-3", day=5)
    await payer.make(RuleKind.BELOW, key="form-4")


async def test_a_profile_has_a_limit_of_rules(payer: Payer):
    for number in range(rules.RULES_MAX):
        async with payer.database.unit_of_work() as session:
            line = await make_line(session, f"3806730000{number:02}")
        await payer.make(target=HoldingKey(HoldingKind.LINE, line.id or 0), key=f"form-{number}")
    with pytest.raises(errors.TooManyRules):
        await payer.make(key="one-more")


async def test_strangers_touch_nothing(payer: Payer):
    made = await payer.make()
    async with payer.database.unit_of_work() as session:
        stranger = dataclasses.replace(await make_person(session, "stranger"), proved_at=payer.clock.now())
    about = {"at": payer.clock.now()}
    for act in (rules.pause, rules.resume, rules.delete):
        with pytest.raises(NotFound):
            async with payer.database.unit_of_work() as session:
                await act(session, stranger, made.id or 0, **about)
    with pytest.raises(NotFound):
        async with payer.database.unit_of_work() as session:
            await rules.change(session, stranger, made.id or 0, payer.wish(), limits=PaymentLimits(), **about)
    assert (await payer.rule()).state is RuleState.ACTIVE


async def test_a_deleted_rule_is_gone_for_its_owner_too(payer: Payer):
    made = await payer.make()
    async with payer.database.unit_of_work() as session:
        await rules.delete(session, payer.actor, made.id or 0, at=payer.clock.now())
    for act in (rules.pause, rules.resume, rules.delete):
        with pytest.raises(NotFound):
            async with payer.database.unit_of_work() as session:
                await act(session, payer.actor, made.id or 0, at=payer.clock.now())
    assert isinstance(await payer.make(key="form-2"), AutoTopUpRule)


async def test_a_rule_without_its_card_is_not_resumed(payer: Payer):
    made = await payer.make()
    await payer.remove_card()
    await payer.plan()
    with pytest.raises(errors.CardNeeded):
        async with payer.database.unit_of_work() as session:
            await rules.resume(session, payer.actor, made.id or 0, at=payer.clock.now())
    other = await make_card(payer.database, payer.actor)
    async with payer.database.unit_of_work() as session:
        wish = payer.wish(card_id=other.id)
        await rules.change(session, payer.proved, made.id or 0, wish, limits=PaymentLimits(), at=payer.clock.now())
    assert (await payer.rule()).state is RuleState.ACTIVE
