"""The desk's figures: bars over the days, and nothing drawn where there is nothing to count."""

from datetime import timedelta

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
    assert list(charts) == ["wait", "first_answer", "resolution", "rating"]
    assert [len(chart.bars) for chart in shown.charts] == [7] * 4
    answer = charts["first_answer"]
    assert (answer.most, [bar.height for bar in answer.bars]) == (180, [0] * 6 + [100])
    assert charts["wait"].bars[-1].height > 0
    assert [bar.value for bar in charts["rating"].bars] == [None] * 7
    await desk.do(DeskFiguresState, "choose", period="1")
    assert (shown.charts, len(shown.days)) == ([], 1)


async def test_who_has_talked_to_nobody_sees_that_there_is_nothing(rooms: Rooms) -> None:
    await rooms.talks()
    desk = rooms.tab("/desk/figures", staff=rooms.bohdan)
    await desk.do(DeskFiguresState, "load")
    shown = await desk.state(DeskFiguresState)
    assert shown.whole is not None
    assert (shown.whole.conversations, shown.charts, shown.days) == (0, [], [])
