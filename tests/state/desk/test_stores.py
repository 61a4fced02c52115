"""Stores at the desk: looked up by everybody, changed by leads, never two changes at once unnoticed."""

from datetime import timedelta
from typing import Any

import pytest
from reflex.event import Event

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.stores.models import SERVICES, Store
from mykyivstar.guard.connections import desk_connections
from mykyivstar.pages.stores.words import SERVICES as SERVICE_WORDS
from mykyivstar.state.desk.store import DeskStoreState
from mykyivstar.state.desk.stores import DeskStoresState
from mykyivstar.state.live import follow
from tests.factories.stores import store
from tests.state.rooms import Rooms
from tests.state.tab import Tab

AWAY = "send this caller away"


@pytest.fixture
async def kyiv(rooms: Rooms) -> Store:
    async with rooms.database.unit_of_work() as session:
        session.add(one := store(services=["connect", "drone_delivery"]))
    return one


def at(rooms: Rooms, code: str = "kyiv-01", *, who: str = "marta") -> Tab:
    return rooms.tab(f"/desk/stores/{code}", staff=getattr(rooms, who))


def typed(shown: DeskStoreState, **changes: str) -> dict[str, Any]:
    """The form as a browser sends it."""
    ticks = {f"service_{code}": "on" for code in shown.services}
    texts = {column: text for column, text in shown.texts.items() if column != "services"}
    return {**texts, "other_services": shown.other_services, **ticks, **changes}


async def opened(tab: Tab) -> DeskStoreState:
    await tab.do(DeskStoreState, "load")
    await tab.do(DeskStoreState, "change")
    return await tab.state(DeskStoreState)


def test_every_service_has_words() -> None:
    assert set(SERVICE_WORDS) == set(SERVICES)


async def test_a_consultant_finds_and_reads_but_changes_nothing(rooms: Rooms, kyiv: Store) -> None:
    desk = rooms.tab("/desk/stores", staff=rooms.solomiia)
    await desk.do(DeskStoresState, "load")
    listed = await desk.state(DeskStoresState)
    assert [(row.code, row.href, row.is_closed, row.has_hours) for row in listed.stores] == [
        ("kyiv-01", "/desk/stores/kyiv-01", False, True)
    ]
    assert "q=" in str(await desk.do(DeskStoresState, "search", form={"q": " Хрещатик 1 "}))
    one = at(rooms, who="solomiia")
    await one.do(DeskStoreState, "load")
    assert (await one.state(DeskStoreState)).standing == "ready"
    for handler in ("change", "put_away", "save", "make", "load_new", "look_at_hours", "set_day", "remove_day"):
        with pytest.raises(AssertionError, match=AWAY):
            await one.do(DeskStoreState, handler)
    for handler in ("ask_close", "close", "open_again", "let_imports_change"):
        with pytest.raises(AssertionError, match=AWAY):
            await one.do(DeskStoreState, handler)


async def test_customers_and_nobody_are_sent_away_and_an_unknown_code_shows_nothing(rooms: Rooms) -> None:
    for tab in (rooms.tab("/desk/stores/kyiv-01", actor=rooms.olena), rooms.tab("/desk/stores/kyiv-01")):
        for kind, handler in ((DeskStoreState, "load"), (DeskStoresState, "load"), (DeskStoresState, "search")):
            with pytest.raises(AssertionError, match=AWAY):
                await tab.do(kind, handler)
    desk = at(rooms, "nowhere")
    await desk.do(DeskStoreState, "load")
    assert (await desk.state(DeskStoreState)).standing == "nothing"
    await desk.do(DeskStoreState, "close")
    assert (await desk.state(DeskStoreState)).refusal


async def test_hours_are_seen_before_they_are_saved_and_refused_at_their_field(rooms: Rooms, kyiv: Store) -> None:
    desk = at(rooms)
    shown = await opened(desk)
    assert shown.preview is not None
    await desk.do(DeskStoreState, "look_at_hours", text="Mo-Su 10:00-16:00")
    assert [day.spans for day in shown.preview.week] == [["10:00–16:00"]] * 7
    await desk.do(DeskStoreState, "look_at_hours", text="Mo-Fr 9-18")
    assert (list(shown.field_refusals), shown.preview) == (["opening_hours"], None)
    await desk.do(DeskStoreState, "save", form=typed(shown, opening_hours="Mo-Fr 9-18"))
    assert (list(shown.field_refusals), shown.is_changing) == (["opening_hours"], True)
    await desk.do(DeskStoreState, "save", form=typed(shown, latitude="30.5", longitude="50.4"))
    assert list(shown.field_refusals) == ["latitude"]
    await desk.do(DeskStoreState, "put_away")
    assert (shown.is_changing, shown.field_refusals) == (False, {})


async def test_saved_twice_it_is_changed_once_and_services_without_words_stay(rooms: Rooms, kyiv: Store) -> None:
    desk = at(rooms)
    shown = await opened(desk)
    form = typed(shown, phone="466", service_esim="on")
    await desk.do(DeskStoreState, "save", form=form)
    await desk.do(DeskStoreState, "save", form=form)
    assert shown.store is not None
    assert (shown.store.phone, shown.store.services) == ("466", ["connect", "drone_delivery", "esim"])
    [entry] = shown.history
    assert (entry.name, entry.what) == ("Марта", "changed")
    assert [(row.column, row.before, row.after, row.added) for row in entry.changes] == [
        ("services", "", "", ["esim"]),
        ("phone", "0 800 300 466", "466", []),
    ]


async def test_the_later_of_two_is_told_keeps_what_they_typed_and_undoes_nothing(rooms: Rooms, kyiv: Store) -> None:
    first, second = at(rooms), at(rooms)
    one, other = await opened(first), await opened(second)
    form = typed(other, phone="460", note_uk="Генератор")
    await first.do(DeskStoreState, "save", form=typed(one, phone="466", opening_hours="24/7"))
    await second.do(DeskStoreState, "save", form=form)
    assert (other.is_changing, bool(other.refusal)) == (True, True)
    assert [(row.column, row.after) for row in other.theirs] == [("opening_hours", "24/7"), ("phone", "466")]
    await second.do(DeskStoreState, "save", form=form)
    assert other.store is not None
    assert (other.store.phone, other.store.note, other.store.hours.text) == ("460", {"uk": "Генератор"}, "24/7")


async def test_a_change_is_seen_at_once_and_touches_nothing_that_is_being_typed(rooms: Rooms, kyiv: Store) -> None:
    lists, looks = rooms.tab("/desk/stores?q=kyiv-01", staff=rooms.bohdan), at(rooms, who="solomiia")
    await lists.do(DeskStoresState, "load")
    await looks.do(DeskStoreState, "load")
    first, second = at(rooms), at(rooms)
    one, other = await opened(first), await opened(second)
    form = typed(other, note_uk="Генератор")
    await first.do(DeskStoreState, "save", form=typed(one, phone="466", opening_hours="колись", name_uk="Новий"))
    assert list(one.field_refusals) == ["opening_hours"]
    await first.do(DeskStoreState, "save", form=typed(one, phone="466", name_uk="Новий"))
    for tab, kind in ((lists, DeskStoresState), (looks, DeskStoreState), (second, DeskStoreState)):
        await tab.do(kind, "refresh")
    assert [row.name["uk"] for row in (await lists.state(DeskStoresState)).stores] == ["Новий"]
    seen = (await looks.state(DeskStoreState)).store
    assert seen is not None
    assert (seen.phone, other.is_changing) == ("466", True)
    assert [(row.column, row.after) for row in other.theirs] == [("name_uk", "Новий"), ("phone", "466")]
    await second.do(DeskStoreState, "save", form=form)
    assert (other.is_changing, bool(other.refusal)) == (True, True), "a notice alone may not have been read"
    await second.do(DeskStoreState, "save", form=form)
    assert other.store is not None
    assert (other.is_changing, other.store.phone, other.store.note) == (False, "466", {"uk": "Генератор"})


async def test_who_shows_stores_is_told_and_nobody_else(rooms: Rooms) -> None:
    told: list[tuple[str, str]] = []

    class App:
        class event_namespace:  # noqa: N801
            token_to_sid = dict.fromkeys(("list", "one", "new", "queue"), "")

        class event_processor:  # noqa: N801
            @staticmethod
            async def enqueue(token: str, event: Event) -> None:
                told.append((token, event.name.rpartition(".")[2]))

    try:
        paths = {"list": "/desk/stores", "one": "/desk/stores/kyiv-01", "new": "/desk/new-store", "queue": "/desk"}
        for token, path in paths.items():
            desk_connections.seen(token, rooms.solomiia, {"pathname": path})
        await follow(App, [Subject(Topic.STORES, 0)])
        assert sorted(told) == [("list", "refresh"), ("one", "refresh")]
        told.clear()
        await follow(App, [Subject(Topic.CATALOGUE, 0)])
        assert told == []
    finally:
        desk_connections.still_here([])


async def test_a_day_that_is_different_comes_and_goes(rooms: Rooms, kyiv: Store) -> None:
    desk = at(rooms)
    await desk.do(DeskStoreState, "load")
    shown = await desk.state(DeskStoreState)
    tomorrow = (rooms.clock.now() + timedelta(days=1)).date().isoformat()
    day = {"day": tomorrow, "hours": "", "reason": "немає світла"}
    for form, field in (({**day, "day": "колись"}, "day"), ({**day, "hours": "вдень"}, "hours")):
        await desk.do(DeskStoreState, "set_day", form=form)
        assert list(shown.field_refusals) == [field]
    await desk.do(DeskStoreState, "set_day", form=day)
    await desk.do(DeskStoreState, "set_day", form=day)
    assert shown.store is not None
    assert [(each.day, each.hours, each.reason) for each in shown.store.days] == [(tomorrow, "", "немає світла")]
    assert len(shown.history) == 1
    await desk.do(DeskStoreState, "remove_day", day=tomorrow)
    await desk.do(DeskStoreState, "remove_day", day=tomorrow)
    assert (shown.store.days, len(shown.history)) == ([], 2)


async def test_closed_once_and_opened_again_and_left_to_imports(rooms: Rooms, kyiv: Store) -> None:
    desk = at(rooms)
    await desk.do(DeskStoreState, "load")
    shown = await desk.state(DeskStoreState)
    await desk.do(DeskStoreState, "ask_close")
    assert shown.is_asking
    await desk.do(DeskStoreState, "close")
    assert shown.store is not None
    assert (shown.is_asking, shown.store.is_closed, shown.store.is_kept) == (False, True, True)
    await desk.do(DeskStoreState, "close")
    assert shown.refusal
    await desk.do(DeskStoreState, "open_again")
    await desk.do(DeskStoreState, "let_imports_change")
    await desk.do(DeskStoreState, "let_imports_change")
    assert (shown.store.is_closed, shown.store.is_kept) == (False, False)
    assert [entry.what for entry in shown.history] == ["released", "opened", "closed"]


async def test_a_new_store_is_made_once(rooms: Rooms) -> None:
    desk = rooms.tab("/desk/new-store", staff=rooms.marta)
    await desk.do(DeskStoreState, "load_new")
    shown = await desk.state(DeskStoreState)
    form = typed(
        shown,
        code="Lviv-07",
        name_uk="Новий",
        city_uk="Львів",
        address_uk="Ринок, 1",
        latitude="49.84",
        longitude="24.03",
    )
    await desk.do(DeskStoreState, "make", form={**form, "name_uk": ""})
    assert list(shown.field_refusals) == ["name_uk"]
    assert "/desk/stores/lviv-07" in str(await desk.do(DeskStoreState, "make", form=form))
    await desk.do(DeskStoreState, "make", form=form)
    assert list(shown.field_refusals) == ["code"]
    one = at(rooms, "lviv-07")
    await one.do(DeskStoreState, "load")
    assert [entry.what for entry in (await one.state(DeskStoreState)).history] == ["made"]
    wiring.stores().forget()
