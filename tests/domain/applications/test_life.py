"""The machine of states, as a table and by whatever people do in whatever order."""

import contextlib
import itertools
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from mykyivstar.domain.applications import checking, filing, keeping, queries
from mykyivstar.domain.applications.errors import ApplicationMoved
from mykyivstar.domain.applications.life import MOVES, Event, next_state
from mykyivstar.domain.applications.models import Application, ApplicationState, Reason
from mykyivstar.kit.errors import CustomerError
from tests.domain.applications.conftest import NAME, Bureau

_PAIRS = {(was, became) for (was, _), became in MOVES.items()}


@given(st.lists(st.sampled_from(list(Event)), max_size=30))
def test_whatever_happens_it_ends_at_most_once_and_never_comes_back(events: list[Event]) -> None:
    state, ends = ApplicationState.DRAFT, 0
    for event in events:
        try:
            became = next_state(state, event)
        except ApplicationMoved:
            continue
        assert not state.is_over
        assert became is not ApplicationState.DRAFT
        ends += became.is_over
        state = became
    assert ends <= 1


def test_nothing_leads_out_of_the_end() -> None:
    assert not [was for was, _ in MOVES if was.is_over]
    assert {was for was, _ in MOVES} | set(MOVES.values()) == set(ApplicationState)


@pytest.mark.parametrize("seed", [1, 22])
async def test_in_random_order_the_data_change_with_the_approval_and_only_then(bureau: Bureau, seed: int) -> None:
    """Customers, two consultants and a lead press whatever they find; every refusal is one of ours."""
    chance, people = random.Random(seed), [bureau.solomiia, bureau.bohdan, bureau.marta]
    application = await bureau.files()

    async def add() -> object:
        return await bureau.does(filing.add, bureau.olena, application, words="Ось")

    async def take() -> object:
        return await bureau.does(checking.take, chance.choice(people), application)

    async def ask() -> object:
        return await bureau.does(checking.ask, chance.choice(people), application, words="Бракує сторінки")

    async def approve() -> object:
        return await bureau.does(checking.approve, chance.choice(people), application)

    async def decline() -> object:
        by, seen = chance.choice(people), chance.choice([ApplicationState.IN_CHECK, ApplicationState.NEEDS_MORE])
        return await bureau.does(checking.decline, by, application, reason=Reason.UNREADABLE, words="", seen=seen)

    async def withdraw() -> object:
        return await bureau.does(filing.withdraw, bureau.olena, application)

    async def expire() -> object:
        async with bureau.database.unit_of_work() as session:
            return await keeping.expire(session, at=bureau.clock.now())

    verbs: list[Callable[[], Awaitable[object]]] = [add, take, take, ask, approve, decline, withdraw, expire]
    for _ in range(25):
        bureau.clock.moment += timedelta(hours=chance.randrange(40))
        with contextlib.suppress(CustomerError):
            await chance.choice(verbs)()
        async with bureau.database.reading() as session:
            application = await session.get_one(Application, application.id)
        is_approved = application.state is ApplicationState.APPROVED
        assert (await bureau.known())["full_name"] == (NAME["full_name"] if is_approved else "")
        assert (application.open_kind is None) is application.state.is_over
    async with bureau.database.reading() as session:
        path = [ApplicationState.DRAFT, *(each.step.state for each in await queries.history(session, application))]
    assert set(itertools.pairwise(path)) <= _PAIRS
    assert path[-1] is application.state


async def test_deadlines_are_of_whoever_has_to_act(bureau: Bureau) -> None:
    application = await bureau.in_check()
    assert application.deadline_at == bureau.clock.now() + timedelta(days=2)
    asked = await bureau.does(checking.ask, bureau.solomiia, application, words="Друга сторінка")
    assert asked.deadline_at == bureau.clock.now() + timedelta(days=10)
    bureau.clock.moment += timedelta(days=3)
    added = await bureau.does(filing.add, bureau.olena, application, words="Її немає")
    assert (added.state, added.staff_id) == (ApplicationState.IN_CHECK, bureau.solomiia.staff_id)
    assert added.deadline_at == bureau.clock.now() + timedelta(days=2)
    assert (await bureau.does(checking.approve, bureau.solomiia, application)).deadline_at is None


async def test_history_is_kept_of_every_step(bureau: Bureau) -> None:
    application = await bureau.in_check()
    await bureau.does(checking.approve, bureau.solomiia, application)
    assert await bureau.states(application) == ["new", "in_check", "approved"]
    async with bureau.database.reading() as session:
        assert (await session.exec(select(Application))).one().decided_at == bureau.clock.now()
