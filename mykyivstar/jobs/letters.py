"""The words of every letter, made when it is sent, so that they say how things are then."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.mail import MailTemplate
from mykyivstar.domain.notifications.mail_delivery import Composing, Content
from mykyivstar.domain.papers.receipt import receipt_of
from mykyivstar.domain.payments.models import Payment
from mykyivstar.papers.letters import receipt_letter
from mykyivstar.papers.press import Press


def composing(reading: UnitOfWork, press: Press) -> Composing:
    """What the outbox is given to write letters with."""

    async def compose(template: MailTemplate, language: Language, params: Mapping[str, Any]) -> Content:
        match template:
            case MailTemplate.RECEIPT:
                async with reading() as session:
                    payment = (await session.exec(select(Payment).where(Payment.id == params["payment_id"]))).one()
                    receipt = await receipt_of(session, payment)
                return await receipt_letter(receipt, press, language)

    return compose
