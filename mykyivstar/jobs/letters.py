"""The words of every letter, made when it is sent, so that they say how things are then."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import select

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.applications.models import Application
from mykyivstar.domain.feedback.letters import answer_of
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notices.topics import TOPIC_OF
from mykyivstar.domain.notifications.mail import MailTemplate
from mykyivstar.domain.notifications.mail_delivery import Composing, Content
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.papers.account import report_paper
from mykyivstar.domain.papers.receipt import receipt_of
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.reports.models import Report
from mykyivstar.jobs.registry import JobPorts
from mykyivstar.jobs.sms_texts import sms_text
from mykyivstar.papers.answers import answer_letter
from mykyivstar.papers.application_letters import application_letter, code_letter, unblocking_letter
from mykyivstar.papers.letters import receipt_letter
from mykyivstar.papers.notice_letters import notice_letter
from mykyivstar.papers.reports.letters import ATTACHED_MOST, report_letter


def composing(reading: UnitOfWork, ports: JobPorts) -> Composing:
    """What the outbox is given to write letters with."""

    async def compose(template: MailTemplate, language: Language, params: Mapping[str, Any]) -> Content:
        match template:
            case MailTemplate.RECEIPT:
                async with reading() as session:
                    payment = (await session.exec(select(Payment).where(Payment.id == params["payment_id"]))).one()
                    receipt = await receipt_of(session, payment)
                return await receipt_letter(receipt, ports.press, language)
            case MailTemplate.REPORT:
                async with reading() as session:
                    report = await session.get_one(Report, params["report_id"])
                    paper = await report_paper(session, params["report_id"])
                # Only what is ready is sent, and what was once ready is always a paper.
                assert paper is not None
                files = await asyncio.to_thread(_read, ports.reports_folder, report)
                return report_letter(paper, files, ports.press, language)
            case MailTemplate.APPLICATION:
                async with reading() as session:
                    application = await session.get_one(Application, params["application_id"])
                page = f"{ports.press.site}/applications/{application.code}"
                return application_letter(application.number, params["state"], page, language)
            case MailTemplate.CODE_CONTACT | MailTemplate.CODE_UNBLOCK:
                return _code_letter(template, language, params)
            case MailTemplate.TICKET_ANSWER:
                async with reading() as session:
                    answer = await answer_of(session, params["note_id"])
                return answer_letter(answer, ports.press.site, language)
            case MailTemplate.NOTICE:
                said = sms_text(SmsTemplate(params["template"]), language, params["values"], site=ports.press.site)
                always = SmsTemplate(params["template"]) not in TOPIC_OF
                return notice_letter(said, f"{ports.press.site}/profile/notifications", language, always=always)

    return compose


def _code_letter(template: MailTemplate, language: Language, params: Mapping[str, Any]) -> Content:
    if template is MailTemplate.CODE_UNBLOCK:
        return unblocking_letter(params["code"], params["number"], language)
    return code_letter(params["code"], language)


def _read(folder: Path, report: Report) -> dict[str, bytes]:
    """What of its files is still there, if all of it fits a letter."""
    paths = {ending: folder / each["name"] for ending, each in report.files.items()}
    if sum(each["size"] for each in report.files.values()) > ATTACHED_MOST:
        return {}
    return {ending: path.read_bytes() for ending, path in paths.items() if path.exists()}
