"""Codes on papers: ours are known again, however they are typed; nothing else ever is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mykyivstar.domain.papers.seal import LENGTH, Doubt, PaperCode, PaperKind, Seal, grouped, read_code
from mykyivstar.kit.secret import CODE_ALPHABET

SEAL = Seal(b"a secret of this installation")
IDS = st.integers(min_value=0, max_value=32**7 - 1)
FACTS = '[14247838, "20261122120005", "card", 15000, [["line:1", 15000]]]'


def is_proved(text: str, facts: str = FACTS, seal: Seal = SEAL) -> bool:
    read = read_code(text)
    return isinstance(read, PaperCode) and seal.proves(read, facts)


@given(kind=st.sampled_from(PaperKind), paper_id=IDS, facts=st.text(max_size=200))
def test_a_code_of_ours_proves_its_paper(kind: PaperKind, paper_id: int, facts: str) -> None:
    code = SEAL.code(kind, paper_id, facts)
    assert len(code) == LENGTH
    read = read_code(grouped(code))
    assert isinstance(read, PaperCode)
    assert (read.kind, read.paper_id) == (kind, paper_id)
    assert SEAL.proves(read, facts)


def test_the_code_of_a_known_paper_never_changes() -> None:
    assert grouped(SEAL.code(PaperKind.RECEIPT, 14247838, FACTS)) == "R22F-LTWY-6KWH-7UWW-5V6R"


@settings(max_examples=60)
@given(paper_id=IDS, sign=st.sampled_from(CODE_ALPHABET), place=st.integers(0, LENGTH - 1))
def test_every_changed_sign_is_noticed(paper_id: int, sign: str, place: int) -> None:
    code = SEAL.code(PaperKind.RECEIPT, paper_id, FACTS)
    changed = code[:place] + sign + code[place + 1 :]
    assert is_proved(changed) == (changed == code)


def test_no_single_sign_and_no_swap_of_neighbours_passes() -> None:
    code = SEAL.code(PaperKind.RECEIPT, 14247838, FACTS)
    changed = {code[:p] + sign + code[p + 1 :] for p in range(LENGTH) for sign in CODE_ALPHABET}
    changed |= {code[:p] + code[p + 1] + code[p] + code[p + 2 :] for p in range(LENGTH - 1)}
    assert len(changed - {code}) >= LENGTH * 31
    assert {read_code(each) for each in changed - {code}} == {Doubt.MISTYPED}


@given(
    first=st.integers(0, LENGTH - 1),
    second=st.integers(0, LENGTH - 1),
    signs=st.tuples(*[st.sampled_from(CODE_ALPHABET)] * 2),
)
def test_two_wrong_signs_are_a_typing_error_too(first: int, second: int, signs: tuple[str, str]) -> None:
    code = list(SEAL.code(PaperKind.RECEIPT, 5, FACTS))
    changed = list(code)
    changed[first], changed[second] = signs
    assert (read_code("".join(changed)) is Doubt.MISTYPED) == (changed != code)


@given(st.text(alphabet=CODE_ALPHABET, min_size=LENGTH - 2, max_size=LENGTH - 2))
def test_a_forger_who_gets_the_check_signs_right_still_has_no_seal(body: str) -> None:
    from mykyivstar.domain.papers.seal import _check

    assert not is_proved(body + _check(body))


def test_a_code_belongs_to_its_paper_alone() -> None:
    code = SEAL.code(PaperKind.RECEIPT, 7, FACTS)
    assert is_proved(code)
    assert not is_proved(code, FACTS.replace("15000", "25000"))
    other = SEAL.code(PaperKind.STATEMENT, 7, FACTS)
    assert other[8:18] != code[8:18]


def test_papers_of_an_earlier_key_stay_genuine_and_those_of_another_never_were() -> None:
    old, new = Seal(b"old"), Seal(b"new", b"old")
    code = old.code(PaperKind.RECEIPT, 7, FACTS)
    assert is_proved(code, seal=new)
    assert new.code(PaperKind.RECEIPT, 7, FACTS) != code
    assert not is_proved(code, seal=Seal(b"new"))


@pytest.mark.parametrize("form", [str.lower, lambda code: f" {grouped(code)} ", lambda code: code.replace("-", " – ")])
def test_a_code_is_known_however_it_is_typed(form) -> None:
    assert is_proved(form(SEAL.code(PaperKind.RECEIPT, 123456789, FACTS)))


def test_cyrillic_letters_that_look_the_same_are_the_same() -> None:
    twins = str.maketrans("ABCEHKMPTXY", "АВСЕНКМРТХУ")
    typed = [SEAL.code(PaperKind.RECEIPT, each, FACTS).translate(twins) for each in range(50)]
    assert all(is_proved(each) for each in typed)


@pytest.mark.parametrize(
    "text", ["", "R", "0" * 20, "O" * 20, "R" * 19, "R" * 21, "Ж" * 20, "<script>alert(1)</script>", "😀" * 20]
)
def test_what_is_no_code_is_said_to_be_none(text: str) -> None:
    assert read_code(text) is Doubt.MALFORMED


@given(st.text(max_size=60))
def test_nothing_that_anybody_types_breaks_it(text: str) -> None:
    assert not is_proved(text)
