"""The whole demo world on its first day: everybody's history up to a moment, as plain values."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mykyivstar.demo import account_story, cast, catalogue, faults, line_story
from mykyivstar.demo.account_story import TRANSFER_HOUR, AccountState
from mykyivstar.demo.cast import AccountPart, LinePart, Transfer, Wish
from mykyivstar.demo.chance import chance
from mykyivstar.demo.charging import FOUR_WEEKS, first_charge, months_before
from mykyivstar.demo.line_story import Arc, Bonus, LineState, Subscription
from mykyivstar.demo.moves import Move, Pot, Record, opening, top_up
from mykyivstar.demo.purse import filled_backwards, paid_by_invoice, with_first
from mykyivstar.demo.rating import SlowingMeter
from mykyivstar.demo.rhythm import latest_holiday
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.lines.models import Billing
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, day_in_month

# N4: how long a number lives after a payment of at least so much, and how long it then only receives.
VALID_FOR = timedelta(days=274)
RECEIVING_FOR = timedelta(days=91)
REVIVING_PAYMENT = Money.uah(30)

TRAVEL_SERVICE = "roam_europe_week"
_CONNECTED_AT = timedelta(hours=13, minutes=20)
_ACTIVATED_AT = timedelta(hours=11)


@dataclass(frozen=True, slots=True)
class LineChapter:
    """A line's story up to now, and where it stands."""

    part: LinePart
    state: LineState
    records: Sequence[Record]
    moves: Sequence[Move]
    activated_at: datetime
    # None: a contract has no end.
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class AccountChapter:
    """An internet account's story up to now, and where it stands."""

    part: AccountPart
    state: AccountState
    moves: Sequence[Move]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that happened to everybody."""

    lines: Sequence[LineChapter]
    accounts: Sequence[AccountChapter]

    @property
    def records(self) -> Sequence[Record]:
        return [record for chapter in self.lines for record in chapter.records]

    @property
    def moves(self) -> Sequence[Move]:
        """In order of time, so that every entry's balance after it is right."""
        chapters: Sequence[LineChapter | AccountChapter] = [*self.lines, *self.accounts]
        return sorted((move for chapter in chapters for move in chapter.moves), key=lambda move: move.at)

    @property
    def digest(self) -> str:
        """The same for the same seed and moment, another for any other."""
        stands = [(c.part.number, c.state.meter, c.state.next_charge_at, c.valid_until) for c in self.lines]
        return hashlib.sha256(repr((self.records, self.moves, stands)).encode()).hexdigest()


def begin(seed: int, at: datetime) -> World:
    """The world as it stands at this moment, its history told from the beginning."""
    today = kyiv_date(at)
    arrivals: dict[str, list[Bonus]] = {}
    accounts = [_account_chapter(seed, part, today, at, arrivals) for part in cast.accounts()]
    lines = [_line_chapter(seed, part, today, at, arrivals.get(part.number, ())) for part in cast.lines()]
    return World(lines, accounts)


def valid_until(moves: Sequence[Move], pot: Pot, since: datetime) -> datetime:
    """N4: counted from the last payment that revives, or from the beginning."""
    payments = (move for move in moves if move.kind is OperationKind.TOP_UP and move.of(pot) >= REVIVING_PAYMENT)
    return max([since, *(payment.at for payment in payments)]) + VALID_FOR


def _account_chapter(
    seed: int, part: AccountPart, today: date, at: datetime, arrivals: dict[str, list[Bonus]]
) -> AccountChapter:
    since = kyiv_midnight(months_before(today, part.months))
    state = AccountState(catalogue.tariff(part.tariff), since, [_with_internet(wish, today) for wish in part.services])
    lately = part.bonuses_lately
    also: list[tuple[datetime, Transfer]] = []
    if lately:
        on = kyiv_midnight(today - timedelta(days=lately["days_ago"])) + TRANSFER_HOUR
        also = [(on, Transfer(lately["number"], 0, [lately["amount"]]))]
    told = account_story.tell(part, state, since=since, until=at, also=also)
    for number, bonuses in told.arrivals.items():
        arrivals.setdefault(number, []).extend(bonuses)
    lived = told.moves
    if faults.is_touched_by_it(part):
        lived = sorted([*lived, faults.credit_of(part, state.tariff, today)], key=lambda move: move.at)
    moves = _paid_from_purse(seed, part, lived, since)
    return AccountChapter(part, state, [*moves, *lived])


def _line_chapter(seed: int, part: LinePart, today: date, at: datetime, arrivals: Sequence[Bonus]) -> LineChapter:
    since, next_charge_at = _beginning(part, today)
    tariff = catalogue.tariff(part.tariff)
    meter = SlowingMeter(tariff.code, tariff.prices)
    if next_charge_at > since:
        # The starter pack holds the first period.
        meter.grant(tariff.code, tariff.package, next_charge_at)
    state = LineState(tariff, meter, next_charge_at, [_connected(wish, today, since) for wish in part.services])
    abroad = None
    if part.habit.travels:
        abroad = latest_holiday(today)
        packed = Wish(TRAVEL_SERVICE, (today - abroad[0]).days + 1)
        state.subscriptions.append(_connected(packed, today, since))
    told = line_story.tell(seed, part, state, Arc(since, at, arrivals, abroad, with_special=True))
    pot = Pot(part.number, Unit.UAH)
    if part.payment is Billing.CONTRACT:
        debits = [move for move in told.moves if move.of(pot)]
        paid = paid_by_invoice(pot, debits, balance=Money.ZERO, pays_on=part.pays_on, since=since, until=at)
        return LineChapter(part, state, told.records, [*paid, *told.moves], since, None)
    paid = _paid_from_purse(seed, part, told.moves, since)
    return LineChapter(part, state, told.records, [*paid, *told.moves], since, valid_until(paid, pot, since))


def _paid_from_purse(seed: int, part: LinePart | AccountPart, lived: Sequence[Move], since: datetime) -> list[Move]:
    """The opening balance and top-ups after which the balance is the one that the part asks for."""
    pot = Pot(part.number, Unit.UAH)
    debits = [move for move in lived if move.of(pot)]
    there, paid = filled_backwards(
        pot,
        debits,
        target=Money(part.balance),
        ceiling=Money(part.ceiling),
        sums=part.sums,
        since=since,
        rng=chance(seed, "purse", part.number),
    )
    first = Money(part.first_top_up) if isinstance(part, LinePart) else Money.ZERO
    there, paid = with_first(pot, there, paid, first=first)
    if first:
        paid = [top_up(pot, first, at=since, channel="terminal"), *paid]
        there -= first
    return [*([opening(pot, there, at=since - timedelta(minutes=1))] if there else []), *paid]


def _beginning(part: LinePart, today: date) -> tuple[datetime, datetime]:
    """When a line's history begins, and its first charge."""
    if part.activated_days_ago:
        day = today - timedelta(days=part.activated_days_ago)
        first = first_charge(today, next_in_days=part.next_charge_in, not_after=day) + FOUR_WEEKS
        return kyiv_midnight(day) + _ACTIVATED_AT, kyiv_midnight(first)
    if catalogue.tariff(part.tariff).fee_period is FeePeriod.FOUR_WEEKS:
        early = day_in_month(Month(today.year, today.month).shifted(-part.months), today.day)
        first = first_charge(today, next_in_days=part.next_charge_in, not_after=early)
    else:
        first = months_before(today, part.months)
    return kyiv_midnight(first), kyiv_midnight(first)


def _connected(wish: Wish, today: date, since: datetime) -> Subscription:
    service = catalogue.service(wish.code)
    asked = kyiv_midnight(today - timedelta(days=wish.days_ago)) + _CONNECTED_AT
    at = max(asked, since + timedelta(hours=1))
    return Subscription(service, at, at if service.fee or service.package else None)


def _with_internet(wish: Wish, today: date) -> Subscription:
    """A service of an internet account is charged on the first, with the internet itself."""
    day = today - timedelta(days=wish.days_ago)
    at = kyiv_midnight(Month(day.year, day.month).first_day)
    return Subscription(catalogue.service(wish.code), at, at)


def stands(world: World) -> Mapping[Pot, Money]:
    """What is in every pot after all moves."""
    pots: dict[Pot, Money] = {}
    for move in world.moves:
        for pot, amount in move.amounts:
            pots[pot] = pots.get(pot, Money.ZERO) + amount
    return pots
