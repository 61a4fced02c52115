"""Putting a letter into the outbox; the worker takes it from there (see `mail_delivery`)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import enqueue
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import MailMessage, MailState

SEND_MAIL_JOB = "mail.send"


class MailTemplate(StrEnum):
    """Which letters there are; their words are the edge's."""

    RECEIPT = "receipt"
    REPORT = "report"
    APPLICATION = "application"
    CODE_CONTACT = "code_contact"
    CODE_UNBLOCK = "code_unblock"
    TICKET_ANSWER = "ticket_answer"
    NOTICE = "notice"

    @property
    def params(self) -> frozenset[str]:
        """The names of its values: what JSON holds."""
        return _PARAMS[self]


_PARAMS = {
    MailTemplate.RECEIPT: frozenset({"payment_id"}),
    MailTemplate.REPORT: frozenset({"report_id"}),
    # `state` is the one that the letter tells of.
    MailTemplate.APPLICATION: frozenset({"application_id", "state"}),
    MailTemplate.CODE_CONTACT: frozenset({"code"}),
    # `number` is masked.
    MailTemplate.CODE_UNBLOCK: frozenset({"code", "number"}),
    MailTemplate.TICKET_ANSWER: frozenset({"note_id"}),
    # An SMS template with its values: the letter says what the SMS says.
    MailTemplate.NOTICE: frozenset({"template", "values"}),
}


async def send_mail(
    session: AsyncSession,
    *,
    key: str,
    to: str,
    template: MailTemplate,
    params: Mapping[str, Any],
    language: Language,
    at: datetime,
    lives: timedelta,
) -> bool:
    """Send this letter when, and only when, the transaction commits; after `lives` it is no longer worth sending.

    False when a letter of this key was put in before: then nothing happens. `to` is an address that was looked at
    (`kit.email`).
    """
    assert set(params) == template.params, "the values of a letter are those of its template"
    values: dict[str, Any] = {"key": key, "to": to, "language": language}
    values |= {"template": template.value, "params": dict(params)}
    values |= {"state": MailState.WAITING, "attempts": 0, "may_be_double": False, "error": ""}
    values |= {"created_at": at, "expires_at": at + lives}
    statement = insert_into(session, MailMessage).values(**values).on_conflict_do_nothing(index_elements=["key"])
    mail_id = (await session.exec(statement.returning(col(MailMessage.id)))).scalar_one_or_none()
    if mail_id is None:
        return False
    await enqueue(session, SEND_MAIL_JOB, {"mail_id": mail_id}, run_at=at)
    return True
