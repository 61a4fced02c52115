"""Statements and invoices made by the worker: read back by other programs, and they sum up (E5)."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import pypdf
import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, Line
from mykyivstar.domain.papers.seal import Doubt, Seal
from mykyivstar.domain.papers.verification import Genuine, compare, verify
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportKind, ReportState
from mykyivstar.domain.reports.paper_orders import PaperOrder, order_paper
from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.jobs import reports
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import KYIV, FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period
from mykyivstar.papers.press import Press
from tests.domain.reports.conftest import Counter
from tests.domain.reports.movements import CHARGES, charge, move, random_moves
from tests.factories.people import hold, make_account, put_money
from tests.jobs.conftest import Ports as SmsPorts
from tests.jobs.test_reports import Ports, kopiykas

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
ALL = list(ReportFormat)


class Desk:
    """A counter where statements and invoices are ordered, with a worker behind it."""

    def __init__(self, counter: Counter, ports: Ports) -> None:
        self.counter, self.ports = counter, ports
        self.worker = Worker(counter.database, ports, counter.clock)  # type: ignore[arg-type]
        self._ordered = 0

    async def made(
        self,
        kind: ReportKind = ReportKind.STATEMENT,
        days: tuple[date, date] = OCTOBER,
        *,
        of: HoldingKey | None = None,
        formats: list[ReportFormat] | None = None,
        email: str = "",
    ) -> Report:
        self._ordered += 1
        key = of or HoldingKey(HoldingKind.LINE, self.counter.line.id or 0)
        order = PaperOrder(f"key-of-a-paper-{self._ordered:05}", kind, key, *days, formats or ALL, email)
        at = self.counter.clock.now()
        async with self.counter.database.unit_of_work() as session:
            report = await order_paper(session, self.counter.proved(), order, language=Language.UK, at=at)
        await self.worker.run_due()
        async with self.counter.database.reading() as session:
            return (await session.exec(select(Report).where(Report.id == report.id))).one()

    def bytes_of(self, report: Report, which: ReportFormat) -> bytes:
        return (self.ports.reports_folder / report.files[which.value]["name"]).read_bytes()

    def csv_of(self, report: Report) -> tuple[list[list[str]], dict[str, str]]:
        rows = list(csv.reader(self.bytes_of(report, ReportFormat.CSV).decode("utf-8-sig").splitlines(), delimiter=";"))
        end = rows.index([])
        return rows[1:end], {row[0]: row[1] for row in rows[end + 1 :]}

    def pdf_text(self, report: Report) -> str:
        reader = pypdf.PdfReader(BytesIO(self.bytes_of(report, ReportFormat.PDF)))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged for screen readers"
        return "\n".join(page.extract_text() for page in reader.pages)

    async def entries(self, thing: Line | InternetAccount) -> list[Entry]:
        whose = LedgerAccount.line_id if isinstance(thing, Line) else LedgerAccount.internet_account_id
        async with self.counter.database.reading() as session:
            found = await session.exec(
                select(Entry)
                .join(LedgerAccount, LedgerAccount.id == Entry.account_id)
                .where(whose == thing.id, LedgerAccount.unit == Unit.UAH)
            )
            return list(found)

    async def balance_at(self, thing: Line | InternetAccount, moment: datetime) -> int:
        return sum(each.amount.kopiykas for each in await self.entries(thing) if each.at < moment)


@pytest.fixture
async def desk(database: Database, clock: FixedClock, ports: SmsPorts, tmp_path: Path) -> Desk:
    counter = Counter(database, clock)
    await counter.open(Money.ZERO)
    mail = EmbeddedMailGateway(tmp_path / "mail", sender="My Kyivstar <no-reply@example.ua>", clock=clock)
    press = Press(Seal(b"a secret of this installation"), "https://my.example.ua")
    return Desk(counter, Ports(ports.sms, mail, press, tmp_path / "reports"))


async def contract(desk: Desk) -> None:
    async with desk.counter.database.unit_of_work() as session:
        line = await session.get_one(Line, desk.counter.line.id)
        line.payment = Billing.CONTRACT
        session.add(line)


def some_period(chance: Random, clock: FixedClock) -> tuple[date, date, Period]:
    """Any days of the last two years: across clock changes, month ends and 29 February."""
    last = clock.now().astimezone(KYIV).date() - timedelta(days=chance.randrange(700))
    first = last - timedelta(days=chance.choice([0, 1, 27, 30, 31, 90, 180]))
    midnights = [datetime(each.year, each.month, each.day, tzinfo=KYIV) for each in (first, last + timedelta(days=1))]
    return first, last, Period(*(each.astimezone(UTC) for each in midnights))


@pytest.mark.parametrize("seed", range(12))
async def test_a_statement_sums_up_to_the_change_of_the_balance(desk: Desk, seed: int) -> None:
    chance = Random(seed)
    first, last, period = some_period(chance, desk.counter.clock)
    moves = [each for each in random_moves(chance, period) if each[1] < desk.counter.clock.now()]
    await move(desk.counter.database, desk.counter.line, moves)
    report = await desk.made(days=(first, last), formats=[ReportFormat.CSV])
    end = min(period.end, desk.counter.clock.now())
    before, after = [await desk.balance_at(desk.counter.line, moment) for moment in (period.start, end)]
    rows, facts = desk.csv_of(report)
    amounts = [kopiykas(row[4]) or 0 for row in rows]
    assert report.records == len(rows) == sum(period.start <= each[1] < end for each in moves)
    assert sum(amounts) == after - before
    assert (report.said["opening"], report.total.kopiykas) == (before, after)
    assert report.said["credited"] + report.said["charged"] == after - before
    assert (kopiykas(rows[-1][5]) if rows else before) == after
    running = before
    for amount, row in zip(amounts, rows, strict=True):
        running += amount
        assert kopiykas(row[5]) == running
    assert "Кінцевий залишок" in facts


async def test_every_format_says_the_same(desk: Desk) -> None:
    moves = random_moves(Random(3), Month(2026, 10).period)
    await move(desk.counter.database, desk.counter.line, moves)
    report = await desk.made()
    rows, facts = desk.csv_of(report)
    book = openpyxl.load_workbook(BytesIO(desk.bytes_of(report, ReportFormat.XLSX)))
    entries, sums = book.worksheets
    said = [
        (row[2], round(row[4] * 100), round(row[5] * 100)) for row in entries.iter_rows(min_row=2, values_only=True)
    ]
    assert said == [(row[2], kopiykas(row[4]), kopiykas(row[5])) for row in rows]
    assert {label: said.lstrip("+") for label, said in sums.iter_rows(values_only=True)} == facts
    text = desk.pdf_text(report)
    assert facts["Код документа"] in text
    for row in rows:
        assert row[0] in text
        assert f"{abs(kopiykas(row[4]) or 0) % 100:02}\u00a0₴" in text
    assert not [cell for row in entries.iter_rows() for cell in row if cell.data_type == "f"], "no formula"


async def test_a_statement_of_home_internet(desk: Desk) -> None:
    async with desk.counter.database.unit_of_work() as session:
        account = await make_account(session)
        await hold(session, desk.counter.olena, account)
        await put_money(session, account, Money.uah(500))
        await put_money(session, account, Money.uah(70), unit=Unit.BONUS)
    at = datetime(2026, 10, 5, tzinfo=UTC)
    await move(desk.counter.database, account, [charge(*CHARGES[0][:1], at, 25_000, CHARGES[0][1])])
    report = await desk.made(of=HoldingKey(HoldingKind.INTERNET, account.id or 0))
    assert (report.said, report.total) == ({"opening": 50_000, "credited": 0, "charged": -25_000}, Money.uah(250))
    assert account.number in desk.pdf_text(report).replace(" ", "")


async def test_an_account_on_which_nothing_ever_moved_has_a_statement_too(desk: Desk) -> None:
    report = await desk.made()
    assert (report.state, report.records, report.total) == (ReportState.READY, 0, Money.ZERO)
    assert "не було руху коштів" in desk.pdf_text(report)


@pytest.mark.parametrize("seed", range(8))
async def test_an_invoice_sums_up(desk: Desk, seed: int) -> None:
    await contract(desk)
    chance, month = Random(seed), Month(2026, 10).shifted(-seed)
    moves = random_moves(chance, month.period)
    await move(desk.counter.database, desk.counter.line, moves)
    report = await desk.made(ReportKind.INVOICE, (month.first_day, month.first_day), formats=[ReportFormat.CSV])
    rows, _ = desk.csv_of(report)
    before = await desk.balance_at(desk.counter.line, month.period.start)
    after = await desk.balance_at(desk.counter.line, month.period.end)
    said = report.said
    assert (report.first_day, report.last_day) == (month.first_day, month.last_day)
    assert (said["opening"], said["closing"]) == (before, after)
    assert said["opening"] + said["paid"] - said["charged"] == said["closing"]
    assert said["net"] + said["vat"] + said["duty"] == said["charged"]
    assert report.total.kopiykas == max(-after, 0)
    for column, name in ((2, "net"), (3, "vat"), (4, "duty"), (5, "charged")):
        assert sum(kopiykas(row[column]) or 0 for row in rows) == said[name]
    assert sum(int(row[1]) for row in rows) == report.records


async def test_an_invoice_by_hand(desk: Desk) -> None:
    await contract(desk)
    at = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
    fee, service, calls, _ = CHARGES
    await move(
        desk.counter.database,
        desk.counter.line,
        [
            (OperationKind.OPENING_BALANCE, datetime(2026, 9, 1, tzinfo=UTC), -5_000, {"rule": "opening_balance"}),
            (OperationKind.TOP_UP, at, 5_000, {"rule": "payment.card"}),
            charge(fee[0], at, 12_750, fee[1]),
            charge(calls[0], at, 255, calls[1]),
            charge(calls[0], at, 510, calls[1]),
            charge(service[0], at, 2_550, service[1]),
            (OperationKind.REVERSAL, at, 2_550, service[1] | {"net": 2_000, "vat": 400, "duty": 150}),
            # The first moment of November is November's.
            charge(fee[0], Month(2026, 11).period.start, 12_750, fee[1]),
        ],
    )
    report = await desk.made(ReportKind.INVOICE)
    rows, _ = desk.csv_of(report)
    assert [row[1:] for row in rows] == [
        ["1", "100,00", "20,00", "7,50", "127,50"],
        ["2", "6,00", "1,20", "0,45", "7,65"],
        ["2", "0,00", "0,00", "0,00", "0,00"],
    ]
    assert report.total == Money.uah(135, 15)
    text = desk.pdf_text(report)
    assert "20 листопада 2026" in text, "N11: by the 20th"
    assert "135,15" in text
    assert "Дзвінки на інших операторів" in text


@pytest.mark.parametrize("kind", [ReportKind.STATEMENT, ReportKind.INVOICE])
async def test_its_code_is_proved_and_a_changed_paper_is_not(desk: Desk, kind: ReportKind) -> None:
    await contract(desk)
    await move(desk.counter.database, desk.counter.line, random_moves(Random(1), Month(2026, 10).period))
    report = await desk.made(kind)
    _, facts = desk.csv_of(report)
    code, amount = facts["Код документа"], report.total
    async with desk.counter.database.reading() as session:
        found = await verify(session, code, desk.ports.press.seal)
    assert isinstance(found, Genuine)
    assert ("•" in found.paper.of, found.paper.amount) == (True, amount)  # type: ignore[union-attr]
    written = desk.pdf_text(report).split("₴")
    assert written
    typed = f"{amount.kopiykas / 100:.2f}".replace("-", "\u2212").replace(".", ",")
    assert compare(found.paper, amount=typed).amount is True
    assert compare(found.paper, amount="1 000 000,00 ₴").amount is False
    async with desk.counter.database.unit_of_work() as session:
        forged = await session.get_one(Report, report.id)
        forged.said = {**forged.said, "opening": 1}
        session.add(forged)
    async with desk.counter.database.reading() as session:
        assert await verify(session, code, desk.ports.press.seal) is Doubt.FORGED


@pytest.mark.parametrize("which", ALL)
async def test_a_full_disk_fails_the_paper_and_leaves_nothing(
    desk: Desk, which: ReportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports.secrets, "token_urlsafe", lambda _: "known")
    desk.ports.reports_folder.mkdir()
    (desk.ports.reports_folder / f"known.{which.value}").symlink_to("/dev/full")
    report = await desk.made(formats=ALL)
    assert (report.state, report.files) == (ReportState.FAILED, {})
    assert list(desk.ports.reports_folder.iterdir()) == []


async def test_it_is_sent_by_e_mail(desk: Desk, tmp_path: Path) -> None:
    report = await desk.made(email="olena@example.com")
    assert report.state is ReportState.READY
    [path] = (tmp_path / "mail").glob("*.eml")
    assert "olena@example.com" in path.read_text()
