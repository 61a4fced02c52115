"""Expenses without a browser: what is shown of which line, what the address asks for, and who is refused."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import IDS_OF_ONE, OperationKind, Unit
from mykyivstar.domain.lines.models import HoldingRole, Line
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.state.expenses.entry import EntryState
from mykyivstar.state.expenses.entry_view import EntryView
from mykyivstar.state.expenses.history import EntriesState
from mykyivstar.state.expenses.month import MonthState
from mykyivstar.state.expenses.month_view import MonthView
from mykyivstar.state.live import refreshers
from mykyivstar.state.proof import ProofState
from mykyivstar.state.shell import ShellState
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab

CALL = {"rule": "price wide/call_off_net", "category": "call_off_net", "quantity": 121, "record": "c1"}


@pytest.fixture
async def olena(world: Database, clock: FixedClock) -> Tab:
    """line:1 lived through October and November; line:2 is paid for; internet:1 is theirs; line:3 a stranger's."""
    at = clock.now()
    async with world.unit_of_work() as session:
        session.add(
            Tariff(
                code="wide",
                kind=TariffKind.MOBILE,
                name={"uk": "Широкий", "en": "Wide", "ru": "Широкий"},
                fee=Money.uah(150),
                prices={"call_off_net": 150},
            )
        )
        actor, line = await make_person(session), await make_line(session)
        paid_for = await make_line(session, "380671000002")
        await hold(session, actor, line, nickname="Mine")
        await hold(session, actor, paid_for, role=HoldingRole.PAYER, position=1)
        await hold(session, actor, await make_account(session), position=2)
        await put_money(session, line, Money.uah(10))
        await move(session, line, 20_000, at=datetime(2026, 10, 3, 9, tzinfo=UTC), kind=OperationKind.TOP_UP)
        await move(session, line, -9_000, at=datetime(2026, 10, 5, tzinfo=UTC), kind=OperationKind.TARIFF_FEE)
        await store(session, [_call(line, at)])
        await move(session, line, -450, at=at, why=CALL)
        fee = {"rule": "tariff/wide", "period": "2026-11-05/2026-12-04", "net": 7_059, "vat": 1_412, "duty": 529}
        fee_at = datetime(2026, 11, 5, tzinfo=UTC)
        await move(session, line, -9_000, at=fee_at, kind=OperationKind.TARIFF_FEE, why=fee)
        await move(session, paid_for, 5_000, at=at, kind=OperationKind.TOP_UP)
        await move(session, paid_for, -100, at=at, why=CALL)
        stranger, theirs = await make_person(session, "stranger"), await make_line(session, "380672000001")
        await hold(session, stranger, theirs)
        await move(session, theirs, -100, at=at, why=CALL)
    return Tab(actor)


def _call(line: Line, at: datetime) -> dict:
    return {
        "line_id": line.id,
        "started_at": at,
        "ref": "c1",
        "category": UsageCategory.CALL_OFF_NET,
        "quantity": 121,
        "other_party": "380501234567",
        "cost": Money(450),
        "rule": CALL["rule"],
    }


async def month(tab: Tab, address: str = "/expenses") -> MonthView:
    tab.go_to(address)
    await tab.do(ShellState.load)
    await tab.do(MonthState.load)
    view = (await tab.see(MonthState)).view
    assert view is not None
    return view


async def entries(tab: Tab, address: str = "/expenses/history") -> EntriesState:
    tab.go_to(address)
    await tab.do(ShellState.load)
    await tab.do(EntriesState.load)
    return await tab.see(EntriesState)


async def entry(tab: Tab, entry_id: int | str) -> EntryView | None:
    tab.go_to(f"/expenses/entry/{entry_id}")
    await tab.do(EntryState.load)
    state = await tab.see(EntryState)
    assert state.standing == ("ready" if state.view else "nothing")
    return state.view


def amounts(state: EntriesState) -> list[int]:
    return [row.amount for day in state.days for row in day.rows]


async def test_the_month_of_the_line_in_hand_adds_up(olena: Tab):
    view = await month(olena)
    assert (view.month, view.is_running, view.later) == ("2026-11-01", True, "")
    assert view.earlier == "/expenses?line=line:1&month=2026-10"
    assert (view.opening, view.spent, view.came, view.closing) == (12_000, 9_450, 0, 2_550)
    assert [(row.heading, row.spent, row.share, row.records, row.quantity) for row in view.headings] == [
        ("tariff", 9_000, 95, 0, 0),
        ("calls_off_net", 450, 5, 1, 121),
    ]
    assert view.headings[1].href == "/expenses/history?line=line:1&what=calls_off_net&month=2026-11"
    assert [(bar.month, bar.spent, bar.height, bar.chosen) for bar in view.bars[-2:]] == [
        ("2026-10-01", 9_000, 95, False),
        ("2026-11-01", 9_450, 100, True),
    ]
    before = view.compared[0]
    assert (before.month, before.way, before.by, before.is_part) == ("2026-10-01", "more", 450, True)
    assert [row.title["uk"] for row in view.dearest] == ["Плата за тариф: Широкий", "Дзвінки на інших операторів"]


@pytest.mark.parametrize("asked", ["2026-10", "2026-13", "2027-01", "nonsense", "0001-01", "9999-12", ""])
async def test_an_address_names_a_month_that_has_begun_or_this_one(olena: Tab, asked: str):
    view = await month(olena, f"/expenses?month={asked}")
    assert view.month == ("2026-10-01" if asked == "2026-10" else "2026-11-01")


async def test_another_line_in_hand_shows_its_own(olena: Tab):
    await month(olena)
    await olena.do(ShellState.choose, key="line:2")
    view = (await olena.see(MonthState)).view
    assert view is not None
    assert (view.key, view.sees_usage, view.headings, view.bars, view.dearest) == ("line:2", False, [], [], [])
    assert (view.came, view.closing, view.spent) == (5_000, 4_900, 0)
    assert (await month(olena, "/expenses?line=line:3")).key == "line:2"
    assert not (await month(olena, "/expenses?line=internet:1")).has_history


async def test_somebody_without_a_number_has_no_expenses(world: Database):
    async with world.unit_of_work() as session:
        tab = Tab(await make_person(session))
    tab.go_to("/expenses")
    await tab.do(MonthState.load)
    await tab.do(EntriesState.load)
    assert ((await tab.see(MonthState)).ready, (await tab.see(MonthState)).view) == (True, None)
    assert (await tab.see(EntriesState)).standing == "none"


async def test_the_history_stands_by_day_with_the_days_totals(olena: Tab):
    state = await entries(olena)
    assert [(day.day, day.shows_year, day.came, day.went, len(day.rows)) for day in state.days] == [
        ("2026-11-22", False, 0, -450, 1),
        ("2026-11-05", False, 0, -9_000, 1),
        ("2026-10-05", False, 0, -9_000, 1),
        ("2026-10-03", False, 20_000, 0, 1),
        ("2020-01-01", True, 1_000, 0, 1),
    ]
    assert state.total is not None
    assert (state.total.count, state.total.came, state.total.went) == (5, 21_000, -18_450)
    assert [chip.value for chip in state.headings] == ["", "calls_off_net", "tariff", "top_ups", "corrections"]
    assert (state.is_filtered, state.has_more, state.older) == (False, False, "")
    assert (state.months[0].value, state.months[-1].value) == ("2026-11", "2020-01")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("what=tariff", [-9_000, -9_000]),
        ("what=tariff&month=2026-10", [-9_000]),
        ("way=in", [20_000, 1_000]),
        ("q=4,50", [-450]),
        ("q=тариф", [-9_000, -9_000]),
        ("q=Wide", [-9_000]),
        ("what=roaming_sms", []),
        ("what=nonsense&way=up&month=x&after=x&unit=eur", [-450, -9_000, -9_000, 20_000, 1_000]),
        ("after=999999", [-450, -9_000, -9_000, 20_000, 1_000]),
        ("unit=bonus", []),
    ],
)
async def test_the_address_says_what_is_shown(olena: Tab, query: str, found: list[int]):
    assert amounts(await entries(olena, f"/expenses/history?{query}")) == found


async def test_what_is_typed_goes_into_the_address_with_the_other_filters(olena: Tab):
    await entries(olena, "/expenses/history?way=out&after=3")
    followed = await olena.do(EntriesState.find, form={"text": " 067 100 ", "month": "2026-10"})
    assert followed == ["_redirect"]


async def test_more_is_shown_without_anything_twice(olena: Tab, world: Database, clock: FixedClock):
    async with world.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        for n in range(70):
            await move(session, line, -1, at=clock.now() - timedelta(minutes=n))
    state = await entries(olena, "/expenses/history?month=2026-11")
    assert (len(amounts(state)), state.has_more, len(state.days)) == (30, True, 1)
    # Of the whole day, shown or not.
    assert state.days[0].went == -520
    await olena.do(EntriesState.show_more)
    await olena.do(EntriesState.show_more)
    assert (len(amounts(state)), state.has_more) == (72, False)
    assert len({row.id for day in state.days for row in day.rows}) == 72
    assert [day.went for day in state.days] == [-520, -9_000]
    await olena.do(EntriesState.refresh)
    assert len(amounts(state)) == 72


async def test_after_three_hundred_the_older_ones_have_a_page_of_their_own(olena: Tab, world: Database, clock):
    async with world.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        for n in range(301):
            await move(session, line, -1, at=clock.now() - timedelta(seconds=n + 1))
    state = await entries(olena)
    while state.has_more:
        await olena.do(EntriesState.show_more)
    assert len(amounts(state)) == 300
    last = state.days[-1].rows[-1].id
    assert state.older == f"/expenses/history?line=line:1&after={last}"
    older = await entries(olena, state.older)
    assert amounts(older) == [-1, -1, -9_000, -9_000, 20_000, 1_000]
    assert older.days[0].went == -751


async def test_an_entry_explains_itself_in_three_languages(olena: Tab):
    row = (await entries(olena)).days[1].rows[0]
    view = await entry(olena, row.id)
    assert view is not None
    assert (view.amount, view.before, view.after, view.nickname) == (-9_000, 11_550, 2_550, "Mine")
    assert view.title == {"uk": "Плата за тариф: Широкий", "en": "Tariff fee: Wide", "ru": "Плата за тариф: Широкий"}
    assert all(view.why[language] for language in ("uk", "en", "ru"))
    assert [fact.label["en"] for fact in view.facts] == ["For the days", "Without taxes", "VAT", "Pension fund duty"]
    assert view.ground is not None
    assert (view.ground.basis, view.can_be_disputed) == ("contract", True)


async def test_a_call_shows_its_price_and_masks_the_other_number(olena: Tab, clock: FixedClock):
    row = (await entries(olena)).days[0].rows[0]
    view = await entry(olena, row.id)
    assert view is not None
    assert view.use is not None
    assert (view.use.quantity, view.use.price, view.use.units) == (121, 150, 3)
    assert (view.use.party, view.use.is_masked) == ("38050•••••67", True)
    who = olena.who.actor
    assert who is not None
    proved = Tab(Actor(who.profile_id, who.session_id, proved_at=clock.now()))
    shown = await entry(proved, row.id)
    assert shown is not None
    assert shown.use is not None
    assert (shown.use.party, shown.use.is_masked) == ("380501234567", False)


async def test_the_whole_number_is_shown_after_a_proof_to_its_owner_alone(olena: Tab, clock: FixedClock):
    row = (await entries(olena)).days[0].rows[0]
    await entry(olena, row.id)
    for _ in range(2):
        await olena.do(EntryState.show_number)
        assert (await olena.see(ProofState)).is_open
    assert (await shown_party(olena), olena.who.actor is not None) == ("38050•••••67", True)
    prove(olena, clock)
    for _ in range(2):
        await olena.do(EntryState.show_number)
        assert await shown_party(olena) == "380501234567"
    # The stranger's call: a proof of who one is opens only what is one's own.
    olena.go_to(f"/expenses/entry/{8 * IDS_OF_ONE}")
    await olena.do(EntryState.show_number)
    assert ((await olena.see(EntryState)).standing, (await olena.see(EntryState)).view) == ("nothing", None)


async def shown_party(tab: Tab) -> str:
    view = (await tab.see(EntryState)).view
    assert view is not None
    assert view.use is not None
    return view.use.party


def prove(tab: Tab, clock: FixedClock) -> None:
    who = tab.who.actor
    assert who is not None
    tab.who = dataclasses.replace(tab.who, actor=dataclasses.replace(who, proved_at=clock.now()))


async def test_one_tap_disputes_and_words_may_follow(olena: Tab):
    row = (await entries(olena)).days[0].rows[0]
    await entry(olena, row.id)
    await olena.do(EntryState.dispute)
    view = (await olena.see(EntryState)).view
    assert view is not None
    assert view.dispute is not None
    assert (view.dispute.state, view.dispute.words, view.can_be_disputed) == ("open", "", False)
    await olena.do(EntryState.say_more, form={"words": "It was not me"})
    await olena.do(EntryState.say_more, form={"words": "other words"})
    view = (await olena.see(EntryState)).view
    assert view is not None
    assert view.dispute is not None
    assert view.dispute.words == "It was not me"


async def test_strangers_and_payers_find_no_such_entry(olena: Tab):
    # Each operation has two entries, the second one the operator's; the seventh operation is a use of the line that is
    # only paid for, the eighth the stranger's.
    both = [operation * IDS_OF_ONE + place for operation in range(1, 10) for place in (0, 1)]
    assert [number for number in both if await entry(olena, number)] == [one * IDS_OF_ONE for one in range(1, 7)]
    assert [number for number in ("x", "", "0", "9" * 30) if await entry(olena, number)] == []


def test_screens_follow_the_data_and_every_handler_wants_a_session():
    assert refreshers("/expenses") == (MonthState.refresh,)
    assert refreshers("/expenses/history") == (EntriesState.refresh,)
    assert refreshers("/expenses/entry/7") == (EntryState.refresh,)
    for state in (MonthState, EntriesState, EntryState):
        for name, handler in state.event_handlers.items():
            policy = policy_of(handler.fn)
            assert name == "setvar" or (policy is not None and not policy.is_public), name


async def test_bonuses_are_told_from_money(olena: Tab, world: Database, clock: FixedClock):
    async with world.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        kind, why = OperationKind.BONUS_ACCRUAL, {"rule": "internet_bonus"}
        await move(session, line, 4_500, at=clock.now(), kind=kind, why=why, unit=Unit.BONUS)
        await move(session, line, -300, at=clock.now(), why=CALL, unit=Unit.BONUS)
    state = await entries(olena)
    assert [(unit.value, unit.chosen) for unit in state.units] == [("uah", True), ("bonus", False)]
    assert not state.is_bonus
    state = await entries(olena, "/expenses/history?unit=bonus")
    assert (amounts(state), state.is_bonus) == ([-300, 4_500], True)
    assert all(row.is_bonus for day in state.days for row in day.rows)
    view = await month(olena)
    assert (view.bonuses, view.spent) == (300, 9_450)
    shown = await entry(olena, state.days[0].rows[0].id)
    assert shown is not None
    assert (shown.is_bonus, shown.before, shown.after) == (True, 4_500, 4_200)
