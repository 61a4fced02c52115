"""An import takes what is good, tells what is not, and takes all or nothing when asked to."""

from pathlib import Path

import pytest
from sqlmodel import func, select

from mykyivstar.db.changes import Change
from mykyivstar.domain.imports.files import File, find
from mykyivstar.domain.imports.kinds import KINDS
from mykyivstar.domain.imports.mapping import read_mapping
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line, Owner
from mykyivstar.domain.usage.models import UsageMonth, UsageRecord
from mykyivstar.kit.money import Money
from tests.domain.imports.conftest import Office, counts

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "import"


async def how_many(office: Office, model) -> int:
    async with office.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(model))).one()


def written(office: Office, name: str, *lines: str) -> File:
    path = office.folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return File(path, name.partition("-")[0])


async def test_a_bad_row_does_not_stop_the_rest(office: Office):
    report = await office.imports("owners", "ref,name", "1,a", "2,", "3", "4,d")
    assert counts(report) == (2, 0, 0, 2)
    assert report.kept
    assert office.problems == ["3: name: is empty", "4: has 1 cells where the header has 2"]
    assert [list(row.cells) for row in office.heard.rows] == [["2", ""], ["3"]]


async def test_strictly_one_bad_row_leaves_nothing_of_its_file(office: Office):
    report = await office.imports("owners", "ref,name", "1,a", "2,", "3,c", strict=True)
    assert counts(report) == (2, 0, 0, 1)
    assert not report.kept
    assert await how_many(office, Owner) == 0
    assert await how_many(office, Change) == 0


async def test_strictly_a_reference_that_is_not_there_is_a_bad_row_too(office: Office):
    report = await office.imports("lines", "msisdn,owner_ref", "0676000001,", "0676000002,P-1", strict=True)
    assert counts(report) == (1, 0, 0, 1)
    assert await how_many(office, Line) == 0


async def test_strictly_files_after_a_bad_one_are_not_begun_and_those_before_it_are_kept(office: Office):
    files = [
        written(office, "owners", "ref,name", "P-1,a"),
        written(office, "lines", "msisdn,owner_ref", "0676000001,P-1", "nobody,P-1"),
        written(office, "usage", "msisdn", "0676000001"),
    ]
    report = await office.imports_files(*files, strict=True)
    assert [file.kept for file in report.files] == [True, False]
    assert report.not_begun == ["usage.csv"]
    assert not report.succeeded(strict=True)
    assert (await how_many(office, Owner), await how_many(office, Line)) == (1, 0)


async def test_strictly_a_good_file_is_kept(office: Office):
    report = await office.imports("owners", "ref,name", "1,a", "2,b", strict=True)
    assert (counts(report), report.kept) == ((2, 0, 0, 0), True)
    assert await how_many(office, Owner) == 2


async def test_a_rehearsal_does_everything_and_keeps_nothing(office: Office):
    files = find([EXAMPLES])
    rehearsed = await office.imports_files(*files, rehearse=True)
    assert office.problems == []
    assert await how_many(office, Owner) == await how_many(office, Change) == 0
    done = await office.imports_files(*files)
    assert [counts(file) for file in rehearsed.files] == [counts(file) for file in done.files]
    assert not any(file.kept for file in rehearsed.files)


async def test_a_file_that_cannot_be_read_does_not_stop_the_others(office: Office):
    files = [written(office, "tariffs", "code"), written(office, "owners", "ref,name", "1,a")]
    report = await office.imports_files(*files)
    assert report.files[0].unusable.startswith("lacks the column kind and name_uk and fee")
    assert counts(report.files[1]) == (1, 0, 0, 0)
    assert not report.succeeded(strict=False)


async def test_a_header_alone_is_an_empty_file_and_fine(office: Office):
    assert counts(await office.imports("owners", "ref,name")) == (0, 0, 0, 0)
    report = await office.imports("owners", "name")
    assert report.unusable.startswith("lacks the column ref")


async def test_bytes_of_another_encoding_spoil_their_rows_only(office: Office):
    content = b"ref,name\n1,Plain\n2," + "Дарина".encode("cp1251") + b"\n"
    report = await office.imports_bytes("owners", content)
    assert counts(report) == (1, 0, 0, 1)
    assert office.problems == ["3: name: is not in this encoding; a file from Windows may need --encoding cp1251"]
    assert counts(await office.imports_bytes("owners", content, encoding="cp1251")) == (1, 0, 1, 0)


async def test_more_rows_than_a_batch_holds_are_all_there_and_checked_across_batches(office: Office):
    rows = [f"{number},Owner {number}" for number in range(2_500)]
    report = await office.imports("owners", "ref,name", *rows, "0,Another")
    assert counts(report) == (2_500, 0, 0, 1)
    assert office.problems == ["2502: is about the same as line 2, which came first"]
    rows[2_400] = "2400,Renamed"
    assert counts(await office.imports("owners", "ref,name", *rows)) == (0, 1, 2_499, 0)


@pytest.mark.parametrize("strict", [False, True])
async def test_the_examples_import_and_importing_them_again_changes_nothing(office: Office, strict: bool):
    files = find([EXAMPLES])
    assert [file.kind for file in files] == list(KINDS)
    report = await office.imports_files(*files, strict=strict)
    assert office.problems == []
    assert all(file.created == file.rows > 0 for file in report.files)
    announced = await how_many(office, Change)
    again = await office.imports_files(*files, strict=strict)
    assert all(file.unchanged == file.rows for file in again.files)
    assert await how_many(office, Change) == announced
    async with office.database.reading() as session:
        assert (await proof(session)).holds
        line = (await session.exec(select(Line).where(Line.msisdn == "380676000001"))).one()
        known = await balances(session, line_ids=[line.id], internet_account_ids=[1])
        assert (known.lines[line.id].money, known.lines[line.id].bonus) == (Money(18745), Money(3250))
        assert known.internet[1].money == Money.uah(250)


async def test_the_example_of_another_make_imports_with_its_mapping(office: Office):
    await office.imports_files(*find([EXAMPLES]))
    mapping = read_mapping(EXAMPLES / "foreign" / "switch-a.toml")
    files = find([EXAMPLES / "foreign" / "switch-a.csv"], mapping.kind)
    report = await office.imports_files(*files, mapping=mapping)
    assert (office.problems, counts(report.files[0])) == ([], (4, 0, 0, 0))
    async with office.database.reading() as session:
        records = (await session.exec(select(UsageRecord).where(UsageRecord.rule == "switch A"))).all()
        assert {(r.ref, r.category.value, r.quantity, r.other_party) for r in records} == {
            ("A7-4001", "call_off_net", 150, "380506000011"),
            ("A7-4002", "data", 134_742_016, ""),
            ("A7-4003", "sms", 1, "380676000001"),
            ("A7-4004", "roaming_call", 252, "380676000001"),
        }
        assert {month.month for month in await session.exec(select(UsageMonth))} == {"2026-11"}
