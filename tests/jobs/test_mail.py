"""A receipt by e-mail, from the payment to the mailbox: credited, taken by the worker, a letter with its PDF."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import MailMessage, MailState
from mykyivstar.domain.papers.receipt import Receipt
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import FixedClock
from mykyivstar.papers.press import Press
from mykyivstar.ports.mail import MailGateway
from mykyivstar.ports.sms import SmsGateway
from tests.domain.papers.conftest import Desk
from tests.jobs.conftest import Ports as SmsPorts


@dataclass(frozen=True)
class Ports:
    sms: SmsGateway
    mail: MailGateway
    press: Press


@pytest.fixture
async def desk(database: Database, clock: FixedClock) -> Desk:
    desk = Desk(database, clock)
    await desk.settle()
    return desk


async def letters_of(desk: Desk, ports: SmsPorts, folder: Path) -> list[EmailMessage]:
    gateway = EmbeddedMailGateway(folder, sender="My Kyivstar <no-reply@example.ua>", clock=desk.clock)
    worker = Worker(desk.database, Ports(ports.sms, gateway, Press(desk.seal, "https://my.example.ua")), desk.clock)
    await worker.run_due()
    return mailbox(folder)


def mailbox(folder: Path) -> list[EmailMessage]:
    found = [message_from_bytes(path.read_bytes(), policy=policy.SMTP) for path in folder.glob("*.eml")]
    return [message for message in found if isinstance(message, EmailMessage)]


async def pay(desk: Desk, *states: PaymentState) -> tuple[Payment, Receipt]:
    payer = Payer(profile_id=desk.olena.profile_id, email="olena@example.com", language=Language.UK)
    paid = await desk.pay(*states, payer=payer)
    return paid, await desk.receipt(paid)


async def test_a_credited_payment_sends_its_receipt_with_the_paper_in_it(
    desk: Desk, ports: SmsPorts, tmp_path: Path
) -> None:
    _, receipt = await pay(desk, PaymentState.CREDITED)
    [letter] = await letters_of(desk, ports, tmp_path)
    assert letter["To"] == "olena@example.com"
    assert str(letter["Subject"]).startswith("Квитанція № 20120503194733")
    [attached] = letter.iter_attachments()
    assert attached.get_filename() == "Квитанція-20120503194733.pdf"
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    text = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "4477622" in text
    assert Press(desk.seal, "").code(receipt) in text
    async with desk.database.reading() as session:
        assert [message.state for message in await session.exec(select(MailMessage))] == [MailState.SENT]


async def test_a_letter_says_how_things_are_when_it_is_written(desk: Desk, ports: SmsPorts, tmp_path: Path) -> None:
    await pay(desk, PaymentState.CREDITED, PaymentState.REFUNDED)
    letters = await letters_of(desk, ports, tmp_path)
    assert len(letters) == 2
    for letter in letters:
        body = letter.get_body(("plain",))
        assert body is not None
        assert "Кошти повернуто платникові" in body.get_content()
