"""What is done with the open conversation: by whoever has it, once, and by nobody else."""

import pytest
from sqlmodel import select

from mykyivstar.domain.support.models import Conversation
from mykyivstar.domain.support.tickets.models import Ticket
from mykyivstar.state.desk.chats import DeskChatsState
from mykyivstar.state.desk.moves import DeskMovesState
from tests.state.rooms import Rooms
from tests.state.tab import Tab

REQUEST = {"title": "Рахунок за жовтень", "words": "Надіслати копію"}


async def at_desk(rooms: Rooms, conversation: Conversation) -> Tab:
    """Solomiia's desk with her conversation open."""
    desk = rooms.tab("/desk", staff=rooms.solomiia)
    await desk.do(DeskChatsState, "load")
    await desk.do(DeskChatsState, "open", code=conversation.code)
    return desk


async def tickets(rooms: Rooms) -> list[str]:
    async with rooms.database.reading() as session:
        return [ticket.title for ticket in await session.exec(select(Ticket))]


@pytest.mark.parametrize(
    ("handler", "doing"), [("ask_hand_over", "hand_over"), ("ask_ticket", "ticket"), ("ask_close", "close")]
)
async def test_a_question_is_asked_once_and_put_away(rooms: Rooms, handler: str, doing: str) -> None:
    conversation = await rooms.talks()
    desk = await at_desk(rooms, conversation)
    moves = await desk.state(DeskMovesState)
    await desk.do(DeskMovesState, "show_card")
    await desk.do(DeskMovesState, handler)
    await desk.do(DeskMovesState, handler)
    assert (moves.doing, moves.card) == (doing, None)
    await desk.do(DeskMovesState, "put_away")
    await desk.do(DeskMovesState, "put_away")
    assert moves.doing == ""
    assert (await rooms.now(conversation)).state.is_running


async def test_a_card_is_forgotten_when_it_is_put_away(rooms: Rooms) -> None:
    desk = await at_desk(rooms, await rooms.talks())
    moves = await desk.state(DeskMovesState)
    await desk.do(DeskMovesState, "show_card")
    assert moves.card is not None
    await desk.do(DeskMovesState, "put_away")
    assert (moves.doing, moves.card) == ("", None)


async def test_a_double_click_makes_one_request_and_the_next_question_another(rooms: Rooms) -> None:
    desk = await at_desk(rooms, await rooms.talks())
    await desk.do(DeskMovesState, "ask_ticket")
    await desk.do(DeskMovesState, "make_ticket", form=REQUEST)
    await desk.do(DeskMovesState, "make_ticket", form=REQUEST)
    assert await tickets(rooms) == ["Рахунок за жовтень"]
    await desk.do(DeskMovesState, "ask_ticket")
    await desk.do(DeskMovesState, "make_ticket", form={**REQUEST, "title": "І за вересень"})
    assert await tickets(rooms) == ["Рахунок за жовтень", "І за вересень"]
    assert (await desk.state(DeskMovesState)).doing == ""


async def test_a_request_without_a_name_is_refused_at_its_name(rooms: Rooms) -> None:
    desk = await at_desk(rooms, await rooms.talks())
    moves = await desk.state(DeskMovesState)
    await desk.do(DeskMovesState, "ask_ticket")
    await desk.do(DeskMovesState, "make_ticket", form={"title": " \u202e ", "words": "Надіслати копію"})
    assert (list(moves.field_refusals), moves.doing) == (["title"], "ticket")
    await desk.do(DeskMovesState, "make_ticket", form={"title": "Рахунок", "words": ""})
    assert list(moves.field_refusals) == ["text"]
    assert await tickets(rooms) == []


async def test_nothing_is_done_without_an_open_conversation(rooms: Rooms) -> None:
    desk = rooms.tab("/desk", staff=rooms.solomiia)
    await desk.do(DeskMovesState, "ask_ticket")
    await desk.do(DeskMovesState, "make_ticket", form=REQUEST)
    await desk.do(DeskMovesState, "close")
    assert (await desk.state(DeskMovesState)).refusal
    assert await tickets(rooms) == []


async def test_a_waiting_conversation_is_read_by_a_consultant_who_makes_no_request_of_it(rooms: Rooms) -> None:
    conversation = await rooms.asks()
    desk = rooms.tab("/desk", staff=rooms.bohdan)
    await desk.do(DeskChatsState, "open", code=conversation.code)
    assert (await desk.state(DeskChatsState)).code == conversation.code
    for handler in ("ask_ticket", "make_ticket", "close", "show_card"):
        await desk.do(DeskMovesState, handler, **({"form": REQUEST} if handler == "make_ticket" else {}))
    assert await tickets(rooms) == []
    moves = await desk.state(DeskMovesState)
    assert moves.refusal
    assert moves.card is None
    assert (await rooms.now(conversation)).state.is_running


async def test_after_a_hand_over_the_open_dialog_does_nothing_any_more(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    desk, lead = await at_desk(rooms, conversation), rooms.tab("/desk", staff=rooms.marta)
    await desk.do(DeskMovesState, "ask_ticket")
    await lead.do(DeskChatsState, "open", code=conversation.code)
    await lead.do(DeskChatsState, "take_over")
    await desk.do(DeskMovesState, "make_ticket", form=REQUEST)
    await desk.do(DeskMovesState, "close")
    assert await tickets(rooms) == []
    assert (await rooms.now(conversation)).staff_id == rooms.marta.staff_id


@pytest.mark.parametrize("handler", ["ask_hand_over", "ask_ticket", "ask_close", "put_away", "make_ticket"])
async def test_a_customer_and_nobody_are_sent_away(rooms: Rooms, handler: str) -> None:
    for tab in (rooms.tab("/desk", actor=rooms.olena), rooms.tab("/desk")):
        with pytest.raises(AssertionError, match="send this caller away"):
            await tab.do(DeskMovesState, handler)
