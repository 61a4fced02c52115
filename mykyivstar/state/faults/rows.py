"""What the page of faults shows, as plain values: kopiykas, ISO moments, codes whose words are the page's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from mykyivstar.domain.faults.models import FaultStep, RequestState, StepBy
from mykyivstar.domain.faults.outages import Event
from mykyivstar.domain.faults.requests import RequestView
from mykyivstar.domain.faults.terms import VisitTerms
from mykyivstar.domain.faults.visits import Window
from mykyivstar.kit.clock import kyiv_date


@dataclass(frozen=True, slots=True)
class EventRow:
    """An outage or planned works; `places` only where it is elsewhere in the city."""

    id: int
    kind: str
    reason: dict[str, str]
    starts_at: str
    expected_at: str
    is_now: bool
    is_late: bool
    is_watched: bool
    places: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a request's history."""

    kind: str
    is_operators: bool
    at: str
    visit_from: str
    visit_until: str
    note: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request; `visit_from` is "" without a visit, `rating` 0 while it is not rated."""

    code: str
    symptom: str
    words: str
    contact: str
    state: str
    created_at: str
    visit_from: str
    visit_until: str
    # Until when the visit may be moved or cancelled, "" when that is over.
    change_until: str
    can_change: bool
    can_rate: bool
    rating: int
    steps: list[StepRow]


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A time to choose; `free` 0: every technician is booked."""

    starts_at: str
    ends_at: str
    free: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """The times of one day."""

    day: str
    windows: list[WindowRow]


def event_rows(events: Iterable[Event], at: datetime) -> list[EventRow]:
    """In the order in which they came."""
    return [
        EventRow(
            id=event.id,
            kind=event.kind.value,
            reason=dict(event.reason),
            starts_at=event.starts_at.isoformat(),
            expected_at=event.expected_at.isoformat() if event.expected_at else "",
            is_now=event.is_now,
            is_late=event.is_late(at),
            is_watched=event.is_watched,
            places="; ".join(event.places),
        )
        for event in events
    ]


def request_rows(views: Sequence[RequestView], terms: VisitTerms, at: datetime) -> list[RequestRow]:
    """The newest first."""
    rows = [_request(view, terms, at) for view in views]
    # One form of a rating at a time: the newest repair is the one that is remembered.
    newest = next((row.code for row in rows if row.can_rate), "")
    return [replace(row, can_rate=row.code == newest) for row in rows]


def day_rows(windows: Sequence[Window]) -> list[DayRow]:
    """By the Kyiv day."""
    return [
        DayRow(
            day.isoformat(), [WindowRow(each.starts_at.isoformat(), each.ends_at.isoformat(), each.free) for each in of]
        )
        for day, of in groupby(windows, key=lambda window: kyiv_date(window.starts_at))
    ]


def _request(view: RequestView, terms: VisitTerms, at: datetime) -> RequestRow:
    request, slot = view.request, view.slot if view.request.state.has_visit else None
    until = slot.starts_at - terms.change_until if slot else None
    is_missed = slot is not None and slot.ends_at <= at
    can_change = not request.state.is_over and (until is None or at <= until or is_missed)
    return RequestRow(
        code=request.code,
        symptom=request.symptom.value,
        words=request.words,
        contact=request.contact_phone.digits,
        state=request.state.value,
        created_at=request.created_at.isoformat(),
        visit_from=slot.starts_at.isoformat() if slot else "",
        visit_until=slot.ends_at.isoformat() if slot else "",
        change_until=until.isoformat() if until and at <= until else "",
        can_change=can_change,
        can_rate=request.state is RequestState.DONE and request.rating is None,
        rating=request.rating or 0,
        steps=[_step(step) for step in view.steps],
    )


def _step(step: FaultStep) -> StepRow:
    return StepRow(
        kind=step.kind.value,
        is_operators=step.by is StepBy.OPERATOR,
        at=step.at.isoformat(),
        visit_from=step.visit_from.isoformat() if step.visit_from else "",
        visit_until=step.visit_until.isoformat() if step.visit_until else "",
        note=step.note,
    )
