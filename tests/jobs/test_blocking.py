"""The job that carries blocks out, and the letters about them (G1)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job
from mykyivstar.domain.blocking import service
from mykyivstar.domain.blocking.models import BlockReason, BlockState, LineBlock
from mykyivstar.domain.blocking.service import Wanted
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.jobs.catalogue import every_job
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.sms_texts import sms_text
from mykyivstar.kit.clock import FixedClock
from mykyivstar.papers.application_letters import unblocking_letter
from mykyivstar.papers.notice_letters import notice_letter
from tests.factories.people import hold, make_line, make_person


async def test_the_job_blocks_the_line_and_does_it_once(database: Database, clock: FixedClock) -> None:
    at = clock.now()
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
        proved = Actor(olena.profile_id, olena.session_id, at)
        await service.block(session, proved, Wanted(line.id or 0, BlockReason.AWAY), key="form", at=at)
    async with database.reading() as session:
        job = (await session.exec(select(Job).where(Job.kind == service.CARRY_OUT_JOB))).one()
    handler = every_job().kinds[job.kind].handler
    later = at + timedelta(minutes=15)
    for _ in range(2):
        await handler(JobContext(database, None, clock), job.payload, later)  # type: ignore[arg-type]
    async with database.reading() as session:
        block = (await session.exec(select(LineBlock))).one()
        assert (block.state, block.since) == (BlockState.ACTIVE, later)
        assert (await session.exec(select(Line))).one().state is LineState.BLOCKED


@pytest.mark.parametrize("language", Language)
def test_an_sms_about_a_block_says_the_number_and_whom_to_call(language: Language) -> None:
    said: dict[str, Any] = {"number": "067*****01", "at": "2026-11-22T10:05:00+00:00"}
    for template in (SmsTemplate.LINE_BLOCK_ASKED, SmsTemplate.LINE_BLOCKED, SmsTemplate.LINE_UNBLOCKED):
        text = sms_text(template, language, {name: said[name] for name in template.params})
        assert "067*****01" in text
        assert "466" in text
        assert ("12:05" in text) is (template is SmsTemplate.LINE_BLOCK_ASKED)
        assert len(text) <= (160 if language is Language.EN else 70), text


@pytest.mark.parametrize("language", Language)
def test_letters_name_what_the_code_allows_and_offer_no_switch(language: Language) -> None:
    letter = unblocking_letter("K7MD", "067*****01", language)
    assert all(part in letter.text for part in ("K7MD", "067*****01"))
    assert "K7MD" in letter.subject
    chosen, always = (notice_letter("said", "https://my.example/x", language, always=each) for each in (False, True))
    assert "https://my.example/x" in chosen.text
    assert "https://my.example/x" in chosen.html
    assert "https" not in always.text + always.html
    assert "said" in always.text
