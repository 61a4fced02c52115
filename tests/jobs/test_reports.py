"""Reports made by the worker: read back by other programs, compared with the records; failed, expired, sent."""

import csv
import os
import signal
from collections import Counter as Tally
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pypdf
import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.notifications.models import MailMessage, MailState
from mykyivstar.domain.papers.seal import Doubt, PaperKind, Seal, read_code
from mykyivstar.domain.papers.verification import Genuine, verify
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportState
from mykyivstar.domain.usage.models import UsageCategory, UsageMonth, UsageRecord
from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.jobs import report_process, reports
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.reports import expire
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import KYIV, FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from mykyivstar.papers.press import Press
from mykyivstar.ports.mail import Letter, MailGateway, MailRejected
from mykyivstar.ports.sms import SmsGateway
from tests.domain.reports.conftest import LAST_MONTH, THIS_MONTH, Counter
from tests.jobs.conftest import Ports as SmsPorts

ALL = list(ReportFormat)
BOTH_MONTHS = (LAST_MONTH[0], THIS_MONTH[1])


@dataclass(frozen=True)
class Ports:
    sms: SmsGateway
    mail: MailGateway
    press: Press
    reports_folder: Path


class Bench:
    """A counter with a worker behind it."""

    def __init__(self, counter: Counter, ports: Ports) -> None:
        self.counter, self.ports = counter, ports
        self.worker = Worker(counter.database, ports, counter.clock)  # type: ignore[arg-type]

    async def made(self, days: tuple[date, date] = BOTH_MONTHS, agreed: Money = Money.uah(5, 31), **more) -> Report:
        fields = {"formats": ALL, "agreed": agreed} | more
        report = await self.counter.send(self.counter.order(days, **fields))
        await self.worker.run_due()
        async with self.counter.database.reading() as session:
            return (await session.exec(select(Report).where(Report.id == report.id))).one()

    async def records(self, report: Report) -> list[UsageRecord]:
        """What the files are to say, asked of the database in another way."""
        async with self.counter.database.reading() as session:
            found = await session.exec(select(UsageRecord).where(UsageRecord.line_id == report.line_id))
        whole = [each for each in found if each.started_at in report.period]
        return sorted(whole, key=lambda each: (each.started_at, each.ref), reverse=True)

    def bytes_of(self, report: Report, which: ReportFormat) -> bytes:
        return (self.ports.reports_folder / report.files[which.value]["name"]).read_bytes()


@pytest.fixture
async def counter(database: Database, clock: FixedClock) -> Counter:
    counter = Counter(database, clock)
    await counter.open()
    return counter


@pytest.fixture
async def bench(counter: Counter, ports: SmsPorts, tmp_path: Path) -> Bench:
    await counter.used_much()
    mail = EmbeddedMailGateway(tmp_path / "mail", sender="My Kyivstar <no-reply@example.ua>", clock=counter.clock)
    press = Press(Seal(b"a secret of this installation"), "https://my.example.ua")
    return Bench(counter, Ports(ports.sms, mail, press, tmp_path / "reports"))


def kopiykas(text: str) -> int | None:
    return round(float(text.replace(",", ".")) * 100) if text else None


async def test_the_csv_says_what_the_records_say(bench: Bench) -> None:
    report = await bench.made()
    raw = bench.bytes_of(report, ReportFormat.CSV)
    assert raw.startswith(b"\xef\xbb\xbf"), "so that Excel reads Cyrillic"
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["Дата", "Час", "Що", "Номер або послуга", "Кількість", "Одиниця", "Вартість, ₴"]
    end = rows.index([])
    records = await bench.records(report)
    assert len(records) == report.records == 105
    said = [(row[0], row[1], row[3], int(row[4]), kopiykas(row[6])) for row in rows[1:end]]
    assert said == [
        (
            f"{each.started_at.astimezone(KYIV):%d.%m.%Y}",
            f"{each.started_at.astimezone(KYIV):%H:%M:%S}",
            each.other_party.removeprefix("+"),
            each.quantity,
            None if each.cost is None else each.cost.kopiykas,
        )
        for each in records
    ]
    assert kopiykas(rows[-1][3]) == report.total.kopiykas == sum(each.cost.kopiykas for each in records if each.cost)


async def test_the_xlsx_says_what_the_records_say(bench: Bench) -> None:
    report = await bench.made()
    book = openpyxl.load_workbook(BytesIO(bench.bytes_of(report, ReportFormat.XLSX)))
    details, sums = book.worksheets
    said = [
        (row[0].date(), row[1], row[3], row[4], None if row[6] is None else round(row[6] * 100))
        for row in details.iter_rows(min_row=2, values_only=True)
    ]
    assert said == [
        (
            (at := each.started_at.astimezone(KYIV)).date(),
            at.time(),
            each.other_party,
            each.quantity,
            None if each.cost is None else each.cost.kopiykas,
        )
        for each in await bench.records(report)
    ]
    assert not [cell for row in details.iter_rows() for cell in row if cell.data_type == "f"], "no formula"
    last = [row for row in sums.iter_rows(values_only=True) if row[0]][-1]
    assert (last[1], round(last[3] * 100)) == (105, report.total.kopiykas)


async def test_the_pdf_says_what_the_records_say_and_can_be_proved(bench: Bench) -> None:
    report = await bench.made()
    reader = pypdf.PdfReader(BytesIO(bench.bytes_of(report, ReportFormat.PDF)))
    text = "\n".join(page.extract_text() for page in reader.pages)
    for each in await bench.records(report):
        at = each.started_at.astimezone(KYIV)
        assert f"{at:%d.%m.%Y}" in text
        assert f"{at:%H:%M:%S}" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged for screen readers"
    code = next(word for word in text.split() if len(word) == 24 and word.startswith(PaperKind.REPORT.value))
    async with bench.counter.database.reading() as session:
        found = await verify(session, code, bench.ports.press.seal)
        assert isinstance(found, Genuine)
        assert (found.paper.amount, "•" in found.paper.msisdn) == (report.total, True)  # type: ignore[union-attr]
    async with bench.counter.database.unit_of_work() as session:
        forged = await session.get_one(Report, report.id)
        forged.total = Money(1)
        session.add(forged)
    async with bench.counter.database.reading() as session:
        assert await verify(session, code, bench.ports.press.seal) is Doubt.FORGED
    assert not isinstance(read_code(code), Doubt)


@pytest.mark.parametrize("days", [LAST_MONTH, BOTH_MONTHS])
async def test_the_sums_are_those_of_the_months(bench: Bench, days: tuple[date, date]) -> None:
    agreed = Money.ZERO if days == LAST_MONTH else Money.uah(5, 31)
    report = await bench.made(days, agreed, formats=[ReportFormat.CSV])
    months = {f"{month:%Y-%m}" for month in days}
    async with bench.counter.database.reading() as session:
        kept = (await session.exec(select(UsageMonth).where(col(UsageMonth.month).in_(months)))).all()
    rows = list(csv.reader(bench.bytes_of(report, ReportFormat.CSV).decode("utf-8-sig").splitlines(), delimiter=";"))
    said = rows[rows.index([]) + 2 : -1]
    assert sum(int(row[1]) for row in said) == sum(each.records for each in kept)
    assert sum(int(row[2]) for row in said) == sum(each.quantity for each in kept)
    assert sum(kopiykas(row[3]) or 0 for row in said) == sum(each.cost.kopiykas for each in kept)


@pytest.mark.parametrize("seed", range(5))
async def test_the_sums_of_any_whole_month_are_those_of_the_month(bench: Bench, seed: int) -> None:
    chance, kinds = Random(seed), list(UsageCategory)
    month = Month.of(bench.counter.clock.now()).shifted(-chance.randint(2, 22))
    period = month.period
    rows = [
        {
            "started_at": period.start + (period.end - period.start) * chance.random(),
            "category": chance.choice(kinds),
            "quantity": chance.randrange(1_000_000),
            "cost": Money(chance.randrange(10_000)) if chance.random() < 0.9 else None,
        }
        for _ in range(chance.randrange(300))
    ]
    # On the very edges: the first moment is the month's, its end is the next month's.
    rows += [
        {"started_at": period.start},
        {"started_at": period.end},
        {"started_at": period.end - timedelta(seconds=1)},
    ]
    await bench.counter.used(*rows)
    last = month.shifted(1).first_day - timedelta(days=1)
    report = await bench.made((month.first_day, last), Money.ZERO, formats=[ReportFormat.CSV])
    async with bench.counter.database.reading() as session:
        kept = (await session.exec(select(UsageMonth).where(UsageMonth.month == str(month)))).all()
    assert report.records == len(rows) - 1 == sum(each.records for each in kept)
    assert report.total.kopiykas == sum(each.cost.kopiykas for each in kept)


@pytest.mark.parametrize("party", ["=1+1", "+1+1", "-2", "@SUM(A1)", "\t=1", "a;b", 'say "yes"', "рядок\nдва"])
async def test_no_spreadsheet_is_told_to_calculate(bench: Bench, party: str) -> None:
    bench.counter.clock.moment += timedelta(days=1)
    await bench.counter.used({"started_at": bench.counter.clock.now() - timedelta(minutes=1), "other_party": party})
    today = date(2026, 11, 23)
    report = await bench.made((today, today))
    raw = bench.bytes_of(report, ReportFormat.CSV).decode("utf-8-sig")
    [_, row, *_] = list(csv.reader(raw.splitlines(keepends=True), delimiter=";"))
    assert row[3] == (f"'{party}" if party[0] in "=+-@\t" else party)
    book = openpyxl.load_workbook(BytesIO(bench.bytes_of(report, ReportFormat.XLSX)))
    assert (book.worksheets[0]["D2"].value, book.worksheets[0]["D2"].data_type) == (party, "s")
    assert len(pypdf.PdfReader(BytesIO(bench.bytes_of(report, ReportFormat.PDF))).pages) == 1


@pytest.mark.parametrize("hidden", ["101", "102", "103", "104", "112", "+380 116 123", "1547"])
async def test_a_hidden_number_that_was_stored_after_all_is_not_told(bench: Bench, hidden: str) -> None:
    at = bench.counter.clock.now()
    async with bench.counter.database.unit_of_work() as session:
        found = await session.exec(select(UsageRecord).where(UsageRecord.line_id == bench.counter.line.id).limit(1))
        fields = found.one().model_dump() | {"ref": "hidden", "other_party": hidden, "started_at": at - timedelta(1)}
        session.add(UsageRecord(**fields))
    report = await bench.made()
    assert report.records == 105
    rows = bench.bytes_of(report, ReportFormat.CSV).decode("utf-8-sig").splitlines()
    assert hidden not in {row.split(";")[3] for row in rows if row.count(";") == 6}


async def test_an_empty_period_makes_a_paper_that_says_so(bench: Bench) -> None:
    august = (date(2026, 8, 1), date(2026, 8, 31))
    report = await bench.made(august, Money.ZERO)
    assert (report.state, report.records, report.total) == (ReportState.READY, 0, Money.ZERO)
    text = pypdf.PdfReader(BytesIO(bench.bytes_of(report, ReportFormat.PDF))).pages[0].extract_text()
    assert "нічого не використано" in text


@pytest.mark.parametrize("which", ALL)
async def test_a_full_disk_fails_the_report_and_gives_the_money_back(
    bench: Bench, which: ReportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports.secrets, "token_urlsafe", lambda _: "known")
    bench.ports.reports_folder.mkdir()
    (bench.ports.reports_folder / f"known.{which.value}").symlink_to("/dev/full")
    report = await bench.made()
    assert (report.state, report.files) == (ReportState.FAILED, {})
    assert await bench.counter.balance() == Money.uah(100)
    assert list(bench.ports.reports_folder.glob("*")) == [], "nothing of it is left behind"


async def test_a_long_report_is_made_by_a_process_of_its_own_and_says_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = bench.bytes_of(await bench.made(), ReportFormat.CSV)
    monkeypatch.setattr(report_process, "SHORT", 0)
    apart = await bench.made(agreed=Money.uah(1, 6))
    assert (apart.state, apart.progress, apart.records) == (ReportState.READY, 100, 105)
    assert bench.bytes_of(apart, ReportFormat.CSV) == here
    assert set(apart.files) == {"pdf", "xlsx", "csv"}


async def test_a_full_disk_fails_a_long_report_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_process, "SHORT", 0)
    monkeypatch.setattr(reports.secrets, "token_urlsafe", lambda _: "known")
    bench.ports.reports_folder.mkdir()
    (bench.ports.reports_folder / "known.pdf").symlink_to("/dev/full")
    report = await bench.made()
    assert (report.state, await bench.counter.balance()) == (ReportState.FAILED, Money.uah(100))
    assert list(bench.ports.reports_folder.iterdir()) == []


async def test_a_process_that_dies_is_followed_by_another(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the kernel ends one that takes too much memory: nothing is taken twice, and the report is there."""
    started, start = [], type(report_process.FORKING.Process()).start

    def first_dies(process: Any) -> None:
        start(process)
        if not started:
            os.kill(process.pid, signal.SIGKILL)
        started.append(process)

    monkeypatch.setattr(report_process, "SHORT", 0)
    monkeypatch.setattr(report_process.FORKING.Process, "start", first_dies)
    report = await bench.made(formats=[ReportFormat.PDF])
    assert report.state is ReportState.MAKING
    bench.counter.clock.moment += timedelta(minutes=1)
    await bench.worker.run_due()
    async with bench.counter.database.reading() as session:
        report = (await session.exec(select(Report).where(Report.id == report.id))).one()
    assert (report.state, len(started)) == (ReportState.READY, 2)
    assert await bench.counter.balance() == Money.uah(94, 69)
    assert [each.name for each in bench.ports.reports_folder.iterdir()] == [report.files["pdf"]["name"]]


async def test_where_the_folder_is_a_file_it_fails_too(bench: Bench) -> None:
    bench.ports.reports_folder.write_text("in the way")
    assert (await bench.made()).state is ReportState.FAILED
    assert await bench.counter.balance() == Money.uah(100)


async def test_it_is_sent_as_soon_as_it_is_ready(bench: Bench, tmp_path: Path) -> None:
    report = await bench.made(email="olena@example.com")
    [path] = (tmp_path / "mail").glob("*.eml")
    letter = message_from_bytes(path.read_bytes(), policy=policy.SMTP)
    assert letter["To"] == "olena@example.com"
    attached = {part.get_filename(): part.get_payload(decode=True) for part in letter.iter_attachments()}
    name = "Деталізація-380671000001-2026-10-01-2026-11-22"
    assert set(attached) == {f"{name}.{each.value}" for each in ALL}
    assert attached[f"{name}.xlsx"] == bench.bytes_of(report, ReportFormat.XLSX)


async def test_an_address_that_bounces_is_known(bench: Bench) -> None:
    class Bouncing:
        async def send(self, letter: Letter) -> None:
            raise MailRejected("550 no such user")

    ports = Ports(bench.ports.sms, Bouncing(), bench.ports.press, bench.ports.reports_folder)  # type: ignore[arg-type]
    bench.worker = Worker(bench.counter.database, ports, bench.counter.clock)  # type: ignore[arg-type]
    report = await bench.made(email="nobody@example.com")
    assert report.state is ReportState.READY
    async with bench.counter.database.reading() as session:
        mail = (await session.exec(select(MailMessage).where(MailMessage.key == report.mail_key))).one()
    assert mail.state is MailState.FAILED


async def test_files_go_after_thirty_days(bench: Bench) -> None:
    report = await bench.made()
    assert len(list(bench.ports.reports_folder.iterdir())) == 3
    bench.counter.clock.moment += timedelta(days=31)
    context = JobContext(bench.counter.database, bench.ports, bench.counter.clock)  # type: ignore[arg-type]
    await expire(context, {}, bench.counter.clock.now())
    async with bench.counter.database.reading() as session:
        kept = (await session.exec(select(Report).where(Report.id == report.id))).one()
    assert (kept.state, kept.files) == (ReportState.EXPIRED, {})
    assert list(bench.ports.reports_folder.iterdir()) == []


async def test_names_of_files_tell_nothing(bench: Bench) -> None:
    names = Tally(each["name"] for each in (await bench.made()).files.values())
    assert all(len(name.partition(".")[0]) == 32 and "380671000001" not in name for name in names)
