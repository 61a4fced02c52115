"""Conversations at the desk: which one is open, and how it is found again."""

from mykyivstar.state.desk.chats import DeskChatsState
from mykyivstar.state.live_support import open_at_desk
from tests.state.rooms import Rooms


async def test_the_address_opens_the_conversation_again(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    await rooms.says(conversation, "Добрий день")
    # As after a restart: the tab's state is new, its address is not.
    desk = rooms.tab(f"/desk?chat={conversation.code}", staff=rooms.solomiia)
    await desk.do(DeskChatsState, "load")
    shown = await desk.state(DeskChatsState)
    assert (shown.ready, shown.code, shown.is_mine) == (True, conversation.code, True)
    assert [row.is_open for row in shown.chats] == [True]
    assert shown.settled[-1].text == "Добрий день"


async def test_an_address_shows_nothing_that_is_not_ones_own(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    for code in (conversation.code, "nowhere", "x" * 400):
        desk = rooms.tab(f"/desk?chat={code}", staff=rooms.bohdan)
        await desk.do(DeskChatsState, "load")
        shown = await desk.state(DeskChatsState)
        assert (shown.ready, shown.code, shown.settled, shown.customer) == (True, "", [], "")


async def test_back_in_the_lists_nothing_is_open_and_the_conversation_goes_on(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    desk = rooms.tab("/desk", staff=rooms.solomiia)
    await desk.do(DeskChatsState, "open", code=conversation.code)
    await desk.do(DeskChatsState, "leave")
    await desk.do(DeskChatsState, "leave")
    shown = await desk.state(DeskChatsState)
    assert (shown.code, [row.is_open for row in shown.chats], open_at_desk) == ("", [False], {})
    assert (await rooms.now(conversation)).staff_id == rooms.solomiia.staff_id


async def test_a_lead_reads_who_has_which_conversation(rooms: Rooms) -> None:
    await rooms.talks()
    for who, names in ((rooms.marta, ["Соломія"]), (rooms.solomiia, [""])):
        desk = rooms.tab("/desk", staff=who)
        await desk.do(DeskChatsState, "load")
        assert [row.by for row in (await desk.state(DeskChatsState)).chats] == names
