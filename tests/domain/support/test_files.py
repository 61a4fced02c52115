"""Files: what they are by their content, for whom, and not too many."""

from typing import Any

import pytest

from mykyivstar.domain.support import conversations, files
from mykyivstar.domain.support.errors import ConversationClosed, FileTooLarge, FileUnfit, TooManyFiles
from mykyivstar.domain.support.models import Conversation
from mykyivstar.kit.errors import NotFound
from tests.domain.support.conftest import Hall, key

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20) + b"\xff\xda\x00\x08" + bytes(30) + b"\xff\xd9"
WEBP = b"RIFF" + (20).to_bytes(4, "little") + b"WEBPVP8 " + bytes(12)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "name", "shown", "media_type"),
    [
        (PNG, "знімок екрана.png", "знімок екрана.png", "image/png"),
        (JPEG, "IMG_1.JPEG", "IMG_1.jpg", "image/jpeg"),
        (WEBP, "", "file.webp", "image/webp"),
        (PDF, "../../etc/passwd", "passwd.pdf", "application/pdf"),
        (PDF, "договір.pdf.exe", "договір.pdf", "application/pdf"),
        (PNG, "C:\\photos\\\u202egnp.exe", "gnp.png", "image/png"),
        (PNG, "x" * 400 + ".png", "x" * 100 + ".png", "image/png"),
    ],
)
def test_a_file_is_what_its_content_says_and_is_called_so(
    content: bytes, name: str, shown: str, media_type: str
) -> None:
    assert files.examined(content, name) == files.Sent(shown, media_type, len(content))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program that is called photo.png",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"\x89PNG\r\n\x1a\n and then something else",
        b"\xff\xd8\xff" + bytes(100),
        b"RIFF\x00\x00\x00\x00WEBP" + bytes(100),
        b"%PDF-1.7 without an end",
        b"GIF89a" + bytes(50),
        PNG[:-12],
    ],
)
def test_a_file_that_lies_about_its_kind_is_refused(content: bytes) -> None:
    with pytest.raises(FileUnfit):
        files.examined(content, "photo.png")


def test_a_file_over_ten_megabytes_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        files.examined(PNG + bytes(files.BYTES_MOST), "photo.png")


async def send(hall: Hall, conversation: Conversation, **other: Any) -> object:
    async with hall.database.unit_of_work() as session:
        about = {"client_key": key(), "sent": files.examined(PNG, "a.png"), "at": hall.clock.now()} | other
        return await files.customer_sends(session, hall.olena, conversation.code, **about)


async def test_a_file_is_a_message_kept_once(hall: Hall) -> None:
    conversation, own = await hall.talks(), key()
    first = await send(hall, conversation, client_key=own)
    assert first is not None
    assert await send(hall, conversation, client_key=own) is None
    assert await hall.texts(conversation) == [""]


async def test_only_the_two_may_have_a_file(hall: Hall) -> None:
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        sent = files.examined(PNG, "a.png")
        kept = await files.customer_sends(
            session, hall.olena, conversation.code, client_key=key(), sent=sent, at=hall.clock.now()
        )
    assert kept is not None
    async with hall.database.reading() as session:
        assert (await files.file_of_customer(session, hall.olena, kept.code)).id == kept.id
        assert (await files.file_of_staff(session, hall.solomiia, kept.code)).id == kept.id
        with pytest.raises(NotFound):
            await files.file_of_customer(session, hall.taras, kept.code)
        with pytest.raises(NotFound):
            await files.file_of_staff(session, hall.bohdan, kept.code)
        with pytest.raises(NotFound):
            await files.file_of_customer(session, hall.olena, "no-such-file")


async def test_a_stranger_sends_nothing_there(hall: Hall) -> None:
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await files.customer_sends(
                session,
                hall.taras,
                conversation.code,
                client_key=key(),
                sent=files.examined(PNG, "a.png"),
                at=hall.clock.now(),
            )


async def test_nothing_is_sent_after_the_end(hall: Hall) -> None:
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        await conversations.leave(session, hall.olena, conversation.code, at=hall.clock.now())
    with pytest.raises(ConversationClosed):
        await send(hall, conversation)


async def test_a_conversation_takes_only_so_many(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FILES_MOST", 2)
    conversation = await hall.talks()
    await send(hall, conversation)
    await send(hall, conversation)
    with pytest.raises(TooManyFiles):
        await send(hall, conversation)
