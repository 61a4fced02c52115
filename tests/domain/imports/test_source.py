"""Files as other programs write them."""

import gzip
from pathlib import Path

import pytest

from mykyivstar.domain.imports.problems import BadFile
from mykyivstar.domain.imports.source import RawRow, Source


def source(folder: Path, content: bytes | str, **settings) -> Source:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Source(path, **settings)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_marks_line_endings_and_delimiters_are_found_out(tmp_path, mark, ending, delimiter):
    text = ending.join(["ref;name", "1;Дарина", "2;Остап", ""]).replace(";", delimiter)
    given = source(tmp_path, mark + text.encode())
    assert list(given.rows()) == [RawRow(2, ["1", "Дарина"]), RawRow(3, ["2", "Остап"])]
    assert given.header == ("ref", "name")


def test_the_encoding_of_windows_is_read_when_given(tmp_path):
    given = source(tmp_path, "ref;name\n1;Ґанна Їжак\n".encode("cp1251"), encoding="cp1251")
    assert [row.cells for row in given.rows()] == [["1", "Ґанна Їжак"]]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_lines(tmp_path):
    given = source(tmp_path, 'ref,name\n1,"ТОВ ""Вересень"", філія"\n2,"a\nb"\n3,c\n')
    assert list(given.rows()) == [
        RawRow(2, ["1", 'ТОВ "Вересень", філія']),
        RawRow(3, ["2", "a\nb"]),
        RawRow(5, ["3", "c"]),
    ]


def test_blank_lines_are_no_rows_and_lines_are_counted_all_the_same(tmp_path):
    given = source(tmp_path, "\nref,name\n\n1,a\n,\n\n2,b\n")
    assert [(row.line, row.cells) for row in given.rows()] == [(4, ["1", "a"]), (7, ["2", "b"])]


def test_a_row_of_another_length_is_unreadable_unless_only_empty_cells_follow(tmp_path):
    given = source(tmp_path, "ref,name\n1\n2,b,c\n3,d,,\n")
    assert [(row.line, row.unreadable) for row in given.rows()] == [
        (2, "has 1 cells where the header has 2"),
        (3, "has 3 cells where the header has 2"),
        (4, ""),
    ]


def test_a_quotation_mark_that_is_not_closed_spoils_what_it_swallows_and_says_so(tmp_path):
    given = source(tmp_path, 'ref,name\n1,a\n2,"b\n3,c\n')
    rows = list(given.rows())
    assert rows[0] == RawRow(2, ["1", "a"])
    assert (rows[1].line, rows[1].unreadable) == (
        3,
        "a quotation mark is opened here and not closed; lines up to 4 were lost with it",
    )


def test_text_after_a_closing_quotation_mark_spoils_its_row_only(tmp_path):
    rows = list(source(tmp_path, 'ref,name\n1,"a"b\n2,c\n').rows())
    assert rows[0].unreadable.startswith("is not readable as a row")
    assert rows[1].cells == ["2", "c"]


def test_titles_before_the_header_are_skipped_and_a_missing_header_is_given(tmp_path):
    titled = source(tmp_path, "Звіт;;\nref;name\n1;a\n", skip=1)
    assert [(row.line, row.cells) for row in titled.rows()] == [(3, ["1", "a"])]
    bare = source(tmp_path, "1;a\n2;b\n", given_header=("ref", "name"), delimiter=";")
    assert [(row.line, row.cells) for row in bare.rows()] == [(1, ["1", "a"]), (2, ["2", "b"])]


@pytest.mark.parametrize(
    ("content", "reason"), [("", "is empty"), ("\n\n", "is empty"), (b"\x7fELF\0\0", "not a text")]
)
def test_what_is_no_such_file_is_refused_as_a_whole(tmp_path, content, reason):
    with pytest.raises(BadFile, match=reason):
        list(source(tmp_path, content).rows())


@pytest.mark.parametrize(
    "packed", [gzip.compress(b"ref,name\n1,a\n"), b"PK\x03\x04\0\0"], ids=["gzip", "a spreadsheet"]
)
def test_what_is_compressed_is_to_be_unpacked_first(tmp_path, packed):
    with pytest.raises(BadFile, match="is compressed or a spreadsheet; unpack it"):
        list(source(tmp_path, packed).rows())


@pytest.mark.parametrize("delimiter", [";;", '"', "\n"])
def test_what_cannot_separate_cells_is_refused(tmp_path, delimiter):
    with pytest.raises(BadFile, match="cannot separate cells; give one sign"):
        list(source(tmp_path, "ref;name\n1;a\n", delimiter=delimiter).rows())


def test_an_unknown_encoding_and_wide_ones_are_refused(tmp_path):
    with pytest.raises(BadFile, match="no encoding 'klingon'"):
        list(source(tmp_path, "a\n", encoding="klingon").rows())
    with pytest.raises(BadFile, match="utf-16 is not read"):
        list(source(tmp_path, "a\n", encoding="utf-16").rows())
    with pytest.raises(BadFile, match="cannot be read"):
        list(Source(tmp_path / "missing.csv").rows())


def test_how_far_reading_is_can_be_watched(tmp_path):
    given = source(tmp_path, "ref,name\n1,a\n2,b\n")
    positions = [given.position for _ in given.rows()]
    assert positions == [13, 17]
    assert given.size == 17
