"""What else is sent twice: links, disputes, messages, visits, what staff and partners send."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.expenses.disputes import dispute_entry
from mykyivstar.domain.feedback.sending import About, Writer, Writing, send
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.partners import management, payments
from mykyivstar.domain.payments import pay_links
from mykyivstar.domain.payments.card import Addresses
from mykyivstar.domain.payments.disputes import open_dispute
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import PayLink
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.domain.support import conversations, desk, files
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.tickets import opening, work
from mykyivstar.domain.support.tickets.models import Ticket, TicketSource
from mykyivstar.domain.tariff_lock.service import lock
from mykyivstar.domain.usage_limits import service as usage_limits
from mykyivstar.domain.usage_limits.models import LimitKind
from mykyivstar.domain.visits import booking, own
from mykyivstar.domain.visits.models import Visit, VisitPurpose
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from tests.domain.expenses.moving import move
from tests.domain.sent_twice.registry import in_one_transaction, in_several
from tests.domain.sent_twice.world import BITS, KEY, Somebody, World
from tests.domain.support.test_files import PNG
from tests.factories.payments import make_payment, share
from tests.factories.stores import store

MONDAY_TEN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def client_key(key: str) -> str:
    """As a browser makes one."""
    return key.encode().hex()[:24].ljust(24, "0")


async def _link(world: World, who: Somebody, key: str, session: AsyncSession) -> PayLink:
    how: dict[str, Any] = {"amount": Money.uah(50), "once": True, "note": "", "days": 7}
    of, at = who.line_key, world.clock.now()
    return await pay_links.make(session, who.actor, key=key, target=of, limits=PaymentLimits(), at=at, **how)


@in_one_transaction()
async def link(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    return await _link(world, who, key, session)


async def _has_a_link(world: World, who: Somebody) -> str:
    async with world.database.unit_of_work() as session:
        return (await _link(world, who, f"link-{who.number}", session)).code


@in_several(after=_has_a_link)
async def payment_by_a_link(world: World, who: Somebody, key: str) -> Any:
    payment = await pay_links.begin(
        world.database.unit_of_work,
        world.bank,
        code=who.has,
        amount=None,
        key=key,
        payer=Payer(visitor=who.visitor, address=f"address-{who.number}"),
        limits=PaymentLimits(),
        addresses=Addresses("https://my.example.ua"),
        purpose="Top-up",
        at=world.clock.now(),
    )
    return payment.id


async def _has_paid(world: World, who: Somebody) -> str:
    async with world.database.unit_of_work() as session:
        payer, bought = Payer(profile_id=who.actor.profile_id), share(who.line, Money.uah(50))
        return (await make_payment(session, bought, key=f"paid-{who.number}", payer=payer)).code


@in_one_transaction(after=_has_paid)
async def dispute_of_a_payment(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    about: dict[str, Any] = {"code": who.has, "actor": who.actor, "visitor": "", "contact_phone": None}
    return await open_dispute(session, **about, words=key, at=world.clock.now())


async def _was_charged(world: World, who: Somebody) -> int:
    async with world.database.unit_of_work() as session:
        why, kind = {"rule": "service/music", "net": 2274, "vat": 455, "duty": 171}, OperationKind.SERVICE_FEE
        return (await move(session, who.line, -2_900, at=world.clock.now(), kind=kind, why=why)).id or 0


@in_one_transaction(after=_was_charged)
async def dispute_of_a_charge(session: AsyncSession, world: World, who: Somebody, _key: str) -> Any:
    return await dispute_entry(session, who.actor, who.has, at=world.clock.now())


@in_one_transaction()
async def conversation(session: AsyncSession, world: World, who: Somebody, _key: str) -> Any:
    how: dict[str, Any] = {"specialism": Specialism.MOBILE, "language": Language.UK}
    return await conversations.start(session, who.actor, at=world.clock.now(), **how)


async def _talks(world: World, who: Somebody) -> tuple[StaffActor, str]:
    at = world.clock.now()
    async with world.database.unit_of_work() as session:
        login = f"staff-{who.number}"
        member = StaffMember(login=login, name=login, role=StaffRole.CONSULTANT, skills="mobile", created_at=at)
        member.is_available, member.seen_at = True, at
        session.add(member)
        await session.flush()
        staff = StaffActor(staff_id=member.id or 0, session_id=0, role=StaffRole.CONSULTANT, name=login)
        how: dict[str, Any] = {"specialism": Specialism.MOBILE, "language": Language.UK}
        code = (await conversations.start(session, who.actor, at=at, **how)).code
    async with world.database.unit_of_work() as session:
        await desk.take(session, staff, code, at=at)
    return staff, code


@in_one_transaction(after=_talks)
async def ticket_of_a_conversation(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    staff, code = who.has
    words = {"title": "Перевірити", "words": "Платіж"}
    return await opening.from_conversation(session, staff, code, key=key, at=world.clock.now(), **words)


@in_one_transaction(after=_talks)
async def file_in_a_conversation(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    sent, at = files.examined(PNG, "знімок.png"), world.clock.now()
    code = who.has[1]
    await files.customer_sends(session, who.actor, code, client_key=client_key(key), sent=sent, at=at)


async def _has_a_ticket(world: World, who: Somebody) -> str:
    about = {"title": "Платіж", "words": "Не надійшов", "language": Language.UK, "specialism": Specialism.MOBILE}
    source: dict[str, Any] = {"source": TicketSource.DISPUTE, "source_ref": f"of {who.number}"}
    async with world.database.unit_of_work() as session:
        profile_id, at = who.actor.profile_id, world.clock.now()
        ticket: Ticket = await opening.open_ticket(session, **source, **about, profile_id=profile_id, at=at)
        return ticket.code


@in_one_transaction(after=_has_a_ticket)
async def words_in_a_ticket(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    await work.customer_writes(session, who.actor, who.has, text=key, at=world.clock.now())


async def _may_write_once(world: World, who: Somebody) -> None:
    await world.leave_one_try(Rule.FEEDBACK_OF_CONTACT, f"{who.number}@example.com")


@in_several(after=_may_write_once)
async def message_to_us(world: World, who: Somebody, key: str) -> Any:
    writing = Writing(About.MOBILE, "Питання", f"{who.number}@example.com", "", "", world.puzzle(who, key))
    writer = Writer(None, who.visitor, f"address-{who.number}", Language.UK)
    unit = world.database.unit_of_work
    return (await send(unit, writing, writer, key=KEY, bits=BITS, at=world.clock.now())).id


async def _store_with_one_place(world: World, who: Somebody) -> str:
    await world.leave_one_try(Rule.VISITS_OF_PHONE, who.line.msisdn.digits)
    async with world.database.unit_of_work() as session:
        session.add(store(f"centre-{who.number}", services=["identity_check"], opening_hours="Mo-Fr 10:00-18:00"))
    return f"centre-{who.number}"


async def _book(world: World, who: Somebody, key: str, where: str) -> Visit:
    wanted = booking.Wanted(where, MONDAY_TEN, VisitPurpose.ACCESS, "Іван", who.line.msisdn.digits)
    booker = booking.Booker(who.visitor, f"address-{who.number}", Language.UK, "", world.puzzle(who, key))
    unit, at = world.database.unit_of_work, world.clock.now()
    return await booking.book(unit, wanted, booker, places=1, key=KEY, bits=BITS, at=at)


@in_several(after=_store_with_one_place)
async def visit(world: World, who: Somebody, key: str) -> Any:
    return (await _book(world, who, key, who.has)).id


async def _has_a_visit_that_may_be_moved_once(world: World, who: Somebody) -> str:
    code = (await _book(world, who, f"visit-{who.number}", await _store_with_one_place(world, who))).code
    await world.leave_one_try(Rule.VISIT_MOVES, code)
    return code


@in_several(after=_has_a_visit_that_may_be_moved_once)
async def another_time_of_a_visit(world: World, who: Somebody, key: str) -> Any:
    hours = 2 if key.startswith("other") else 1
    at, unit = world.clock.now(), world.database.unit_of_work
    return (await own.move(unit, who.has, MONDAY_TEN + timedelta(hours=hours), places=1, at=at)).id


async def _partner(world: World, who: Somebody) -> int:
    async with world.database.unit_of_work() as session:
        return (await management.add(session, f"partner-{who.number}", name="P", at=world.clock.now())).id or 0


@in_one_transaction(after=_partner)
async def payment_of_a_partner(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    order = payments.Order(key, who.line.msisdn.digits, Money.uah(50))
    return (await payments.pay(session, who.has, order, limits=PaymentLimits(), at=world.clock.now())).row


@in_one_transaction()
async def limit(session: AsyncSession, world: World, who: Somebody, _key: str) -> Any:
    how: dict[str, Any] = {"kind": LimitKind.MONEY, "most": 10_000, "pauses_data": True}
    await usage_limits.set_limit(session, who.actor, line_id=who.line.id or 0, at=world.clock.now(), **how)


@in_one_transaction()
async def pause_of_data(session: AsyncSession, world: World, who: Somebody, _key: str) -> Any:
    await usage_limits.pause_data(session, who.actor, line_id=who.line.id or 0, at=world.clock.now())


async def _has_a_tariff(world: World, who: Somebody) -> None:
    async with world.database.unit_of_work() as session:
        line = await session.get_one(Line, who.line.id)
        line.tariff_id, line.next_charge_at = 1, kyiv_midnight(world.day(9))


@in_one_transaction(after=_has_a_tariff)
async def lock_of_the_tariffs_money(session: AsyncSession, world: World, who: Somebody, _key: str) -> Any:
    await lock(session, who.actor, who.line.id or 0, at=world.clock.now())
