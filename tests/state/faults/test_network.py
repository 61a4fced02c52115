"""The network by city on the screen: the list, one's own city first, and where the map looks."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from reflex.event import Event

from mykyivstar import routes, wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database
from mykyivstar.domain.faults.models import OutageKind
from mykyivstar.guard.action import policy_of
from mykyivstar.guard.connections import connections
from mykyivstar.kit.clock import FixedClock
from mykyivstar.state.faults.network import NetworkMapState
from mykyivstar.state.live import follow
from tests.domain.faults.conftest import ADDRESS, make_outage
from tests.factories.people import hold, make_account, make_line, make_person
from tests.state.tab import Tab, tab_of

HOUR = timedelta(hours=1)
LVIV = [("Львів", "вул. Зелена", "1-9")]


@pytest.fixture(autouse=True)
def fresh(world: Database) -> Iterator[None]:
    wiring.network_maps.cache_clear()
    yield
    wiring.network_maps.cache_clear()


async def tab(world: Database, *, address: str | None = ADDRESS) -> Tab:
    """Somebody with a line, and with home internet at this address."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        await hold(session, actor, await make_line(session))
        if address is not None:
            await hold(session, actor, await make_account(session, address=address), position=1)
    return tab_of(actor)


async def seen(of: Tab) -> NetworkMapState:
    await of.do(NetworkMapState, "load")
    return await of.state(NetworkMapState)


async def test_ones_own_city_comes_first_and_the_map_looks_there(world: Database, clock: FixedClock):
    now = clock.now()
    await make_outage(world, code="A", starts_at=now, places=LVIV)
    works = {"kind": OutageKind.WORKS, "starts_at": now + HOUR, "expected_at": now + 2 * HOUR}
    await make_outage(world, code="B", **works)
    await make_outage(world, code="C", **works, places=[("с. Далеке", "", "")])
    state = await seen(await tab(world))
    assert [(row.key, row.is_own, row.is_on_map) for row in state.rows] == [
        ("kyiv", True, True),
        ("lviv", False, True),
        ("далеке", False, False),
    ]
    assert (state.own_name["en"], state.is_own_quiet, state.own_point) == ("Kyiv", False, [50.4501, 30.5234])
    [[south, west], [north, east]] = state.focus
    assert south < 50.4501 < north
    assert west < 30.5234 < east
    [trouble] = state.rows[1].troubles
    assert (trouble.kind, trouble.streets, trouble.expected_at, trouble.is_now) == ("outage", "вул. Зелена", "", True)


async def test_a_city_where_all_is_well_is_said_to_be_so(world: Database):
    state = await seen(await tab(world))
    assert (state.ready, state.rows, state.is_own_quiet) == (True, [], True)


@pytest.mark.parametrize("address", [None, "", "с. Далеке, вул. Тиха, 3"])
async def test_without_a_city_that_is_known_the_whole_country_is_shown(
    world: Database, clock: FixedClock, address: str | None
):
    await make_outage(world, starts_at=clock.now(), places=LVIV)
    state = await seen(await tab(world, address=address))
    assert (len(state.rows), state.own_name, state.own_point, state.focus) == (1, {}, [], [])
    assert not state.is_own_quiet


async def test_a_change_brings_the_list_and_the_points_of_the_map_anew(world: Database, clock: FixedClock):
    hers = await tab(world)
    state = await seen(hers)
    before = state.version
    await hers.do(NetworkMapState, "refresh")
    assert state.version == before
    await make_outage(world, starts_at=clock.now())
    wiring.network_maps().forget()
    await hers.do(NetworkMapState, "refresh")
    assert ([row.key for row in state.rows], state.version != before) == (["kyiv"], True)


async def test_a_long_list_is_shown_in_two_parts(world: Database, clock: FixedClock):
    places = [(f"с. Далеке {number}", "", "") for number in range(23)]
    await make_outage(world, starts_at=clock.now(), places=places)
    hers = await tab(world)
    state = await seen(hers)
    assert (len(state.rows), state.has_more) == (20, True)
    await hers.do(NetworkMapState, "show_all")
    assert (len(state.rows), state.has_more) == (23, False)


def test_nobody_who_is_not_signed_in_asks_for_it():
    for name in ("load", "refresh", "show_all"):
        policy = policy_of(NetworkMapState.event_handlers[name].fn)
        assert policy is not None
        assert not policy.is_public


async def test_a_file_of_outages_reaches_whoever_has_the_map_open_and_nobody_else(world: Database, clock: FixedClock):
    at, sent = clock.now(), []

    async def enqueue(token: str, pushed: Event) -> None:
        sent.append((token, pushed.name.rpartition(".")[2]))

    assert await wiring.network_maps().current(at) == []
    await make_outage(world, starts_at=at)
    actor = (await tab(world)).who.actor
    assert actor is not None
    for token, address in (("map", routes.INTERNET_NETWORK), ("fault", routes.INTERNET_FAULT)):
        connections.seen(token, actor, {"pathname": address})
    namespace = SimpleNamespace(token_to_sid={"map": "1", "fault": "2"})
    app = SimpleNamespace(event_namespace=namespace, event_processor=SimpleNamespace(enqueue=enqueue))
    await follow(app, [Subject(Topic.NETWORK, 0)])
    connections.still_here([])
    assert sent == [("map", "refresh")]
    assert len(await wiring.network_maps().current(at)) == 1
