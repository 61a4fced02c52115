"""The desk's figures: bars over the days, and nothing drawn where there is nothing to count."""

from datetime import datetime, timedelta

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.tickets import work
from mykyivstar.domain.support.tickets.models import TicketSource, TicketState
from mykyivstar.domain.support.tickets.opening import open_ticket
from mykyivstar.state.desk.figures import DeskFiguresState
from tests.state.rooms import Rooms


async def test_bars_stand_over_every_day_of_the_period(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    rooms.clock.moment += timedelta(minutes=3)
    await rooms.answers(conversation, "Вітаю")
    desk = rooms.tab("/desk/figures", staff=rooms.solomiia)
    await desk.do(DeskFiguresState, "load")
    shown = await desk.state(DeskFiguresState)
    charts = {chart.measure: chart for chart in shown.charts}
    # Nobody has rated yet, and the conversation goes on.
    assert list(charts) == ["wait", "first_answer"]
    assert [len(chart.bars) for chart in shown.charts] == [7, 7]
    answer = charts["first_answer"]
    assert (answer.most, [bar.height for bar in answer.bars]) == (180, [0] * 6 + [100])
    assert charts["wait"].bars[-1].height > 0
    await desk.do(DeskFiguresState, "choose", period="1")
    assert (shown.charts, len(shown.days)) == ([], 1)


async def test_who_has_talked_to_nobody_sees_that_there_is_nothing(rooms: Rooms) -> None:
    await rooms.talks()
    desk = rooms.tab("/desk/figures", staff=rooms.bohdan)
    await desk.do(DeskFiguresState, "load")
    shown = await desk.state(DeskFiguresState)
    assert shown.whole is not None
    assert (shown.whole.conversations, shown.charts, shown.days) == (0, [], [])


async def test_requests_are_counted_with_when_they_were_answered_and_solved(rooms: Rooms) -> None:
    def at(hours: int) -> datetime:
        return rooms.clock.now() + timedelta(hours=hours)

    async with rooms.database.unit_of_work() as session:
        for number, (answered, solved) in enumerate([(1, 4), (3, 6), (None, None)]):
            ticket = await open_ticket(
                session,
                source=TicketSource.FAULT,
                source_ref=f"{number}",
                specialism=Specialism.MOBILE,
                title="Немає зв’язку",
                words="Зовсім",
                language=Language.UK,
                at=rooms.clock.now(),
                profile_id=rooms.olena.profile_id,
            )
            for hours, state in ((answered, TicketState.IN_WORK), (solved, TicketState.SOLVED)):
                if hours:
                    about = {"text": "Відповідь", "is_internal": False, "state": state, "at": at(hours)}
                    await work.staff_writes(session, rooms.solomiia, ticket.code, **about)  # type: ignore[arg-type]
    rooms.clock.moment += timedelta(hours=9)
    desk = rooms.tab("/desk/figures", staff=rooms.marta)
    await desk.do(DeskFiguresState, "load")
    shown = await desk.state(DeskFiguresState)
    assert shown.requests is not None
    whole = shown.requests
    assert (whole.opened, whole.solved, whole.late, whole.first_answer, whole.resolution) == (3, 2, 1, 2.0, 5.0)
    assert [(chart.measure, chart.most) for chart in shown.request_charts] == [
        ("request_answer", 2.0),
        ("resolution", 5.0),
    ]
    own = rooms.tab("/desk/figures", staff=rooms.solomiia)
    await own.do(DeskFiguresState, "load")
    mine = (await own.state(DeskFiguresState)).requests
    assert mine is not None
    assert (mine.opened, mine.solved) == (2, 2)
