"""What every mail gateway promises, tried on the embedded one and on SMTP with a server that is not ours."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.integrations.mail.smtp import SmtpMailGateway
from mykyivstar.kit.clock import FixedClock
from mykyivstar.ports.mail import Attachment, Letter, MailGateway
from tests.peers.smtpd import Relay, relay

SENDER = "Мій Київстар <no-reply@example.ua>"
PDF = b"%PDF-1.7\n\x00\xff\r\n.\r\n..\r\nend"


def letter(key: str = "receipt:1", **fields) -> Letter:
    said = {"to": "olena@example.com", "subject": "Квитанція № 20261122120005: 150,00 ₴", "text": "Вітаємо, їжаче!\n"}
    return Letter(key=key, **(said | fields))


class Post(ABC):
    """A gateway and the boxes behind it."""

    gateway: MailGateway

    @abstractmethod
    def came(self) -> list[EmailMessage]:
        """What arrived so far."""


class Embedded(Post):
    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self._folder = folder
        self.gateway = EmbeddedMailGateway(folder, sender=SENDER, clock=clock)

    def came(self) -> list[EmailMessage]:
        return [read(path.read_bytes()) for path in sorted(self._folder.glob("*.eml"))]


class Smtp(Post):
    def __init__(self, server: Relay, clock: FixedClock) -> None:
        self._server = server
        self.gateway = SmtpMailGateway(
            host="127.0.0.1",
            port=server.port,
            encryption="none",
            user="",
            password="",
            sender=SENDER,
            clock=clock,
            timeout_s=5,
        )

    def came(self) -> list[EmailMessage]:
        return [read(content) for _, content in self._server.taken]


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture(params=["embedded", "smtp"])
async def post(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> AsyncIterator[Post]:
    if request.param == "embedded":
        yield Embedded(tmp_path / "mail", clock)
        return
    with relay() as server:
        yield Smtp(server, clock)


async def test_a_letter_arrives_as_it_was_written(post: Post) -> None:
    await post.gateway.send(letter(html="<p>Вітаємо, <b>їжаче</b>!</p>"))
    [message] = post.came()
    assert message["Subject"] == "Квитанція № 20261122120005: 150,00 ₴"
    assert message["To"] == "olena@example.com"
    assert message["From"].addresses[0].display_name == "Мій Київстар"
    assert message["From"].addresses[0].addr_spec == "no-reply@example.ua"
    assert message["Date"].datetime.isoformat() == "2026-11-22T10:00:00+00:00"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == "Вітаємо, їжаче!"
    assert html.get_content().strip() == "<p>Вітаємо, <b>їжаче</b>!</p>"


async def test_an_attachment_keeps_every_byte_and_its_cyrillic_name(post: Post) -> None:
    file = Attachment("Квитанція-20261122120005.pdf", "application/pdf", PDF)
    await post.gateway.send(letter(attachments=[file]))
    [message] = post.came()
    [attached] = message.iter_attachments()
    assert attached.get_filename() == file.name
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_payload(decode=True) == PDF


async def test_the_same_letter_has_the_same_message_id_and_another_one_another(post: Post) -> None:
    for key in ("receipt:1", "receipt:1", "receipt:2"):
        await post.gateway.send(letter(key))
    named = {str(message["Message-ID"]) for message in post.came()}
    assert len(named) == 2
    assert all(name.endswith("@example.ua>") for name in named)


async def test_lines_of_dots_and_long_lines_survive(post: Post) -> None:
    text = ".\n..\nend\n" + "довгий рядок " * 200 + "\n"
    await post.gateway.send(letter(text=text))
    body = post.came()[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text


async def test_nothing_of_a_letter_becomes_a_header(post: Post) -> None:
    with pytest.raises(ValueError, match=r"(?i)header|newline|linefeed"):
        await post.gateway.send(letter(subject="Receipt\r\nBcc: everybody@example.com"))
    assert post.came() == []
