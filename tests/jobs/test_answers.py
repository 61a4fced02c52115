"""An answer of the staff, from the desk to the mailbox: what the letter says, and what nobody can have it say."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from mykyivstar.domain.identity.models import Language
from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.jobs.worker import Worker
from tests.domain.feedback.conftest import Postbox, postbox
from tests.jobs.conftest import Ports as SmsPorts
from tests.jobs.test_mail import Ports, mailbox

__all__ = ["postbox"]

MAIL_BOMB = "Ви виграли! https://evil.example <a href='https://evil.example'>тут</a>\r\nBcc: all@example.com"


async def answered(
    postbox: Postbox, ports: SmsPorts, folder: Path, text: str, language: Language = Language.UK
) -> tuple[EmailMessage, str]:
    """The letter that somebody gets, and the address of the request."""
    ticket = await postbox.write(MAIL_BOMB, name=MAIL_BOMB, language=language)
    await postbox.reply(ticket, text)
    gateway = EmbeddedMailGateway(folder, sender="My Kyivstar <no-reply@example.ua>", clock=postbox.clock)
    await Worker(postbox.database, Ports(ports.sms, gateway, ports.press), postbox.clock).run_due()
    [letter] = mailbox(folder)
    return letter, f"https://my.example.ua/contact/{ticket.code}"


def said(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize(
    ("language", "subject", "where"),
    [
        (Language.UK, "Відповідь на ваше звернення T-000001", "поле, щоб написати у відповідь"),
        (Language.RU, "Ответ на ваше обращение T-000001", "поле, чтобы написать в ответ"),
        (Language.EN, "Answer to your request T-000001", "a field to write back"),
    ],
)
async def test_the_letter_brings_the_answer_and_the_way_back(
    postbox: Postbox, ports: SmsPorts, tmp_path: Path, language: Language, subject: str, where: str
) -> None:
    letter, address = await answered(postbox, ports, tmp_path, "Рядок 1 😀\nРядок <b>2</b>", language)
    assert (letter["To"], letter["Subject"]) == ("ivan@example.com", subject)
    plain, html = said(letter, "plain"), said(letter, "html")
    assert "Рядок 1 😀\nРядок <b>2</b>" in plain.replace("\r\n", "\n")
    assert "Рядок &lt;b&gt;2&lt;/b&gt;" in html
    for text in (plain, html):
        assert where in text
        assert address in text


async def test_nothing_that_the_asker_typed_is_in_the_letter(postbox: Postbox, ports: SmsPorts, tmp_path: Path) -> None:
    letter, _ = await answered(postbox, ports, tmp_path, "Ні.\r\nBcc: all@example.com")
    assert "evil" not in letter.as_string() + said(letter, "plain") + said(letter, "html")
    assert (letter["Bcc"], letter["Cc"], letter["Reply-To"]) == (None, None, None)
    assert "виграли" not in said(letter, "plain") + said(letter, "html")
