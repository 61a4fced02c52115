"""Messages: each once, in order, only between the two, and only what a person writes."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.domain.support import conversations, desk, messages, reading, seen, statements
from mykyivstar.domain.support.errors import ConversationClosed, MessageEmpty, MessageTooLong, TooManyMessages
from mykyivstar.domain.support.models import Author
from mykyivstar.domain.support.texts import cleaned
from mykyivstar.kit.errors import Malformed, NotFound
from tests.domain.support.conftest import Hall, key


async def test_a_message_that_is_sent_again_is_kept_once(hall: Hall) -> None:
    conversation, own = await hall.talks(), key()
    first = await hall.says(conversation, "Добрий день", client_key=own)
    assert await hall.says(conversation, "Добрий день", client_key=own) == first
    assert await hall.texts(conversation) == ["Добрий день"]


async def test_a_message_that_comes_twice_at_once_is_kept_once(hall: Hall) -> None:
    conversation, own = await hall.talks(), key()
    done = await asyncio.gather(*[hall.says(conversation, "Добрий день", client_key=own) for _ in range(8)])
    assert len(set(done)) == 1
    assert await hall.texts(conversation) == ["Добрий день"]


async def test_whoever_asks_for_what_is_newer_misses_nothing_while_both_write(hall: Hall) -> None:
    conversation, seen, last = await hall.talks(), list[str](), 0

    async def look() -> None:
        nonlocal last
        async with hall.database.reading() as session:
            for line in await reading.lines_after(session, conversation.id or 0, after=last):
                last = line.message.id or 0
                seen.append(line.message.text)

    async def watch() -> None:
        for _ in range(30):
            await look()
            await asyncio.sleep(0.002)

    both = [say(conversation, f"{n}") for n in range(15) for say in (hall.says, hall.answers)]
    await asyncio.gather(watch(), *both)
    await look()
    assert sorted(text for text in seen if text) == sorted(f"{n}" for n in range(15) for _ in range(2))


async def test_a_stranger_can_neither_read_nor_write(hall: Hall) -> None:
    conversation = await hall.talks()
    at = hall.clock.now()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await messages.customer_says(session, hall.taras, conversation.code, client_key=key(), text="Я теж", at=at)
        with pytest.raises(NotFound):
            await conversations.leave(session, hall.taras, conversation.code, at=at)
        with pytest.raises(NotFound):
            await seen.by_customer(session, hall.taras, conversation.code, message_id=1)


async def test_a_consultant_writes_only_in_their_own_conversations(hall: Hall) -> None:
    conversation = await hall.talks()
    for other in (hall.bohdan, hall.marta):
        async with hall.database.unit_of_work() as session:
            with pytest.raises(NotFound):
                await messages.staff_says(
                    session, other, conversation.code, client_key=key(), text="Я", at=hall.clock.now()
                )


async def test_nothing_is_said_after_the_end_but_what_was_kept_before_stays_so(hall: Hall) -> None:
    conversation, own = await hall.talks(), key()
    first = await hall.says(conversation, "Дякую", client_key=own)
    async with hall.database.unit_of_work() as session:
        await desk.close(session, hall.solomiia, conversation.code, at=hall.clock.now())
    with pytest.raises(ConversationClosed):
        await hall.says(conversation, "Ще одне")
    assert await hall.says(conversation, "Дякую", client_key=own) == first


async def test_a_flood_is_stopped_and_goes_on_later(hall: Hall) -> None:
    conversation = await hall.talks()
    for number in range(statements.AT_ONCE):
        await hall.says(conversation, f"{number}")
    with pytest.raises(TooManyMessages):
        await hall.says(conversation, "one more")
    await hall.answers(conversation, "Не так швидко")
    hall.clock.moment += timedelta(seconds=10)
    await hall.says(conversation, "one more")


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u202e\u200b", "\x00"])
async def test_nothing_to_read_is_no_message(hall: Hall, text: str) -> None:
    conversation = await hall.talks()
    with pytest.raises(MessageEmpty):
        await hall.says(conversation, text)


async def test_twenty_kilobytes_are_refused_with_the_limit(hall: Hall) -> None:
    conversation = await hall.talks()
    with pytest.raises(MessageTooLong) as refusal:
        await hall.says(conversation, "щ" * 20_000)
    assert refusal.value.params == {"most": 4000}
    await hall.says(conversation, "щ" * 4000)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "👩‍👩‍👧 і 🇺🇦", "שלום עולם", "' OR 1=1; --", "{customer} %s ${x}", "рядок\nрядок"],
)
async def test_a_text_comes_back_as_it_was_written(hall: Hall, text: str) -> None:
    conversation = await hall.talks()
    await hall.says(conversation, text)
    assert await hall.texts(conversation) == [text]


def test_what_turns_a_text_around_and_controls_are_left_out() -> None:
    assert cleaned("до\u202eоплати\u202c\x00\x1b[0m\r\nтак") == "дооплати[0m\nтак"


@pytest.mark.parametrize("wrong", ["", "short", "x" * 41, "has space1", "ключ-ключ"])
async def test_a_key_that_no_browser_of_ours_makes_is_refused(hall: Hall, wrong: str) -> None:
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(Malformed):
            await messages.customer_says(
                session, hall.olena, conversation.code, client_key=wrong, text="Так", at=hall.clock.now()
            )


async def test_who_wrote_last_and_who_has_read_up_to_where(hall: Hall) -> None:
    conversation = await hall.talks()
    mine = await hall.says(conversation, "Є хто?")
    async with hall.database.unit_of_work() as session:
        eyes = await seen.by_staff(session, hall.solomiia, conversation.code, message_id=mine)
        assert eyes is not None
        await seen.write(session, {eyes: mine})
    stands = await hall.now(conversation)
    assert (stands.last_author, stands.staff_saw, stands.customer_saw) == (Author.CUSTOMER, mine, mine)


async def test_a_mark_never_goes_back_nor_to_a_message_of_elsewhere(hall: Hall) -> None:
    conversation = await hall.talks()
    first, second = await hall.answers(conversation, "1"), await hall.answers(conversation, "2")
    elsewhere = await hall.asks(hall.taras)
    for message_id in (second, first, second + 1, second + 1000, 0, -1):
        async with hall.database.unit_of_work() as session:
            eyes = await seen.by_customer(session, hall.olena, conversation.code, message_id=message_id)
            assert (eyes is not None) is (message_id == second)
            await seen.write(session, {eyes: message_id} if eyes else {})
    # Judged before another tab's was written, and written after it.
    async with hall.database.unit_of_work() as session:
        await seen.write(session, {seen.Eyes(conversation.id or 0, Author.CUSTOMER): first})
    assert (await hall.now(elsewhere)).customer_saw == 0
    assert (await hall.now(conversation)).customer_saw == second


async def test_older_messages_come_page_by_page_in_order(hall: Hall) -> None:
    conversation = await hall.talks()
    for number in range(reading.MESSAGES_AT_ONCE + 5):
        hall.clock.moment += timedelta(seconds=1)
        await hall.says(conversation, f"{number}")
    async with hall.database.reading() as session:
        newest, has_older = await reading.newest_lines(session, conversation.id or 0)
        first = newest[0].message.id
        older, is_more = await reading.newest_lines(session, conversation.id or 0, before=first)
    assert has_older
    assert not is_more
    both = [line.message.id or 0 for line in [*older, *newest]]
    assert both == sorted(set(both))
    assert len(both) == reading.MESSAGES_AT_ONCE + 5 + 2  # and the notes that it began and was taken
