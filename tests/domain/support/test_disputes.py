"""A dispute is a ticket at the desk, and what is answered there is the dispute's answer (D3, O1)."""

from mykyivstar.domain.payments.models import Dispute, DisputeState
from mykyivstar.domain.support.tickets import queries, work
from mykyivstar.domain.support.tickets.disputes import add_words, ticket_of
from mykyivstar.domain.support.tickets.models import Ticket
from tests.domain.support.conftest import Hall


async def disputed(hall: Hall, words: str = "Сплатила двічі") -> tuple[Dispute, Ticket]:
    async with hall.database.unit_of_work() as session:
        at = hall.clock.now()
        dispute = Dispute(profile_id=hall.olena.profile_id, words=words, opened_at=at, state_at=at)
        session.add(dispute)
        await session.flush()
        return dispute, await ticket_of(session, dispute, about="№ 7", at=at)


async def test_the_desks_answer_is_the_disputes_answer(hall: Hall) -> None:
    dispute, ticket = await disputed(hall)
    assert (ticket.title, ticket.words) == ("№ 7", "Сплатила двічі")
    for text, is_internal in (("лише для нас", True), ("Повертаємо 100 ₴", False)):
        async with hall.database.unit_of_work() as session:
            await work.staff_writes(
                session,
                hall.solomiia,
                ticket.code,
                text=text,
                is_internal=is_internal,
                state=None,
                at=hall.clock.now(),
            )
    async with hall.database.reading() as session:
        stands = await session.get_one(Dispute, dispute.id)
    assert (stands.state, stands.answer) == (DisputeState.ANSWERED, "Повертаємо 100 ₴")


async def test_words_that_follow_reach_the_desk(hall: Hall) -> None:
    dispute, ticket = await disputed(hall, "")
    assert ticket.words == "№ 7"
    async with hall.database.unit_of_work() as session:
        dispute.words = "Я цього не замовляла"
        await add_words(session, dispute, at=hall.clock.now())
    async with hall.database.reading() as session:
        notes = await queries.notes(session, ticket, for_staff=True)
    assert [note.text for note in notes if note.text] == ["Я цього не замовляла"]
