"""What the pages of reports show, as plain values: kopiykas, ISO moments, codes of states."""

from dataclasses import dataclass

from mykyivstar.domain.notifications.models import MailState
from mykyivstar.domain.reports.contents import Sums
from mykyivstar.domain.reports.invoices import due_day
from mykyivstar.domain.reports.models import Report, ReportKind, ReportState
from mykyivstar.domain.reports.queries import ReportView
from mykyivstar.domain.reports.screen import Shown
from mykyivstar.kit.period import Month
from mykyivstar.state.reports.addresses import of_file, of_report


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One call, message or other use; `cost` is None while it has no price."""

    at: str
    category: str
    party: str
    quantity: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class SumRow:
    """One category of the period."""

    category: str
    records: int
    quantity: int
    cost: int


@dataclass(frozen=True, slots=True)
class PresetRow:
    """A period that most people want."""

    name: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file to take away; size in bytes."""

    ending: str
    href: str
    size: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One ordered report; `mail` is what became of the last letter: "", "waiting", "sent" or "failed"."""

    code: str
    kind: str
    number: str
    # It is of an internet account.
    is_internet: bool
    first_day: str
    last_day: str
    state: str
    progress: int
    fee: int
    created_at: str
    expires_at: str
    records: int
    # The cost of details, the closing balance of a statement, what is to be paid by an invoice, until `due_day`.
    total: int
    due_day: str
    files: list[FileRow]
    email: str
    mail: str
    # Its records on the screen.
    href: str


# A file is never said to have no bytes: the smallest is a kilobyte.
_KILOBYTE = 1024
_MAIL = {MailState.SENT: "sent", MailState.FAILED: "failed", MailState.EXPIRED: "failed"}


def record_row(shown: Shown) -> RecordRow:
    """A record as the screen has it."""
    record = shown.record
    return RecordRow(
        at=record.started_at.isoformat(),
        category=record.category.value,
        party=shown.party,
        quantity=record.quantity,
        cost=None if record.cost is None else record.cost.kopiykas,
    )


def sum_rows(sums: Sums) -> list[SumRow]:
    """In the usual order of categories."""
    return [SumRow(each.category.value, each.records, each.quantity, each.cost.kopiykas) for each in sums.rows]


def report_row(view: ReportView) -> ReportRow:
    """A report as the list has it."""
    report = view.report
    return ReportRow(
        code=report.code,
        kind=report.kind.value,
        is_internet=report.internet_account_id is not None,
        number=view.number,
        first_day=report.first_day.isoformat(),
        last_day=report.last_day.isoformat(),
        state=report.state.value,
        progress=report.progress,
        fee=report.fee.kopiykas,
        created_at=report.created_at.isoformat(),
        expires_at=report.expires_at.isoformat() if report.expires_at else "",
        records=report.records,
        total=report.total.kopiykas,
        due_day=_due_day(report),
        files=[
            FileRow(name, of_file(report.code, name), max(each["size"], _KILOBYTE))
            for name, each in report.files.items()
        ],
        email=report.email if report.mail_key or report.state.is_open else "",
        mail="" if view.mail is None else _MAIL.get(view.mail, "waiting"),
        href=of_report(report.code) if _shows_records(report) else "",
    )


def _shows_records(report: Report) -> bool:
    return report.kind is ReportKind.DETAILS and report.state is ReportState.READY


def _due_day(report: Report) -> str:
    if report.kind is not ReportKind.INVOICE:
        return ""
    return due_day(Month(report.first_day.year, report.first_day.month)).isoformat()
