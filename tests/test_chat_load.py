"""The judge of the chat's load test: it counts what was lost, doubled, unseen or astray. See benchmarks/chat."""

from dataclasses import asdict

import pytest

from benchmarks.chat.judge import Findings, Notebook, Typed, deliveries, judged

FIRST, SECOND = (1, "Добрий день"), (1, "Вітаю")
KEPT = [FIRST, SECOND]


def evening(*, seen: bool = True) -> Notebook:
    """Two messages of conversation 1, one of each side; both sides see all there is."""
    book = Notebook()
    book.type(Typed("Добрий день", 1, "customer", at=10.0))
    book.type(Typed("Вітаю", 1, "desk", at=15.0))
    screen = [(4, ""), (5, "Добрий день"), (6, "Вітаю")]
    book.show(1, "customer", screen, 15.2)
    if seen:
        book.show(1, "desk", screen, 10.4)
    return book


def nothing_but(**wrong: int) -> dict[str, int]:
    return asdict(Findings(2, 0, 0, 0, 0, 0, 0)) | wrong


def test_an_evening_without_a_fault_is_right():
    found = judged(evening(), KEPT)
    assert found.is_right
    assert asdict(found) == nothing_but()
    assert deliveries(evening(), 0, 20) == pytest.approx([0.2, 0.4])
    assert deliveries(evening(), 0, 12) == pytest.approx([0.4])


@pytest.mark.parametrize(
    ("kept", "wrong"),
    [
        ([FIRST], {"lost": 1}),
        ([], {"lost": 2}),
        ([*KEPT, SECOND], {"doubled": 1}),
        ([FIRST, (2, "Вітаю")], {"astray": 1}),
        ([*KEPT, (1, "Ніхто цього не писав")], {"astray": 1}),
    ],
)
def test_what_the_database_has_too_little_or_too_much_is_caught(kept: list[tuple[int, str]], wrong: dict[str, int]):
    found = judged(evening(), kept)
    assert asdict(found) == nothing_but(**wrong)
    assert not found.is_right


def test_what_is_kept_and_never_shown_to_the_other_side_is_caught():
    found = judged(evening(seen=False), KEPT)
    assert asdict(found) == nothing_but(unseen=1)
    assert not found.is_right
    assert deliveries(evening(seen=False), 0, 20) == pytest.approx([0.2])


@pytest.mark.parametrize(
    ("conversation", "screen", "wrong"),
    [
        (1, [(5, "Добрий день"), (6, "Вітаю"), (6, "Вітаю")], {"jumbled": 1}),
        (1, [(5, "Добрий день"), (6, "Вітаю"), (7, "Вітаю")], {"jumbled": 1}),
        (1, [(6, "Вітаю"), (5, "Добрий день")], {"jumbled": 1}),
        (2, [(6, "Вітаю")], {"astray": 1}),
    ],
)
def test_a_screen_that_shows_something_twice_disordered_or_of_others_is_caught(
    conversation: int, screen: list[tuple[int, str]], wrong: dict[str, int]
):
    book = evening()
    book.show(conversation, "customer", screen, 20.0)
    assert asdict(judged(book, KEPT)) == nothing_but(**wrong)


def test_a_refusal_is_caught():
    book = evening()
    book.refused += 1
    assert not judged(book, KEPT).is_right
