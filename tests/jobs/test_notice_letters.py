"""A notice by e-mail, from the event to the mailbox (M5)."""

from pathlib import Path

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.notices.telling import Whose
from mykyivstar.domain.notices.topics import NoticeTopic
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import FixedClock
from tests.domain.notices.conftest import EMAIL, Told
from tests.jobs.conftest import Ports as SmsPorts
from tests.jobs.test_mail import Ports, mailbox


@pytest.fixture
async def told(database: Database, clock: FixedClock) -> Told:
    world = Told(database, clock)
    await world.open()
    return world


async def test_the_letter_says_what_the_sms_would_and_where_to_choose(
    told: Told, ports: SmsPorts, tmp_path: Path
) -> None:
    await told.choose(NoticeTopic.MONEY, on="email", off="sms app")
    await told.say(Whose(line_id=told.line_id), SmsTemplate.TRANSFER_GOT, kopiykas="12050", by="<b>067*****02</b>")
    gateway = EmbeddedMailGateway(tmp_path, sender="My Kyivstar <no-reply@example.ua>", clock=told.clock)
    await Worker(told.database, Ports(ports.sms, gateway, ports.press), told.clock).run_due()
    [letter] = mailbox(tmp_path)
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert (letter["To"], letter["Subject"]) == (EMAIL, "Мій Київстар: сповіщення для вас")
    assert "120,50" in plain.get_content()
    assert "https://my.example.ua/profile/notifications" in plain.get_content()
    assert "&lt;b&gt;067*****02" in html.get_content()
