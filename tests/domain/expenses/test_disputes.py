"""A charge can be disputed in one tap; what needs a yes and has none is back at once."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.consents.models import ConsentTo, PaidConsent
from mykyivstar.domain.expenses.disputes import dispute_entry
from mykyivstar.domain.expenses.errors import NotDisputable, OnlyTheOwnerDisputes
from mykyivstar.domain.expenses.story import story_of
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.payments.models import Dispute, DisputeState
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_line, make_person, put_money

MUSIC = {"rule": "service/music", "net": 2274, "vat": 455, "duty": 171}
CONTENT = {"rule": "price love/paid_content", "category": "paid_content", "quantity": 1}


async def world(session, **fields):
    actor, line = await make_person(session), await make_line(session)
    await hold(session, actor, line, **fields)
    await put_money(session, line, Money.uah(100))
    return actor, line


@pytest.mark.parametrize(("kind", "why"), [(OperationKind.SERVICE_FEE, MUSIC), (OperationKind.USAGE, CONTENT)])
async def test_without_a_yes_on_record_the_money_is_back_at_once(database: Database, clock: FixedClock, kind, why):
    async with database.unit_of_work() as session:
        actor, line = await world(session)
        charge = await move(session, line, -2_900, at=clock.now(), kind=kind, why=why)
    async with database.unit_of_work() as session:
        dispute = await dispute_entry(session, actor, charge.id or 0, at=clock.now())
        again = await dispute_entry(session, actor, charge.id or 0, words="again", at=clock.now())
        assert again.id == dispute.id
    async with database.reading() as session:
        assert (await balances(session, line_ids=[line.id or 0])).lines[line.id or 0].money == Money.uah(100)
        story = await story_of(session, actor, charge.id or 0)
        assert story.dispute is not None
        assert (story.dispute.state, story.dispute.words) == (DisputeState.CLOSED, "")
        back = await session.get_one(Entry, story.taken_back_by)
        assert (back.operation_id, back.amount, back.category) == (
            story.dispute.refund_id,
            Money(2_900),
            charge.category,
        )
        assert back.explanation["rule"] == "dispute.no_consent"
        assert (await story_of(session, actor, back.id or 0)).takes_back == charge.id
        assert not story.can_be_disputed
        assert (await proof(session)).holds


@pytest.mark.parametrize(
    ("given", "is_back"),
    [({}, False), ({"ref": "films"}, True), ({"hours": 1}, True), ({"other_line": True}, True)],
    ids=["a yes to it", "a yes to another service", "a yes afterwards", "a yes for another line"],
)
async def test_only_a_yes_to_this_before_it_and_for_this_line_counts(
    database: Database, clock: FixedClock, given, is_back: bool
):
    async with database.unit_of_work() as session:
        actor, line = await world(session)
        other = await make_line(session, "380671000009")
        session.add(
            PaidConsent(
                profile_id=actor.profile_id,
                line_id=other.id if given.get("other_line") else line.id,
                key="form",
                to=ConsentTo.SERVICE,
                ref=given.get("ref", "music"),
                shown={"fee": 2_900},
                at=clock.now() + timedelta(hours=given.get("hours", -1)),
            )
        )
        charge = await move(session, line, -2_900, at=clock.now(), kind=OperationKind.SERVICE_FEE, why=MUSIC)
        dispute = await dispute_entry(session, actor, charge.id or 0, words=" I did not ask. ", at=clock.now())
        assert (dispute.state is DisputeState.CLOSED) == is_back
        assert (dispute.refund_id is not None) == is_back
        assert dispute.words == "I did not ask."


async def test_a_disputed_call_waits_for_our_answer(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await world(session)
        why = {"rule": "price love/call_abroad", "category": "call_abroad", "quantity": 60}
        charge = await move(session, line, -500, at=clock.now(), why=why)
        dispute = await dispute_entry(session, actor, charge.id or 0, at=clock.now())
        assert (dispute.state, dispute.refund_id) == (DisputeState.OPEN, None)
        account = await session.get_one(LedgerAccount, charge.account_id)
        assert account.balance == Money.uah(95)


async def test_what_is_no_charge_cannot_be_disputed(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await world(session)
        top_up = await move(session, line, 500, at=clock.now(), kind=OperationKind.TOP_UP)
        charge = await move(session, line, -500, at=clock.now(), kind=OperationKind.SERVICE_FEE, why=MUSIC)
        await dispute_entry(session, actor, charge.id or 0, at=clock.now())
        back = (await story_of(session, actor, charge.id or 0)).taken_back_by
        for entry_id in (top_up.id, back):
            with pytest.raises(NotDisputable):
                await dispute_entry(session, actor, entry_id or 0, at=clock.now())


async def test_strangers_do_not_learn_of_an_entry_and_viewers_do_not_dispute(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await world(session, role=HoldingRole.VIEWER)
        payer = await make_person(session, "payer")
        await hold(session, payer, line, role=HoldingRole.PAYER)
        stranger = await make_person(session, "mallory")
        charge = await move(session, line, -500, at=clock.now(), kind=OperationKind.SERVICE_FEE, why=MUSIC)
        other_side = (
            await session.exec(select(Entry).where(Entry.operation_id == charge.operation_id, Entry.id != charge.id))
        ).one()
    async with database.unit_of_work() as session:
        with pytest.raises(OnlyTheOwnerDisputes):
            await dispute_entry(session, actor, charge.id or 0, at=clock.now())
        for who in (stranger, payer):
            with pytest.raises(NotFound):
                await dispute_entry(session, who, charge.id or 0, at=clock.now())
            with pytest.raises(NotFound):
                await story_of(session, who, charge.id or 0)
        with pytest.raises(NotFound):
            await story_of(session, actor, other_side.id or 0)
        assert (await session.exec(select(Dispute))).all() == []
        assert (await session.exec(select(Operation).where(Operation.kind == OperationKind.REVERSAL))).all() == []
