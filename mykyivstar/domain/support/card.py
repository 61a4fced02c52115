"""What a consultant may see of a customer: enough to help, no more, and every look is written down (K6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.models import Conversation, ConversationState, CustomerLook
from mykyivstar.domain.support.tickets.models import Ticket, TicketState
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money

THINGS_MOST = 20


@dataclass(frozen=True, slots=True)
class Thing:
    """A line or internet account: no calls, no payments, no documents."""

    kind: str
    # Whole for a line the customer owns; of a shared one only its end.
    number: str
    state: str
    tariff: Mapping[str, str] | None
    balance: Money | None
    is_asked_about: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A customer."""

    name: str
    language: str
    since: datetime
    things: Sequence[Thing]
    # How many conversations and open tickets there have been.
    conversations: int
    open_tickets: int


async def look(
    session: AsyncSession,
    staff: StaffActor,
    *,
    at: datetime,
    conversation: str | None = None,
    ticket: str | None = None,
) -> Card:
    """The card of whoever is in this conversation or ticket; the look is written down in the same transaction.

    A consultant may look while the conversation or ticket is theirs and runs; a lead also later and at others'.
    Raises NotFound.
    """
    seen = CustomerLook(staff_id=staff.staff_id, profile_id=0, at=at)
    about = ""
    if conversation is not None:
        found = await _conversation(session, staff, conversation)
        seen.profile_id, seen.conversation_id, about = found.profile_id, found.id, found.about
    else:
        asked = await _ticket(session, staff, ticket or "")
        seen.profile_id, seen.ticket_id = asked.profile_id or 0, asked.id
    profile = await session.get(Profile, seen.profile_id)
    if profile is None:
        raise NotFound
    session.add(seen)
    return await _card(session, profile, about)


async def look_in_person(
    session: AsyncSession, staff: StaffActor, profile: Profile, *, visit_number: str, at: datetime
) -> Card:
    """The card of somebody at the counter of a service centre, for leads; the look is written down (A8).

    `visit_number` is "" for whoever came without a visit. Raises StaffRoleNeeded.
    """
    staff.require(StaffRole.LEAD)
    session.add(
        CustomerLook(staff_id=staff.staff_id, profile_id=profile.id or 0, visit_number=visit_number[:10], at=at)
    )
    return await _card(session, profile, "")


async def looks_at(session: AsyncSession, profile_id: int) -> Sequence[CustomerLook]:
    """Who looked at this customer, the newest first."""
    rows = await session.exec(
        select(CustomerLook)
        .where(CustomerLook.profile_id == profile_id)
        .order_by(col(CustomerLook.id).desc())
        .limit(100)
    )
    return rows.all()


async def _conversation(session: AsyncSession, staff: StaffActor, code: str) -> Conversation:
    found = (await session.exec(select(Conversation).where(Conversation.code == code))).first()
    is_theirs = found is not None and found.staff_id == staff.staff_id and found.state is ConversationState.OPEN
    if found is None or not (is_theirs or staff.role.includes(StaffRole.LEAD)):
        raise NotFound
    return found


async def _ticket(session: AsyncSession, staff: StaffActor, code: str) -> Ticket:
    found = (await session.exec(select(Ticket).where(Ticket.code == code))).first()
    is_theirs = found is not None and found.staff_id == staff.staff_id and found.state is not TicketState.CLOSED
    if found is None or not (is_theirs or staff.role.includes(StaffRole.LEAD)):
        raise NotFound
    return found


async def _card(session: AsyncSession, profile: Profile, about: str) -> Card:
    rows = (
        await session.exec(
            select(Holding, Line, InternetAccount, Tariff)
            .outerjoin(Line, col(Line.id) == col(Holding.line_id))
            .outerjoin(InternetAccount, col(InternetAccount.id) == col(Holding.internet_account_id))
            .outerjoin(
                Tariff,
                (col(Tariff.id) == col(Line.tariff_id)) | (col(Tariff.id) == col(InternetAccount.tariff_id)),
            )
            .where(Holding.profile_id == profile.id)
            .order_by(col(Holding.position), col(Holding.id))
            .limit(THINGS_MOST)
        )
    ).all()
    money = await balances(
        session,
        line_ids=[line.id or 0 for _, line, _, _ in rows if line],
        internet_account_ids=[account.id or 0 for _, _, account, _ in rows if account],
    )
    things = []
    for holding, line, account, tariff in rows:
        name = tariff.name if tariff else None
        if line is not None:
            number = line.msisdn.digits if holding.role is HoldingRole.OWNER else line.msisdn.masked
            has = money.lines[line.id or 0].money
            things.append(Thing("line", number, line.state.value, name, has, f"line:{line.id}" == about))
        elif account is not None:
            has = money.internet[account.id or 0].money
            is_asked = f"internet:{account.id}" == about
            things.append(Thing("internet", account.number, account.state.value, name, has, is_asked))
    return Card(
        name=profile.name,
        language=profile.language.value,
        since=profile.created_at,
        things=things,
        conversations=await _count(session, select(func.count()).where(Conversation.profile_id == profile.id)),
        open_tickets=await _count(
            session,
            select(func.count()).where(
                Ticket.profile_id == profile.id,
                col(Ticket.state).not_in([TicketState.SOLVED, TicketState.CLOSED]),
            ),
        ),
    )


async def _count(session: AsyncSession, statement: SelectOfScalar[int]) -> int:
    return (await session.exec(statement)).one()
