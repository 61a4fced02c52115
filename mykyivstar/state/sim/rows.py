"""What the page of a SIM shows, as plain values: ISO moments, codes of states and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from mykyivstar.domain.blocking.contacts import Contact
from mykyivstar.domain.blocking.models import BlockState
from mykyivstar.domain.blocking.queries import Standing
from mykyivstar.domain.blocking.unblocking import CodeOut
from mykyivstar.domain.lines.models import LineState
from mykyivstar.domain.overview.models import LinePart


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A mobile number of one's own."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Where a code may go."""

    key: str
    is_email: bool


@dataclass(frozen=True, slots=True)
class SimView:
    """How a line stands; what does not apply is ""."""

    key: str
    number: str
    # "works", "waiting", "blocked" or "ended".
    state: str
    may_change: bool
    reason: str
    note: str
    asked_at: str
    due_at: str
    since: str
    # How a blocked line comes back: a value of `domain.blocking.queries.Return`.
    returns: str
    contacts: list[ContactRow]


@dataclass(frozen=True, slots=True)
class Checked:
    """A block as it is looked over before it is confirmed."""

    reason: str
    note: str
    is_urgent: bool
    # A code could unblock it later.
    has_contact: bool


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that is out: where it went, until when it works, and when another may be asked for."""

    contact: ContactRow
    expires_at: str
    resend_at: str


def sim_view(key: str, standing: Standing) -> SimView:
    """One line."""
    block = standing.block
    return SimView(
        key=key,
        number=standing.line.msisdn.digits,
        state=_state(standing),
        may_change=standing.may_change,
        reason=block.reason.value if block else "",
        note=block.note if block and standing.may_change else "",
        asked_at=block.asked_at.isoformat() if block else "",
        due_at=block.due_at.isoformat() if block and block.due_at else "",
        since=block.since.isoformat() if block and block.since else "",
        returns=standing.returns.value if standing.returns else "",
        contacts=[contact_row(each) for each in standing.contacts],
    )


def contact_row(contact: Contact) -> ContactRow:
    """A phone's digits, or an address."""
    return ContactRow(contact.key, bool(contact.email))


def code_row(out: CodeOut | None) -> CodeRow | None:
    """None while no code is out."""
    if out is None:
        return None
    return CodeRow(contact_row(out.to), out.expires_at.isoformat(), out.resend_at.isoformat())


def line_choices(lines: Sequence[LinePart]) -> list[LineChoice]:
    """To choose from."""
    return [LineChoice(str(each.key), "line", each.nickname, each.number, each.colour.value) for each in lines]


def _state(standing: Standing) -> str:
    if standing.line.state is LineState.INACTIVE:
        return "ended"
    if standing.line.state is LineState.BLOCKED:
        return "blocked"
    is_waiting = standing.block is not None and standing.block.state is BlockState.WAITING
    return "waiting" if is_waiting else "works"
