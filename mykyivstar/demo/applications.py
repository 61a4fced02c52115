"""What the demo people have asked the operator to change: one application in each state that is worth seeing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications.life import ANSWERED_WITHIN, DECIDED_WITHIN
from mykyivstar.domain.applications.models import (
    Application,
    ApplicationFile,
    ApplicationKind,
    ApplicationState,
    ApplicationStep,
    DocumentKind,
    PersonalData,
    Reason,
    StepBy,
)
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.staff.models import StaffMember

_K, _S = ApplicationKind, ApplicationState
# Whose, document, address.
_DATA = (
    ("380671000001", DocumentKind.ID_CARD, "001840561", "м. Київ, вул. Лесі Українки, 18, кв. 7"),
    ("380682000001", DocumentKind.PASSPORT, "СН482913", "м. Львів, вул. Зелена, 44, кв. 12"),
    ("380973000001", DocumentKind.ID_CARD, "002190774", "м. Київ, просп. Перемоги, 60, кв. 31"),
    ("380964000001", DocumentKind.ID_CARD, "003355120", "м. Одеса, вул. Канатна, 5, кв. 2"),
)


@dataclass(frozen=True, slots=True)
class _Story:
    """One application: hours since it was filed, and what has become of it, each so many hours later."""

    who: str
    kind: ApplicationKind
    old: Mapping[str, str]
    new: Mapping[str, str]
    hours_ago: int
    steps: tuple[tuple[ApplicationState, int, str], ...] = ()
    by: str = "consultant1"
    reason: Reason | None = None
    words: str = ""


_STORIES = (
    _Story(
        "380671000001",
        _K.ADDRESS,
        {"address": "м. Київ, вул. Садова, 3, кв. 40"},
        {"address": "м. Київ, вул. Лесі Українки, 18, кв. 7"},
        hours_ago=900,
        steps=((_S.IN_CHECK, 3, ""), (_S.APPROVED, 4, "")),
    ),
    _Story(
        "380671000001",
        _K.DOCUMENT,
        {"document_kind": "id_card", "document_number": "001840561"},
        {"document_kind": "travel_passport", "document_number": "FA184056"},
        hours_ago=30,
        steps=(
            (_S.IN_CHECK, 2, ""),
            (_S.NEEDS_MORE, 3, "На знімку не видно нижнього рядка. Сфотографуйте, будь ласка, сторінку повністю."),
        ),
        words="Отримала новий закордонний паспорт.",
    ),
    _Story(
        "380682000001",
        _K.NAME,
        {"full_name": "Андрій Бондар"},
        {"full_name": "Андрій Бондар-Левицький"},
        hours_ago=20,
        words="Змінив прізвище після одруження.",
    ),
    _Story(
        "380973000001",
        _K.ADDRESS,
        {"address": "м. Київ, просп. Перемоги, 60, кв. 31"},
        {"address": "м. Київ, просп. Берестейський, 60, кв. 31"},
        hours_ago=53,
        steps=((_S.IN_CHECK, 50, ""),),
        by="consultant2",
        words="Проспект перейменовано.",
    ),
    _Story(
        "380973000001",
        _K.DOCUMENT,
        {"document_kind": "id_card", "document_number": "002190774"},
        {"document_kind": "id_card", "document_number": "009004417"},
        hours_ago=700,
        steps=((_S.IN_CHECK, 5, ""), (_S.DECLINED, 6, "Знімок розмитий: номера не видно.")),
        reason=Reason.UNREADABLE,
    ),
    _Story(
        "380964000001",
        _K.EMAIL,
        {"email": "maksym.lysenko@example.com"},
        {"email": "m.lysenko@example.com"},
        hours_ago=200,
        steps=((_S.WITHDRAWN, 2, ""),),
    ),
)


async def add_applications(session: AsyncSession, at: datetime, folder: Path | None) -> None:
    """Tell them, unless somebody has filed one already; documents are there where there is a folder for them."""
    if (await session.exec(select(Application.id).limit(1))).first() is not None:
        return
    profiles = {each.login_key: each for each in await session.exec(select(Profile))}
    members = {member.login: member.id for member in await session.exec(select(StaffMember))}
    for who, kind, number, address in _DATA:
        if who in profiles:
            data = PersonalData(profile_id=profiles[who].id or 0, changed_at=profiles[who].created_at)
            data.full_name, data.document_kind = profiles[who].name, kind
            data.document_number, data.address = number, address
            session.add(data)
    for place, story in enumerate(_STORIES):
        if story.who not in profiles:
            continue
        application = _application(place, story, profiles[story.who].id or 0, members[story.by], at=at)
        session.add(application)
        await session.flush()
        content = _specimen() if folder is not None and story.kind.needs_documents else b""
        session.add_all(_steps(story, application, members[story.by], files=int(bool(content))))
        if folder is not None and content:
            file = _document(application, place, len(content))
            _put(folder, file.code, content)
            session.add(file)


def _application(place: int, story: _Story, profile_id: int, staff_id: int | None, *, at: datetime) -> Application:
    filed = at - timedelta(hours=story.hours_ago)
    state, hours, _ = story.steps[-1] if story.steps else (_S.NEW, 0, "")
    state_at = filed + timedelta(hours=hours)
    deadline_at = state_at + ANSWERED_WITHIN if state is _S.NEEDS_MORE else filed + DECIDED_WITHIN
    is_taken = any(each[0] is _S.IN_CHECK for each in story.steps)
    return Application(
        code=_code("application", place),
        key=_code("form", place),
        profile_id=profile_id,
        kind=story.kind,
        open_kind=story.kind if state.is_open else None,
        old=dict(story.old),
        new=dict(story.new),
        words=story.words,
        state=state,
        state_at=state_at,
        staff_id=staff_id if is_taken else None,
        reason=story.reason,
        deadline_at=None if state.is_over else deadline_at,
        confirmed_at=filed if story.kind.is_contact else None,
        created_at=filed,
        filed_at=filed,
        decided_at=state_at if state.is_over else None,
    )


def _steps(story: _Story, application: Application, staff_id: int | None, *, files: int) -> list[ApplicationStep]:
    assert application.id is not None
    filed, number = application.created_at, application.id
    new = ApplicationStep(application_id=number, state=_S.NEW, by=StepBy.CUSTOMER, text=story.words, at=filed)
    new.files, steps = files, [new]
    for state, after, text in story.steps:
        by = StepBy.CUSTOMER if state is _S.WITHDRAWN else StepBy.STAFF
        step = ApplicationStep(application_id=number, state=state, by=by, text=text, at=filed + timedelta(hours=after))
        step.staff_id = staff_id if by is StepBy.STAFF else None
        steps.append(step)
    return steps


def _document(application: Application, place: int, size: int) -> ApplicationFile:
    code, at = _code("document", place), application.created_at
    return ApplicationFile(
        code=code,
        application_id=application.id or 0,
        client_key=code,
        name="документ.png",
        media_type="image/png",
        size=size,
        at=at,
        sent_at=at,
    )


def _put(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / name).write_bytes(content)


def _specimen() -> bytes:
    return resources.files("mykyivstar.demo").joinpath("data/specimen.png").read_bytes()


def _code(kind: str, number: int) -> str:
    """The same in every demo; whose it is, is looked up anyway."""
    return hashlib.sha256(f"demo {kind} {number}".encode()).hexdigest()[:24]
