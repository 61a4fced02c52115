"""Requests for a repair: asked, followed, cancelled, rated; everything that happens is a step of their history (H4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar.db.database import changed
from mykyivstar.db.statements import insert_into
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.faults import notices
from mykyivstar.domain.faults.checking import EquipmentStep
from mykyivstar.domain.faults.errors import (
    ContactNotYours,
    NothingToRate,
    OnlyTheOwner,
    RatingMissing,
    RequestIsOpen,
    TooManyRequests,
    WordsTooLong,
)
from mykyivstar.domain.faults.models import (
    FaultRequest,
    FaultStep,
    RequestState,
    StepBy,
    StepKind,
    Symptom,
    TechnicianSlot,
)
from mykyivstar.domain.faults.terms import VisitTerms
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.domain.lines.queries import held_account, own_phones
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.tickets.models import TicketSource
from mykyivstar.domain.support.tickets.opening import open_ticket
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import CODE_ALPHABET, new_code

WORDS_MAX = 1000
RATING_WORDS_MAX = 500
STARS = range(1, 6)
SHOWN_MAX = 20
# So many that no two are ever drawn alike.
_CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of a request says. `key` was made when the form opened."""

    key: str
    account_id: int
    symptom: Symptom
    words: str
    contact_phone: Msisdn
    tried: Sequence[EquipmentStep] = ()


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with its visit and its history, the newest step last."""

    request: FaultRequest
    slot: TechnicianSlot | None
    steps: Sequence[FaultStep]


async def ask(session: AsyncSession, actor: Actor, asked: Asked, *, terms: VisitTerms, at: datetime) -> FaultRequest:
    """Write a request down, once for its form; a technician's visit is chosen next (see `visits`).

    Raises NotFound, OnlyTheOwner, RequestIsOpen, TooManyRequests, WordsTooLong, ContactNotYours.
    """
    held = await held_account(session, actor, asked.account_id)
    if held.holding.role is not HoldingRole.OWNER:
        raise OnlyTheOwner
    if len(asked.words) > WORDS_MAX:
        raise WordsTooLong(most=WORDS_MAX)
    if asked.contact_phone not in await own_phones(session, actor.profile_id):
        raise ContactNotYours
    key = f"fault:{actor.profile_id}:{asked.key}"
    await take_turn(session, key)
    if (known := await _by_key(session, key)) is not None:
        return known
    recent = select(func.count()).where(
        FaultRequest.profile_id == actor.profile_id, col(FaultRequest.created_at) > at - timedelta(days=1)
    )
    if (await session.exec(recent)).one() >= terms.requests_a_day:
        raise TooManyRequests(most=terms.requests_a_day)
    while (request_id := await _written_down(session, actor, asked, key, at)) is None:
        running = select(FaultRequest.code).where(FaultRequest.open_account_id == asked.account_id)
        # None: it has ended at this moment, and there is room now.
        if (number := (await session.exec(running)).first()) is not None:
            raise RequestIsOpen(number=number)
    request = await session.get_one(FaultRequest, request_id)
    note(session, request, StepKind.ASKED, StepBy.SUBSCRIBER, at=at)
    await notices.taken(session, request, at=at)
    await open_ticket(
        session,
        source=TicketSource.FAULT,
        source_ref=str(request.id),
        specialism=Specialism.INTERNET,
        title=request.code,
        words=request.words or request.code,
        language=await notices.language_of(session, actor.profile_id),
        profile_id=actor.profile_id,
        contact_phone=request.contact_phone,
        at=at,
    )
    return request


async def own(session: AsyncSession, actor: Actor, account_id: int) -> Sequence[RequestView]:
    """Every request of an account that the actor owns, the newest first. Raises NotFound; a mere payer sees none."""
    held = await held_account(session, actor, account_id)
    if held.holding.role is not HoldingRole.OWNER:
        return []
    rows = await session.exec(
        select(FaultRequest, TechnicianSlot)
        .outerjoin(TechnicianSlot, col(TechnicianSlot.id) == col(FaultRequest.slot_id))
        .where(FaultRequest.internet_account_id == account_id)
        .order_by(col(FaultRequest.id).desc())
        .limit(SHOWN_MAX)
    )
    found = rows.all()
    steps = await session.exec(
        select(FaultStep)
        .where(col(FaultStep.request_id).in_([request.id for request, _ in found]))
        .order_by(col(FaultStep.id))
    )
    by_request: dict[int, list[FaultStep]] = {}
    for step in steps:
        by_request.setdefault(step.request_id, []).append(step)
    return [RequestView(request, slot, by_request.get(request.id or 0, [])) for request, slot in found]


async def rate(
    session: AsyncSession, actor: Actor, code: str, *, stars: int, words: str = "", at: datetime
) -> FaultRequest:
    """Say how the repair was, 1 to 5, once. Raises NotFound, RatingMissing, NothingToRate, WordsTooLong."""
    request = await owned_request(session, actor, code)
    if stars not in STARS:
        raise RatingMissing
    if len(words) > RATING_WORDS_MAX:
        raise WordsTooLong(most=RATING_WORDS_MAX)
    if request.state is not RequestState.DONE or request.rating is not None:
        raise NothingToRate
    request.rating, request.rating_words, request.rated_at = stars, words.strip(), at
    note(session, request, StepKind.RATED, StepBy.SUBSCRIBER, at=at)
    return request


async def owned_request(session: AsyncSession, actor: Actor, code: str) -> FaultRequest:
    """The request, locked, of an account that the actor owns. Raises NotFound, for a stranger's too."""
    mine = select(Holding.internet_account_id).where(
        Holding.profile_id == actor.profile_id, Holding.role == HoldingRole.OWNER
    )
    query = select(FaultRequest).where(FaultRequest.code == code, col(FaultRequest.internet_account_id).in_(mine))
    return await _locked(session, query)


async def times_chosen(session: AsyncSession, request: FaultRequest) -> int:
    """How often a visit has been chosen for this request."""
    choosing = (StepKind.BOOKED, StepKind.MOVED)
    counted = select(func.count()).where(FaultStep.request_id == request.id, col(FaultStep.kind).in_(choosing))
    return (await session.exec(counted)).one()


async def any_request(session: AsyncSession, code: str) -> FaultRequest:
    """The request, locked, for the operator. Raises NotFound."""
    return await _locked(session, select(FaultRequest).where(FaultRequest.code == code.strip().upper()))


def enter(session: AsyncSession, request: FaultRequest, state: RequestState, *, at: datetime) -> None:
    """Bring the request into a state; one that is over makes room for the account's next one."""
    request.state, request.state_at = state, at
    request.open_account_id = None if state.is_over else request.internet_account_id
    session.add(request)


def note(
    session: AsyncSession,
    request: FaultRequest,
    kind: StepKind,
    by: StepBy,
    *,
    at: datetime,
    slot: TechnicianSlot | None = None,
    words: str = "",
) -> None:
    """Add a step to the history, and have open screens show it."""
    assert request.id is not None
    step = FaultStep(request_id=request.id, kind=kind, by=by, at=at, note=words)
    if slot is not None:
        step.visit_from, step.visit_until = slot.starts_at, slot.ends_at
    session.add(step)
    session.add(request)
    changed(session, HoldingKey(HoldingKind.INTERNET, request.internet_account_id).subject)


async def _locked(session: AsyncSession, query: SelectOfScalar[FaultRequest]) -> FaultRequest:
    held = query.with_for_update().execution_options(populate_existing=True)
    if (found := (await session.exec(held)).first()) is None:
        raise NotFound
    return found


async def _by_key(session: AsyncSession, key: str) -> FaultRequest | None:
    return (await session.exec(select(FaultRequest).where(FaultRequest.key == key))).first()


async def _written_down(session: AsyncSession, actor: Actor, asked: Asked, key: str, at: datetime) -> int | None:
    """The id of the new row, None where the account has a request."""
    values = {
        "code": new_code(CODE_ALPHABET, _CODE_LENGTH),
        "key": key,
        "internet_account_id": asked.account_id,
        "open_account_id": asked.account_id,
        "profile_id": actor.profile_id,
        "symptom": asked.symptom,
        "words": asked.words.strip(),
        "contact_phone": asked.contact_phone,
        "tried": [step.value for step in asked.tried],
        "state": RequestState.OPEN,
        "state_at": at,
        "rating_words": "",
        "created_at": at,
    }
    adding = insert_into(session, FaultRequest).values(**values).on_conflict_do_nothing()
    found: int | None = (await session.exec(adding.returning(col(FaultRequest.id)))).scalar_one_or_none()
    return found
