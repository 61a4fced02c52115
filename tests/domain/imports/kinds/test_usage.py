"""Usage records and what is left of packages, from files."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from mykyivstar.db.changes import Change
from mykyivstar.domain.blocking.models import BlockReason, BlockState, LineBlock
from mykyivstar.domain.usage.models import Allowance, AllowanceKind, UsageCategory, UsageMonth, UsageRecord
from mykyivstar.domain.usage.retention import throw_away
from mykyivstar.kit.money import Money
from tests.domain.imports.conftest import Office, counts

HEADER = "msisdn,started_at,ref,category,quantity,other_party,cost,rule"
CALL = "380676000001,2026-11-01T09:12:44+02:00,R1,call_off_net,184,050 600 00 11,1.50,city"
LEFT = "msisdn,kind,source,granted,left,is_unlimited,expires_at"


async def test_a_record_is_kept_and_summed(office: Office):
    await office.settle()
    assert counts(await office.imports("usage", HEADER, CALL)) == (1, 0, 0, 0)
    async with office.database.reading() as session:
        assert (await session.exec(select(UsageRecord))).one().model_dump() == UsageRecord(
            line_id=1,
            started_at=datetime(2026, 11, 1, 7, 12, 44, tzinfo=UTC),
            ref="R1",
            category=UsageCategory.CALL_OFF_NET,
            quantity=184,
            other_party="380506000011",
            cost=Money(150),
            rule="city",
        ).model_dump()
        month = (await session.exec(select(UsageMonth))).one()
        assert (month.month, month.records, month.cost) == ("2026-11", 1, Money(150))
        assert [change.subject for change in await session.exec(select(Change))][-1] == "line:1"
    assert counts(await office.imports("usage", HEADER, CALL)) == (0, 0, 1, 0)


async def test_a_record_that_was_not_rated_yet_can_be_rated_later(office: Office):
    await office.settle()
    await office.imports("usage", HEADER, CALL.replace("1.50", ""))
    assert counts(await office.imports("usage", HEADER, CALL)) == (0, 1, 0, 0)
    async with office.database.reading() as session:
        assert (await session.exec(select(UsageMonth))).one().cost == Money(150)


async def test_what_cannot_be_a_record_is_rejected_with_its_reason_and_the_rest_kept(office: Office):
    await office.settle()
    report = await office.imports(
        "usage",
        HEADER,
        CALL.replace("380676000001", "380676000077"),
        CALL.replace(",184,", ",-1,"),
        CALL.replace("call_off_net", "telegram"),
        CALL.replace("2026-11-01", "2026-11-31"),
        CALL.replace("2026-11-01", "2026-11-23"),
        CALL.replace("R1", ""),
        CALL.replace("1.50", "-1.50"),
        CALL.replace("1.50", "1.505"),
        CALL.replace("R1", "R" * 41),
        CALL,
    )
    assert counts(report) == (1, 0, 0, 9)
    assert sorted(office.problems, key=lambda problem: int(problem.split(":")[0])) == [
        "2: msisdn: there is no line +380676000077",
        "3: quantity: '-1' is below zero",
        f"4: category: 'telegram' is none of {', '.join(UsageCategory)}",
        "5: started_at: '2026-11-31T09:12:44+02:00' is not a date or time",
        "6: started_at: lies in the future",
        "7: ref: is empty",
        "8: cost: '-1.50' is below zero",
        "9: cost: '1.505' is more precise than a kopiyka; set `round` to round it",
        "10: ref: is 41 characters long; 40 are kept",
    ]


async def test_a_record_twice_in_one_file_is_taken_once_and_the_second_one_told(office: Office):
    await office.settle()
    otherwise_written = CALL.replace("380676000001", "067 600 00 01").replace("09:12:44+02:00", "07:12:44Z")
    report = await office.imports("usage", HEADER, CALL, otherwise_written, CALL.replace("1.50", "9.00"))
    assert counts(report) == (1, 0, 0, 2)
    assert office.problems == [
        "3: is about the same as line 2, which came first",
        "4: is about the same as line 2, which came first",
    ]
    assert await month_sums(office) == {("2026-11", "call_off_net"): (1, 184, Money(150))}


async def test_a_record_twice_in_two_files_is_the_same_or_a_correction(office: Office):
    await office.settle()
    await office.imports("usage", HEADER, CALL)
    assert counts(await office.imports("usage", HEADER, CALL)) == (0, 0, 1, 0)
    assert counts(await office.imports("usage", HEADER, CALL.replace("1.50", "9.00"))) == (0, 1, 0, 0)
    assert await month_sums(office) == {("2026-11", "call_off_net"): (1, 184, Money(900))}


async def test_a_late_record_is_counted_in_the_month_it_belongs_to(office: Office):
    await office.settle()
    late = CALL.replace("2026-11-01", "2026-08-31").replace("+02:00", "+03:00")
    assert counts(await office.imports("usage", HEADER, late)) == (1, 0, 0, 0)
    assert await month_sums(office) == {("2026-08", "call_off_net"): (1, 184, Money(150))}


async def test_a_record_of_a_time_that_was_thrown_away_is_rejected(office: Office):
    await office.settle()
    await throw_away(office.database, months=25, at=office.clock.now())
    rows = [CALL.replace("2026-11-01", day) for day in ("2024-09-30", "2024-10-01")]
    assert counts(await office.imports("usage", HEADER, *rows)) == (1, 0, 0, 1)
    told = "2: started_at: lies in a time whose records have been thrown away; its sums are closed"
    assert office.problems == [told]


@pytest.mark.parametrize(
    ("wrong", "mended", "reason"),
    [
        ("380676000077", "380676000001", "msisdn: there is no line +380676000077"),
        ("6000001", "380676000001", "msisdn: '6000001' is not a Ukrainian mobile number"),
        (",-184,", ",184,", "quantity: '-184' is below zero"),
        (",-0:03:04,", ",0:03:04,", "quantity: '-0:03:04' is not a number"),
        ("3.80676E+11", "380676000001", "msisdn: '3.80676E+11' is a number that a spreadsheet has shortened"),
    ],
)
async def test_what_was_rejected_comes_in_once_its_cause_is_mended(
    office: Office, wrong: str, mended: str, reason: str
):
    await office.settle()
    row = CALL.replace(mended if mended in CALL else ",184,", wrong)
    assert counts(await office.imports("usage", HEADER, row)) == (0, 0, 0, 1)
    assert office.problems[0].startswith(f"2: {reason}")
    [kept] = office.heard.rows
    again = ",".join([*kept.cells, str(kept.line), "column", "reason"])
    header = f"{HEADER},reject_line,reject_column,reject_reason"
    assert counts(await office.imports("usage", header, again)) == (0, 0, 0, 1)
    assert counts(await office.imports("usage", header, again.replace(wrong, mended))) == (1, 0, 0, 0)
    assert counts(await office.imports("usage", header, again.replace(wrong, mended))) == (0, 0, 1, 0)
    assert await month_sums(office) == {("2026-11", "call_off_net"): (1, 184, Money(150))}


async def month_sums(office: Office) -> dict[tuple[str, str], tuple[int, int, Money]]:
    async with office.database.reading() as session:
        found = await session.exec(select(UsageMonth).where(UsageMonth.records > 0))
        return {(each.month, each.category.value): (each.records, each.quantity, each.cost) for each in found}


async def test_a_file_of_another_make_is_read_by_its_mapping(office: Office):
    await office.settle()
    mapping = {
        "encoding": "cp1251",
        "skip": 1,
        "decimal": ",",
        "zone": "Europe/Warsaw",
        "columns": {
            "msisdn": "Абонент",
            "started_at": {"from": ["Дата", "Час"], "join": " ", "format": "%d/%m/%y %H:%M"},
            "ref": "№",
            "category": {"from": "Тип", "values": {"ГОЛОС": "call_off_net"}, "other": "data"},
            "quantity": {"from": "МБ", "multiply": 1048576},
            "cost": {"from": "Копійки", "multiply": "0.01"},
        },
    }
    text = "Звіт\r\nТип;Абонент;Дата;Час;МБ;Копійки;№\r\nДАНІ;067 600 00 01;01/11/26;08:00;1,5;25;77\r\n"
    report = await office.imports_bytes("usage", text.encode("cp1251"), "switch.txt", mapping)
    assert counts(report) == (1, 0, 0, 0)
    async with office.database.reading() as session:
        record = (await session.exec(select(UsageRecord))).one()
        assert (record.category, record.quantity, record.cost) == (UsageCategory.DATA, 1_572_864, Money(25))
        assert record.started_at == datetime(2026, 11, 1, 7, 0, tzinfo=UTC)


async def test_what_is_left_of_packages(office: Office):
    await office.settle()
    rows = ("0676000001,data,city,20 GB,7.5 GB,,2026-12-15", "0676000001,minutes_on_net,city,0,0,yes,2026-12-15")
    assert counts(await office.imports("allowances", LEFT, *rows)) == (2, 0, 0, 0)
    async with office.database.reading() as session:
        data = (await session.exec(select(Allowance).where(Allowance.kind == AllowanceKind.DATA))).one()
        assert (data.line_id, data.granted, data.left) == (1, 20 * 2**30, int(7.5 * 2**30))
    less = rows[0].replace("7.5", "5")
    assert counts(await office.imports("allowances", LEFT, less, rows[1])) == (0, 1, 1, 0)
    async with office.database.reading() as session:
        assert [change.subject for change in await session.exec(select(Change))][-1] == "line:1"


async def test_packages_that_cannot_be_are_rejected(office: Office):
    await office.settle()
    await office.imports(
        "allowances",
        LEFT,
        "0676000001,data,city,1 GB,2 GB,,2026-12-15",
        "0676000001,data,county,1 GB,1 GB,,2026-12-15",
        "0676000009,data,city,1 GB,1 GB,,2026-12-15",
        "0676000001,data,city,1 GB,1 GB,,2026-12-15",
        "0676000001,data,city,1 GB,0,,15.12.2026",
    )
    assert sorted(office.problems) == [
        "2: left: more is left (2147483648) than was granted (1073741824)",
        "3: source: there is no tariff or service 'county'",
        "4: msisdn: there is no line +380676000009",
        "6: is about the same as line 5, which came first",
    ]


async def test_a_price_in_a_blocked_time_is_rejected_to_the_second_and_what_has_none_is_kept(
    office: Office,
):
    await office.settle()
    since = datetime(2026, 11, 1, 7, 12, 44, tzinfo=UTC)
    async with office.database.unit_of_work() as session:
        blocked = LineBlock(line_id=1, key="k", reason=BlockReason.LOST, state=BlockState.ENDED, asked_at=since)
        blocked.since, blocked.until = since, since.replace(second=46)
        session.add(blocked)
    rows = [CALL.replace("09:12:44", f"09:12:{second}").replace("R1", f"R{second}") for second in range(43, 48)]
    report = await office.imports("usage", HEADER, *rows)
    assert counts(report) == (3, 0, 0, 2)
    assert office.problems == [
        f"{row}: cost: lies in a time in which the line was blocked: nothing is charged then, and this has a price"
        for row in (3, 4)
    ]
    free = [row.replace(",1.50,city", cost) for row, cost in zip(rows[1:3], (",,", ",0,free"), strict=True)]
    assert counts(await office.imports("usage", HEADER, *free)) == (2, 0, 0, 0)
    async with office.database.reading() as session:
        assert (await session.exec(select(UsageMonth))).one().cost == Money(450)
