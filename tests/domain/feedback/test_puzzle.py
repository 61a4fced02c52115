"""Puzzles: only what we sealed for this browser, solved, in time (K3)."""

from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.domain.feedback.errors import PuzzleTooOld, PuzzleUnsolved
from mykyivstar.domain.feedback.puzzle import LIVES, demand_solved, new_challenge
from tests.factories.puzzles import solved

KEY, AT, BITS = b"k" * 32, datetime(2026, 11, 22, 10, tzinfo=UTC), 5


def challenge(*, bits: int = BITS, visitor: str = "olena") -> str:
    return new_challenge(KEY, bits=bits, visitor=visitor, at=AT)


def nonce_of(answer: str, *, bits: int = BITS, visitor: str = "olena", at: datetime = AT) -> str:
    return demand_solved(KEY, answer, bits=bits, visitor=visitor, at=at)


def test_a_solved_one_is_taken_and_named_by_its_nonce() -> None:
    given = challenge()
    assert nonce_of(solved(given)) == given.partition(".")[0]
    assert nonce_of(solved(challenge(bits=0)), bits=0)


def test_a_wrong_solution_is_refused() -> None:
    answer = solved(challenge(bits=8))
    wrong = answer[:-8] + "ffffffff"
    with pytest.raises(PuzzleUnsolved):
        nonce_of(wrong, bits=8)
    another = solved(challenge())
    with pytest.raises(PuzzleUnsolved):
        nonce_of(f"{answer.partition('~')[0]}~{another.partition('~')[2]}", bits=8)


@pytest.mark.parametrize("answer", ["", "~", "a~b", "ж" * 300, f"{'a' * 22}.0.9999999999.{'0' * 64}~{'0' * 128}"])
def test_what_we_never_gave_is_refused(answer: str) -> None:
    with pytest.raises(PuzzleUnsolved):
        nonce_of(answer, bits=0)


def test_one_made_easier_or_longer_lived_by_hand_is_refused() -> None:
    nonce, bits, until, seal = challenge().split(".")
    for forged in (f"{nonce}.0.{until}.{seal}", f"{nonce}.{bits}.{int(until) + 1}.{seal}"):
        with pytest.raises(PuzzleUnsolved):
            nonce_of(solved(forged), bits=0)


def test_another_browsers_is_refused() -> None:
    with pytest.raises(PuzzleUnsolved):
        nonce_of(solved(challenge(visitor="robot farm")))


def test_one_that_has_run_out_or_become_too_easy_has_to_be_solved_anew() -> None:
    answer = solved(challenge())
    assert nonce_of(answer, at=AT + LIVES - timedelta(seconds=1))
    with pytest.raises(PuzzleTooOld):
        nonce_of(answer, at=AT + LIVES)
    with pytest.raises(PuzzleTooOld):
        nonce_of(answer, bits=BITS + 1)
