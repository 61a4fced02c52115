"""Applications as lists and pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.applications.data import FIELDS, masked
from mykyivstar.domain.applications.models import Application, ApplicationFile, ApplicationState
from mykyivstar.domain.applications.queries import Step
from mykyivstar.domain.support.files import PDF
from mykyivstar.state.applications.addresses import of_application, of_check, of_file


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application in its owner's list and at the top of its page."""

    href: str
    number: str
    kind: str
    state: str
    filed_at: str
    deadline_at: str
    decided_at: str
    is_late: bool
    is_open: bool
    is_emptied: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value: what it was, what it shall be; `now` where it has changed since."""

    field: str
    old: str
    new: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A document."""

    code: str
    name: str
    href: str
    is_picture: bool
    kilobytes: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that happened."""

    id: int
    state: str
    by: str
    name: str
    text: str
    files: int
    at: str


def application_row(application: Application, at: datetime) -> ApplicationRow:
    """An application for its owner; one that was not sent leads to where it is sent."""
    is_draft = application.state is ApplicationState.DRAFT
    return ApplicationRow(
        href=of_check(application.key) if is_draft else of_application(application.code),
        number=application.number,
        kind=application.kind.value,
        state=application.state.value,
        filed_at=_moment(application.filed_at or application.created_at),
        deadline_at=_moment(application.deadline_at),
        decided_at=_moment(application.decided_at),
        is_late=is_late(application, at),
        is_open=application.state.is_open,
        is_emptied=application.emptied_at is not None,
        reason=application.reason.value if application.reason else "",
    )


def is_late(application: Application, at: datetime) -> bool:
    """Whether the operator should have decided by now."""
    deadline = application.deadline_at
    is_ours = application.state in {ApplicationState.NEW, ApplicationState.IN_CHECK}
    return is_ours and deadline is not None and deadline < at


def value_rows(
    application: Application,
    *,
    hides_old: bool = False,
    hides_new: bool = False,
    meanwhile: Mapping[str, str] | None = None,
) -> list[ValueRow]:
    """Old and new side by side, none when they were removed; of a hidden document's number only the end is there."""
    if not application.new:
        return []
    old = masked(application.old) if hides_old else application.old
    new = masked(application.new) if hides_new else application.new
    now = meanwhile or {}
    return [
        ValueRow(name, old.get(name, ""), new.get(name, ""), now.get(name, "")) for name in FIELDS[application.kind]
    ]


def file_rows(files: Sequence[ApplicationFile]) -> list[FileRow]:
    """Documents as links."""
    return [
        FileRow(file.code, file.name, of_file(file.code), file.media_type != PDF, max(1, round(file.size / 1024)))
        for file in files
    ]


def step_rows(history: Sequence[Step]) -> list[StepRow]:
    """What happened, in order."""
    return [
        StepRow(
            id=each.step.id or 0,
            state=each.step.state.value,
            by=each.step.by.value,
            name=each.name,
            text=each.step.text,
            files=each.step.files,
            at=each.step.at.isoformat(),
        )
        for each in history
    ]


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""
