"""The map and a store, for anybody."""

from collections.abc import AsyncIterator

import pytest

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.stores.models import StoreKind
from mykyivstar.kit.errors import Malformed
from mykyivstar.state.stores.map import StoresState
from mykyivstar.state.stores.store import StoreState
from tests.factories.stores import store
from tests.state.conftest import Tab as AddressedTab
from tests.state.tab import Tab, tab_of


@pytest.fixture
async def tab(world: Database) -> AsyncIterator[AddressedTab]:
    wiring.stores.cache_clear()
    async with world.unit_of_work() as session:
        session.add(store("kyiv-01"))
        session.add(store("kyiv-02", services=["connect", "esim"], latitude=50.5, kind=StoreKind.SERVICE_CENTRE))
        session.add(store("odd", latitude=50.6, opening_hours="whenever"))
    yield AddressedTab(None, address="/stores")  # type: ignore[arg-type]
    wiring.stores.cache_clear()


async def at(tab: AddressedTab, address: str) -> StoresState:
    tab.go_to(address)
    await tab.do(StoresState.load)
    return await tab.see(StoresState)


async def test_nobody_sees_all_stores(tab: AddressedTab) -> None:
    seen = await at(tab, "/stores")
    assert seen.ready
    assert seen.total == 3
    assert seen.shown is None
    assert seen.focus == []
    assert not seen.is_filtered


async def test_the_address_filters_and_each_filter_leads_to_the_next_address(tab: AddressedTab) -> None:
    seen = await at(tab, "/stores?service=esim")
    assert [row.href for row in seen.rows] == ["/stores/kyiv-02"]
    assert seen.shown == [2]
    assert {row.value: row.href for row in seen.services}["esim"] == "/stores"
    assert {row.value: row.href for row in seen.services}["connect"] == "/stores?service=connect,esim"
    assert seen.open_now is not None
    assert seen.open_now.href == "/stores?service=esim&open=1"
    assert seen.download == "service=esim"


async def test_a_place_counts_distances(tab: AddressedTab) -> None:
    seen = await at(tab, "/stores?near=50.51,30.52")
    assert [row.href for row in seen.rows] == ["/stores/kyiv-02", "/stores/kyiv-01", "/stores/odd"]
    assert seen.rows[0].distance == 1.1
    assert seen.is_near
    assert seen.anywhere == "/stores"
    assert [50.51, 30.52] in seen.focus


async def test_a_city_is_understood(tab: AddressedTab) -> None:
    seen = await at(tab, "/stores?q=Киев")
    assert seen.city["uk"] == "Київ"
    assert seen.rows[0].distance == 0


async def test_searching_keeps_filters_and_forgets_where_one_is(tab: AddressedTab) -> None:
    tab.go_to("/stores?service=esim&near=50.1,30.1")
    followed = await (await tab.see(StoresState)).search({"q": " Львів "})  # type: ignore[misc]
    assert "/stores?q=%D0%9B%D1%8C%D0%B2%D1%96%D0%B2&service=esim" in str(followed.args)


async def test_where_one_is_is_rounded_and_checked(world: Database) -> None:
    nobody: Tab = tab_of(None)
    followed = await nobody.do(StoresState, "here", latitude=49.841952, longitude=24.031592)
    assert "near=49.842,24.032" in str(followed.args)
    with pytest.raises(Malformed):
        await nobody.do(StoresState, "here", latitude=400.0, longitude=0.0)
    with pytest.raises(Malformed):
        await nobody.do(StoresState, "here", latitude="x", longitude=0.0)


async def test_a_device_that_does_not_tell_is_named(world: Database) -> None:
    nobody = tab_of(None)
    await nobody.do(StoresState, "nowhere", reason="refused")
    assert (await nobody.state(StoresState)).place_failure == "refused"
    with pytest.raises(Malformed):
        await nobody.do(StoresState, "nowhere", reason="<script>")


async def test_a_store_has_its_week_and_its_way(tab: AddressedTab) -> None:
    tab.go_to("/stores/kyiv-01")
    await tab.do(StoreState.load)
    seen = (await tab.see(StoreState)).store
    assert seen is not None
    assert len(seen.week) == 7
    assert seen.week[0].is_today
    assert seen.geo == "geo:50.4501,30.5234?q=50.4501,30.5234"


async def test_unreadable_hours_are_said_to_be_unknown(tab: AddressedTab) -> None:
    tab.go_to("/stores/odd")
    await tab.do(StoreState.load)
    seen = (await tab.see(StoreState)).store
    assert seen is not None
    assert (seen.week, seen.standing.state) == ([], "unknown")


async def test_an_unknown_store_is_none(tab: AddressedTab) -> None:
    tab.go_to("/stores/nowhere")
    await tab.do(StoreState.load)
    seen = await tab.see(StoreState)
    assert seen.ready
    assert seen.store is None
