"""Whatever a form does, it does once; the second click gets what the first got, wherever the two meet."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import CustomerError
from tests.domain.sent_twice import forms, others  # noqa: F401  they register themselves
from tests.domain.sent_twice.registry import FORMS, Sending
from tests.domain.sent_twice.world import World
from tests.fixtures.meetings import Send, meetings, on_postgresql

# Tries and screens that are told are counted for each click.
_COUNTED = [table for name, table in metadata.tables.items() if name not in {"rate_count", "change"}]


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    world = World(database, clock)
    await world.open()
    return world


async def rows(world: World) -> Counter[str]:
    """How many there are of everything."""
    async with world.database.reading() as session:
        columns = [select(func.count()).select_from(table).scalar_subquery() for table in _COUNTED]
        found = (await session.execute(select(*columns))).one()
    return Counter(dict(zip((table.name for table in _COUNTED), found, strict=True)))


@on_postgresql
@pytest.mark.parametrize("name", FORMS)
async def test_the_second_click_gets_what_the_first_got(world: World, name: str) -> None:
    # The first of all also opens accounts of the operator.
    await (await FORMS[name](world))("before anybody")
    before = await rows(world)
    await (await FORMS[name](world))("alone")
    alone = await rows(world) - before
    sent = 0

    async def form() -> tuple[Send, Send]:
        nonlocal sent
        sent += 1
        sending = await FORMS[name](world)
        return (lambda: sending("same"),) * 2

    before = await rows(world)
    met = await meetings(world.database, form)
    assert len(met) >= 5
    assert [each for each in met if each.first != each.second or isinstance(each.second, Exception)] == []
    assert await rows(world) - before == Counter({kind: number * sent for kind, number in alone.items()})


@on_postgresql
@pytest.mark.parametrize("name", FORMS)
async def test_of_two_forms_that_meet_each_is_done_or_refused(world: World, name: str) -> None:
    async def form() -> tuple[Send, Send]:
        sending: Sending = await FORMS[name](world)
        return (lambda: sending("one")), (lambda: sending("other"))

    for each in await meetings(world.database, form, every=4):
        refused = [one for one in (each.first, each.second) if isinstance(one, BaseException)]
        assert all(isinstance(one, CustomerError) for one in refused), each
        assert len(refused) < 2, each
