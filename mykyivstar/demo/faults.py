"""Faults of the demo: an outage that was credited, a repair to rate, works to come, and technicians who do come."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.demo import cast
from mykyivstar.demo.cast import AccountPart
from mykyivstar.demo.moves import Move, Pot
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.faults import downtime, visits
from mykyivstar.domain.faults.models import (
    DowntimeCredit,
    FaultRequest,
    FaultStep,
    Outage,
    OutageKind,
    OutagePlace,
    RequestState,
    StepBy,
    StepKind,
    Symptom,
    TechnicianSlot,
)
from mykyivstar.domain.faults.places import city_key, is_touched, parse_address, street_key
from mykyivstar.domain.faults.terms import DowntimeTerms
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import SystemAccount
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.lines.models import Holding
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.period import Period

_CITY, _STREET, _HOUSES = "м. Київ", "вул. Лесі Українки", "2-40 парні"
_ELSEWHERE = "вул. Ярославів Вал"
_CABLE = {
    "uk": "Пошкоджено кабель під час земляних робіт",
    "en": "A cable was damaged by digging",
    "ru": "Кабель повреждён при земляных работах",
}
_NODE = {"uk": "Заміна обладнання вузла", "en": "Equipment of a node is replaced", "ru": "Замена оборудования узла"}
_STORM = {
    "uk": "Обрив лінії через негоду",
    "en": "A line was torn down by the weather",
    "ru": "Обрыв линии из-за непогоды",
}
_WEDNESDAY = 2
# How long the operator thinks about a visit that was chosen.
CONFIRMED_AFTER = timedelta(seconds=40)


def outage_of(today: date) -> Period:
    """When the internet of the street was away: from an evening nine days ago to the next noon."""
    return Period(_moment(today - timedelta(days=9), 19), _moment(today - timedelta(days=8), 11))


def is_touched_by_it(part: AccountPart) -> bool:
    """Whether this account lives in that street."""
    place = parse_address(part.address)
    return is_touched(place, city=city_key(_CITY), street=street_key(_STREET), houses=_HOUSES)


def credit_of(part: AccountPart, tariff: Tariff, today: date) -> Move:
    """What came back for it the morning after, by the rule of every day."""
    away, terms = outage_of(today), DowntimeTerms()
    counted = downtime.beyond([away], terms.free)
    found = downtime.worth(tariff.fee, tariff.fee_period, counted)
    why = {
        "rule": "internet.downtime",
        "outage": _code_of(today),
        "since": away.start.isoformat(),
        "until": away.end.isoformat(),
        "fee": tariff.fee.kopiykas,
        "minutes": downtime.minutes_of(counted),
        "free_minutes": terms.free // timedelta(minutes=1),
        "parts": [
            {"period": each.period, "minutes": each.minutes, "of_minutes": each.of_minutes} for each in found.parts
        ],
        **taxes(found.amount, is_mobile=False),
    }
    key = f"demo:{part.number}:downtime"
    amounts = [(Pot(part.number, Unit.UAH), found.amount)]
    return Move(key, OperationKind.ADJUSTMENT, _credited_at(today), amounts, SystemAccount.FEES, why)


async def add_past(session: AsyncSession, today: date) -> None:
    """The outage of last week with its credit, and the repair that followed and waits for a rating."""
    away = outage_of(today)
    outage = Outage(
        code=_code_of(today), kind=OutageKind.OUTAGE, reason=_CABLE, starts_at=away.start, expected_at=away.end
    )
    outage.ended_at, outage.credited_at = away.end, _credited_at(today)
    outage_id = await _add_outage(session, outage, _STREET, _HOUSES)
    parts = {part.number: part for part in cast.accounts() if is_touched_by_it(part)}
    theirs = select(InternetAccount, Tariff).join(Tariff, col(Tariff.id) == col(InternetAccount.tariff_id))
    for account, tariff in (await session.exec(theirs.where(col(InternetAccount.number).in_(parts)))).all():
        amount = credit_of(parts[account.number], tariff, today).amounts[0][1]
        credit = DowntimeCredit(outage_id=outage_id, internet_account_id=account.id or 0, since=away.start)
        credit.until, credit.amount, credit.at = away.end, amount, _credited_at(today)
        session.add(credit)
        await _add_repair(session, account, today)


async def add_coming(session: AsyncSession, today: date) -> None:
    """Works of the next Wednesday night in the street, works of today elsewhere in the city, and what is the matter
    in other cities; once each.
    """
    ahead = (_WEDNESDAY - today.weekday() - 1) % 7 + 1
    night = today + timedelta(days=ahead)
    for code, street, houses, first, last in (
        (f"DEMO-W-{night:%m%d}", _STREET, _HOUSES, _moment(night, 1), _moment(night, 6)),
        (f"DEMO-C-{today:%m%d}", _ELSEWHERE, "1-30", _moment(today, 9), _moment(today, 23)),
    ):
        known = await session.exec(select(Outage.id).where(Outage.code == code))
        if known.first() is None:
            works = Outage(code=code, kind=OutageKind.WORKS, reason=_NODE, starts_at=first, expected_at=last)
            # As told before: a world that has just been made does not begin with SMS.
            works.announced_at = _moment(today, 0)
            await _add_outage(session, works, street, houses)
    for outage, city, street in _in_other_cities(today, night):
        known = await session.exec(select(Outage.id).where(Outage.code == outage.code))
        if known.first() is None:
            await _add_outage(session, outage, street, "", city=city)


def _in_other_cities(today: date, night: date) -> list[tuple[Outage, str, str]]:
    """For the map: outages and works of this day, and works around the next night of works, where nobody lives."""
    rows = (
        ("LVIV", OutageKind.OUTAGE, "м. Львів", "вул. Зелена", _moment(today - timedelta(days=1), 21), 25),
        ("KHARKIV", OutageKind.OUTAGE, "м. Харків", "", _moment(today, 0), 24),
        ("DNIPRO", OutageKind.WORKS, "м. Дніпро", "просп. Яворницького", _moment(today, 0), 23),
        ("ODESA", OutageKind.WORKS, "м. Одеса", "вул. Канатна", _moment(night + timedelta(days=1), 1), 5),
        ("SLOBODA", OutageKind.WORKS, "с. Слобода", "вул. Центральна", _moment(night + timedelta(days=2), 9), 6),
    )
    found = []
    for code, kind, city, street, start, hours in rows:
        outage = Outage(code=f"DEMO-{code}-{start.astimezone(KYIV):%m%d}", kind=kind, starts_at=start)
        outage.expected_at = start + timedelta(hours=hours)
        if kind is OutageKind.WORKS:
            outage.reason, outage.announced_at = _NODE, _moment(today, 0)
        else:
            outage.reason, outage.ended_at = _STORM, outage.expected_at
        found.append((outage, city, street))
    return found


async def live(database: Database, at: datetime) -> int:
    """What the operator would do now: visits are confirmed, and done when their time is over; how many were."""
    async with database.unit_of_work() as session:
        rows = await session.exec(
            select(FaultRequest.code, FaultRequest.state)
            .join(TechnicianSlot, col(TechnicianSlot.id) == col(FaultRequest.slot_id))
            .where(
                (
                    (col(FaultRequest.state) == RequestState.BOOKED)
                    & (col(FaultRequest.state_at) <= at - CONFIRMED_AFTER)
                )
                | ((col(FaultRequest.state) == RequestState.CONFIRMED) & (col(TechnicianSlot.ends_at) <= at))
            )
            .order_by(col(FaultRequest.id))
        )
        found = rows.all()
        for code, state in found:
            if state is RequestState.BOOKED:
                await visits.confirm(session, code, at=at)
            else:
                await visits.finish(session, code, words="Замінено роз'єм і перевірено лінію.", at=at)
    return len(found)


async def _add_outage(session: AsyncSession, outage: Outage, street: str, houses: str, *, city: str = _CITY) -> int:
    session.add(outage)
    await session.flush()
    assert outage.id is not None
    place = OutagePlace(outage_id=outage.id, city=city, street=street, houses=houses, city_key=city_key(city))
    place.street_key = street_key(street) if street else ""
    session.add(place)
    return outage.id


async def _add_repair(session: AsyncSession, account: InternetAccount, today: date) -> None:
    held = await session.exec(
        select(Holding).where(Holding.internet_account_id == account.id).order_by(col(Holding.id))
    )
    owner = held.first()
    if owner is None:
        return
    visit = _moment(today - timedelta(days=6), 12)
    slot = TechnicianSlot(city_key=city_key(_CITY), starts_at=visit, ends_at=visit + timedelta(hours=3), capacity=3)
    slot.booked = 1
    session.add(slot)
    await session.flush()
    asked, done = _moment(today - timedelta(days=7), 10), visit + timedelta(hours=1, minutes=20)
    request = FaultRequest(
        code="DEMQ2345",
        key="demo:fault",
        internet_account_id=account.id or 0,
        profile_id=owner.profile_id,
        symptom=Symptom.SLOW,
        words="Після аварії інтернет повільний увечері.",
        contact_phone=Msisdn(str(account.contract_phone)),
        tried=["power", "cable", "restart", "direct"],
        state=RequestState.DONE,
        state_at=done,
        slot_id=slot.id,
        created_at=asked,
    )
    session.add(request)
    await session.flush()
    for kind, by, at, words in (
        (StepKind.ASKED, StepBy.SUBSCRIBER, asked, ""),
        (StepKind.BOOKED, StepBy.SUBSCRIBER, asked + timedelta(minutes=1), ""),
        (StepKind.CONFIRMED, StepBy.OPERATOR, asked + timedelta(minutes=30), ""),
        (StepKind.DONE, StepBy.OPERATOR, done, "Замінено роз'єм у квартирі, швидкість перевірено."),
    ):
        step = FaultStep(request_id=request.id or 0, kind=kind, by=by, at=at, note=words)
        if kind is not StepKind.ASKED:
            step.visit_from, step.visit_until = slot.starts_at, slot.ends_at
        session.add(step)


def _code_of(today: date) -> str:
    return f"DEMO-{outage_of(today).start.astimezone(KYIV):%m%d}"


def _credited_at(today: date) -> datetime:
    return datetime.combine(today - timedelta(days=7), time(6, 20), KYIV).astimezone(UTC)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), KYIV).astimezone(UTC)
