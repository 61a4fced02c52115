"""The customer card, prepared answers, figures."""

from datetime import timedelta

import pytest

from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.staff.errors import StaffRoleNeeded
from mykyivstar.domain.support import answers, conversations, desk
from mykyivstar.domain.support.answers import Offered
from mykyivstar.domain.support.card import look, looks_at
from mykyivstar.domain.support.errors import MessageEmpty
from mykyivstar.domain.support.figures import sheet
from mykyivstar.domain.support.models import CannedAnswer, Specialism
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.domain.support.conftest import Hall
from tests.factories.people import hold, make_line, put_money


async def test_a_look_at_a_card_is_written_down_and_shows_no_more_than_needed(hall: Hall) -> None:
    async with hall.database.unit_of_work() as session:
        own, shared = await make_line(session), await make_line(session, "380671000002")
        await hold(session, hall.olena, own)
        await hold(session, hall.olena, shared, role=HoldingRole.VIEWER)
        await put_money(session, own, Money.uah(50))
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        card = await look(session, hall.solomiia, conversation=conversation.code, at=hall.clock.now())
    assert card.name == "Олена"
    assert [(each.number, each.balance) for each in card.things] == [
        ("380671000001", Money.uah(50)),
        (shared.msisdn.masked, None),
    ]
    async with hall.database.reading() as session:
        looks = await looks_at(session, hall.olena.profile_id)
    assert [(each.staff_id, each.conversation_id) for each in looks] == [(hall.solomiia.staff_id, conversation.id)]


async def test_a_consultant_looks_only_while_the_conversation_is_theirs(hall: Hall) -> None:
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await look(session, hall.bohdan, conversation=conversation.code, at=hall.clock.now())
    async with hall.database.unit_of_work() as session:
        await desk.close(session, hall.solomiia, conversation.code, at=hall.clock.now())
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await look(session, hall.solomiia, conversation=conversation.code, at=hall.clock.now())
        await look(session, hall.marta, conversation=conversation.code, at=hall.clock.now())
    async with hall.database.reading() as session:
        assert [each.staff_id for each in await looks_at(session, hall.olena.profile_id)] == [hall.marta.staff_id]


def test_only_known_placeholders_are_filled_and_only_once() -> None:
    answer = CannedAnswer(title="x", texts={"uk": "Вітаю, {customer}! {unknown} {0} — {consultant}"})
    said = answers.filled(answer, "en", customer="{consultant} <b>", consultant="Соломія")
    assert said == "Вітаю, {consultant} <b>! {unknown} {0} — Соломія"


async def test_leads_keep_prepared_answers_and_consultants_read_them(hall: Hall) -> None:
    texts = {"uk": "Вимкніть роутер", "en": "", "ru": ""}
    async with hall.database.unit_of_work() as session:
        with pytest.raises(StaffRoleNeeded):
            await answers.save(session, hall.solomiia, answer_id=None, title="Роутер", texts=texts, specialism=None)
        with pytest.raises(MessageEmpty):
            await answers.save(session, hall.marta, answer_id=None, title="Роутер", texts={}, specialism=None)
        kept = await answers.save(
            session, hall.marta, answer_id=None, title="Роутер", texts=texts, specialism=Specialism.INTERNET
        )
    async with hall.database.unit_of_work() as session:
        assert [each.id for each in await answers.answers(session)] == [kept.id]
        assert await answers.offered(session, Specialism.INTERNET) == [Offered("Роутер", texts)]
        assert await answers.offered(session, Specialism.MOBILE) == []
        with pytest.raises(StaffRoleNeeded):
            await answers.remove(session, hall.solomiia, kept.id or 0, at=hall.clock.now())
        await answers.remove(session, hall.marta, kept.id or 0, at=hall.clock.now())
    async with hall.database.reading() as session:
        assert await answers.answers(session) == []
        assert await answers.offered(session, Specialism.INTERNET) == []


async def test_the_figures_count_waits_answers_lengths_and_ratings(hall: Hall) -> None:
    conversation = await hall.asks()
    hall.clock.moment += timedelta(seconds=60)
    async with hall.database.unit_of_work() as session:
        await desk.take(session, hall.solomiia, conversation.code, at=hall.clock.now())
    hall.clock.moment += timedelta(seconds=30)
    await hall.answers(conversation, "Вітаю")
    hall.clock.moment += timedelta(seconds=210)
    async with hall.database.unit_of_work() as session:
        await conversations.leave(session, hall.olena, conversation.code, at=hall.clock.now())
        gone = await conversations.start(
            session, hall.taras, specialism=Specialism.MOBILE, language=conversation.language, at=hall.clock.now()
        )
    async with hall.database.unit_of_work() as session:
        await conversations.rate(session, hall.olena, conversation.code, stars=4, at=hall.clock.now())
        await conversations.leave(session, hall.taras, gone.code, at=hall.clock.now())
    async with hall.database.reading() as session:
        lead = await sheet(session, hall.marta, days=1, at=hall.clock.now())
        own = await sheet(session, hall.solomiia, days=1, at=hall.clock.now())
        others = await sheet(session, hall.bohdan, days=30, at=hall.clock.now())
    assert (lead.whole.conversations, lead.whole.unanswered, lead.whole.rating) == (2, 1, 4.0)
    [member] = lead.members
    assert (member.name, member.wait, member.first_answer, member.length) == (
        "Соломія",
        timedelta(seconds=60),
        timedelta(seconds=90),
        timedelta(seconds=240),
    )
    assert own.whole.conversations == 1
    assert (others.whole.conversations, others.whole.rating) == (0, None)
