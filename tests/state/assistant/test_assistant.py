"""The assistant's talk on the support page: answers with their sources, and a person who gets all of it."""

from collections.abc import AsyncIterator

import pytest

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import IDS_OF_ONE
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.support.models import Specialism
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.state.assistant.rows import TalkRow
from mykyivstar.state.assistant.state import AssistantState
from mykyivstar.state.desk.chats import DeskChatsState
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState
from mykyivstar.state.support.chat import ChatState
from mykyivstar.state.support.entrance import SupportState
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_account, make_line, put_money
from tests.state.support.test_chat import Rooms
from tests.state.tab import Tab


@pytest.fixture
async def rooms(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rooms]:
    """Olena has a line with 100 UAH of which 5.31 were taken, and pays for another."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    overviews.__init__()  # type: ignore[misc]
    rooms = Rooms(database, clock)
    await rooms.open()
    async with database.unit_of_work() as session:
        line, other = await make_line(session), await make_line(session, "380671000002")
        await hold(session, rooms.olena, line, position=0, nickname="Робочий")
        await hold(session, rooms.olena, other, position=1, nickname="Мама", role=HoldingRole.PAYER)
        await put_money(session, line, Money.uah(100))
        await put_money(session, other, Money.uah(7))
        await move(session, line, -531, at=clock.now(), why={"rule": "details/first_of_month"})
    yield rooms
    await database.dispose()


async def asked(tab: Tab, question: str) -> TalkRow:
    await tab.do(AssistantState, "say", form={"text": question})
    return (await tab.state(AssistantState)).rows[-1]


async def test_own_data_is_told_with_where_it_is_from(rooms: Rooms) -> None:
    tab = rooms.tab("/support", actor=rooms.olena)
    said = await asked(tab, "Який мій баланс?")
    assert "Робочий: 94,69\u00a0₴" in said.text
    assert "Мама: 7,00\u00a0₴" in said.text
    assert (said.source, [link.href for link in said.links]) == ("own", ["/home"])
    charge = await asked(tab, "чому списали 5,31?")
    assert "5,31\u00a0₴" in charge.text
    assert charge.links[0].href == f"/expenses/entry/{3 * IDS_OF_ONE}"
    missing = await asked(tab, "чому списали 77,77?")
    assert "немає списання на 77,77" in missing.text
    hidden = await asked(tab, "скільки хвилин лишилося у мами?")
    assert "ви лише платите за цей номер" in hidden.text


async def test_an_article_is_quoted_word_for_word_and_named(rooms: Rooms) -> None:
    said = await asked(rooms.tab("/support", actor=rooms.olena), "як переказати гроші подрузі")
    assert said.text.startswith("На сторінці «Переказ» можна передати від 1,00")
    assert said.source == "help"
    assert [link.href for link in said.links] == ["/help/transfer", "/transfer"]


async def test_what_it_does_not_know_it_does_not_answer(rooms: Rooms) -> None:
    said = await asked(rooms.tab("/support", actor=rooms.olena), "яка завтра погода у Львові?")
    assert said.text.startswith("Цього я не знаю")
    assert (said.source, said.links) == ("", [])


async def test_nothing_and_too_much_are_refused_at_the_field(rooms: Rooms) -> None:
    tab = rooms.tab("/support", actor=rooms.olena)
    shown = await tab.state(AssistantState)
    for text in ("  \u202e ", "щ" * 501):
        await tab.do(AssistantState, "say", form={"text": text})
        assert "text" in shown.field_refusals
    assert shown.rows == []
    await tab.do(AssistantState, "example", which="balance")
    assert (shown.field_refusals, [row.is_mine for row in shown.rows]) == ({}, [True, False])


async def test_a_wish_for_a_person_hands_everything_over_once(rooms: Rooms) -> None:
    tab = rooms.tab("/support", actor=rooms.olena)
    await asked(tab, "Який мій баланс?")
    await tab.do(AssistantState, "say", form={"text": "покличте людину"})
    await tab.do(AssistantState, "hand_over")
    assert (await tab.state(AssistantState)).rows == []
    await tab.do(SupportState, "load")
    code = (await tab.state(SupportState)).running.rpartition("/")[2]

    mine = rooms.customer(code)
    await mine.do(ChatState, "load")
    shown = await mine.state(ChatState)
    said = [(row.by, row.text.partition("\n")[0]) for row in shown.settled if not row.note]
    assert said == [
        ("customer", "Який мій баланс?"),
        ("assistant", "Зараз на рахунках:"),
        ("customer", "покличте людину"),
    ]
    assert "(З ваших даних)" in next(row.text for row in shown.settled if row.by == "assistant")

    desk = rooms.tab("/desk", staff=rooms.solomiia)
    await desk.do(DeskChatsState, "load")
    await desk.do(DeskChatsState, "take", code=code)
    at_desk = await desk.state(DeskChatsState)
    seen = [row.text for row in [*at_desk.settled, *at_desk.fresh] if not row.note]
    assert seen == [row.text for row in shown.settled if not row.note]

    await asked(tab, "Дякую")
    await tab.do(AssistantState, "hand_over")
    await mine.do(ChatState, "refresh")
    assert [row.text for row in shown.fresh if row.by == "customer"] == ["Дякую"]


async def test_a_picture_takes_the_talk_along_and_the_subject_chooses_the_specialist(rooms: Rooms) -> None:
    tab = rooms.tab("/support", actor=rooms.olena)
    await asked(tab, "роутер не працює")
    assert (await tab.state(AssistantState))._specialism is Specialism.INTERNET
    await asked(tab, "Який мій баланс?")
    assert (await tab.state(AssistantState))._specialism is Specialism.MOBILE
    await tab.do(SupportState, "ask", specialism="corporate")
    await tab.do(SupportState, "load")
    shown = await tab.state(SupportState)
    assert shown.running_specialism == "corporate"
    mine = rooms.customer(shown.running.rpartition("/")[2])
    await mine.do(ChatState, "load")
    assert len([row for row in (await mine.state(ChatState)).settled if row.by == "assistant"]) == 2


async def test_a_stranger_is_told_of_their_own_alone(rooms: Rooms) -> None:
    tab = rooms.tab("/support", actor=rooms.taras)
    assert "немає такого номера" in (await asked(tab, "Який мій баланс?")).text
    assert "немає списання на 5,31" in (await asked(tab, "чому списали 5,31")).text
    assert (await asked(tab, "де мій платіж")).text == "Ви тут ще нічого не сплачували."


async def test_the_line_in_hand_comes_first(rooms: Rooms) -> None:
    async with rooms.database.unit_of_work() as session:
        account = await make_account(session)
        await hold(session, rooms.olena, account, position=2, nickname="Дача")
    tab = rooms.tab("/support", actor=rooms.olena)
    await tab.do(ShellState, "choose", key=f"internet:{account.id}")
    assert (await asked(tab, "Який мій баланс?")).text.splitlines()[1].startswith("Дача:")


async def test_a_long_talk_keeps_its_newest_lines(rooms: Rooms) -> None:
    tab = rooms.tab("/support", actor=rooms.olena)
    for _ in range(25):
        await asked(tab, "дякую")
    rows = (await tab.state(AssistantState)).rows
    assert (len(rows), rows[-1].number) == (40, 50)
