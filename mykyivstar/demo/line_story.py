"""What a line lived through between two moments: usage, fees, bonuses spent and lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mykyivstar.demo.cast import LinePart
from mykyivstar.demo.charging import following, period_text
from mykyivstar.demo.contacts import Contacts
from mykyivstar.demo.moves import Move, Pot, Record, charge
from mykyivstar.demo.rhythm import Use, uses_on
from mykyivstar.domain.bonuses.rules import PAYS_FOR, expires_at
from mykyivstar.domain.catalogue.models import Service, Tariff
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import SystemAccount
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.rating import Meter, Rated
from mykyivstar.kit.clock import KYIV, kyiv_date
from mykyivstar.kit.money import Money


@dataclass(slots=True)
class Bonus:
    """Bonuses that came by transfer."""

    at: datetime
    left: Money

    @property
    def expires_at(self) -> datetime:
        return expires_at(self.at)


@dataclass(slots=True)
class Subscription:
    """A service of a line and when its fee is taken next; None: never again."""

    service: Service
    connected_at: datetime
    next_charge_at: datetime | None
    ended_at: datetime | None = None
    # The row it came from, when it came from one.
    connection_id: int | None = None


@dataclass(slots=True)
class LineState:
    """Where a line stands; moves on as its story is told."""

    tariff: Tariff
    meter: Meter
    next_charge_at: datetime | None
    subscriptions: list[Subscription] = field(default_factory=list)
    bonuses: list[Bonus] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arc:
    """What happens to a line beside its habit: the stretch of time, bonuses that arrive, a week abroad."""

    since: datetime
    until: datetime
    arrivals: Sequence[Bonus] = ()
    abroad: tuple[date, date] | None = None
    with_special: bool = False
    # A blocked line: fees only.
    is_silent: bool = False


@dataclass(slots=True)
class Told:
    """The story in order of time, its moves without the top-ups that paid for it."""

    records: list[Record] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def tell(seed: int, line: LinePart, state: LineState, arc: Arc) -> Told:
    """Live from `arc.since` (not included, but for charges due) to `arc.until` (included)."""
    storyteller = _Storyteller(line, state, Told())
    happenings: list[tuple[datetime, int, _Happening]] = [*_fees(state, arc)]
    happenings += [(bonus.at, 1, bonus) for bonus in arc.arrivals]
    happenings += [(bonus.expires_at, 2, _Expiry(bonus)) for bonus in (*state.bonuses, *arc.arrivals)]
    happenings += [(used.use.at, 3, used) for used in _uses(seed, line, arc)]
    for at, _, happening in sorted(happenings, key=lambda item: item[:2]):
        if at <= arc.until:
            storyteller.live(at, happening)
    return storyteller.told


@dataclass(frozen=True, slots=True)
class _Fee:
    """The fee of the tariff, or of a subscription."""

    subscription: Subscription | None


@dataclass(frozen=True, slots=True)
class _Expiry:
    bonus: Bonus


@dataclass(frozen=True, slots=True)
class _Used:
    """A use and its reference; one that must come out in a certain way is rated beforehand."""

    ref: str
    use: Use
    rated: Rated | None = None


_Happening = _Fee | Bonus | _Expiry | _Used


def _fees(state: LineState, arc: Arc) -> Iterator[tuple[datetime, int, _Happening]]:
    for subscription in (None, *state.subscriptions):
        due = subscription.next_charge_at if subscription else state.next_charge_at
        period = subscription.service.fee_period if subscription else state.tariff.fee_period
        while due is not None and due <= arc.until:
            yield due, 0, _Fee(subscription)
            due = following(due, period)


def _uses(seed: int, line: LinePart, arc: Arc) -> Iterator[_Used]:
    contacts = Contacts.of(seed, line.number, line.near)
    day, last = kyiv_date(arc.since), kyiv_date(arc.until)
    while day <= last and not arc.is_silent:
        away = arc.abroad is not None and arc.abroad[0] <= day <= arc.abroad[1]
        for index, use in enumerate(uses_on(seed, line, contacts, day, is_abroad=away)):
            if arc.since < use.at <= arc.until:
                yield _Used(f"d-{line.number}-{day:%Y%m%d}-{index:03d}", use)
        day += timedelta(days=1)
    for index, special in enumerate(line.special if arc.with_special else ()):
        on = last - timedelta(days=special.days_ago)
        at = datetime.combine(on, time.fromisoformat(special.time), KYIV)
        use = Use(at.astimezone(arc.since.tzinfo), UsageCategory(special.category), special.quantity, special.party)
        rule = f"price {line.tariff}/{special.category}" if special.cost else "free short number"
        rated = Rated(special.quantity, Money(special.cost), rule)
        yield _Used(f"d-{line.number}-{on:%Y%m%d}-s{index:02d}", use, rated)


@dataclass(frozen=True, slots=True)
class _Storyteller:
    line: LinePart
    state: LineState
    told: Told

    def live(self, at: datetime, happening: _Happening) -> None:
        match happening:
            case _Fee(subscription=None):
                self._pay_tariff(at)
            case _Fee(subscription=Subscription() as subscription):
                self._pay_service(subscription, at)
            case Bonus():
                self.state.bonuses.append(happening)
            case _Expiry(bonus=bonus):
                self._lose(bonus, at)
            case _Used():
                self._use(happening)

    def _pay_tariff(self, at: datetime) -> None:
        tariff = self.state.tariff
        until = following(at, tariff.fee_period)
        why = {"rule": f"tariff/{tariff.code}", "period": period_text(at, until)}
        key = f"demo:{self.line.number}:fee:{kyiv_date(at):%Y%m%d}"
        self._charge(tariff.fee, key=key, kind=OperationKind.TARIFF_FEE, at=at, why=why)
        self.state.next_charge_at = until
        self.state.meter.grant(tariff.code, tariff.package, until or at)

    def _pay_service(self, subscription: Subscription, at: datetime) -> None:
        service = subscription.service
        until = following(at, service.fee_period)
        days = max((part.get("days", 0) for part in service.package), default=0)
        expires_at = until or at + timedelta(days=days)
        why = {"rule": f"service/{service.code}", "period": period_text(at, expires_at)}
        key = f"demo:{self.line.number}:{service.code}:{kyiv_date(at):%Y%m%d}"
        self._charge(service.fee, key=key, kind=OperationKind.SERVICE_FEE, at=at, why=why)
        subscription.next_charge_at = until
        subscription.ended_at = None if until else expires_at
        if service.package:
            self.state.meter.grant(service.code, service.package, expires_at)

    def _charge(self, fee: Money, *, key: str, kind: OperationKind, at: datetime, why: Mapping[str, str]) -> None:
        if fee:
            self.told.moves.append(charge(Pot(self.line.number, Unit.UAH), fee, key=key, kind=kind, at=at, why=why))

    def _lose(self, bonus: Bonus, at: datetime) -> None:
        """I4: what is left of transferred bonuses after twenty days is written off."""
        self.state.bonuses = [kept for kept in self.state.bonuses if kept is not bonus]
        if bonus.left:
            pot = Pot(self.line.number, Unit.BONUS)
            key = f"demo:{self.line.number}:bonus-end:{at:%Y%m%d%H%M%S}"
            why = {"rule": "bonus_expired"}
            move = Move(key, OperationKind.ADJUSTMENT, at, [(pot, -bonus.left)], SystemAccount.BONUSES, why)
            self.told.moves.append(move)

    def _use(self, used: _Used) -> None:
        ref, use = used.ref, used.use
        rated = used.rated or self.state.meter.rate(use.category, use.quantity, use.at)
        self.told.records.append(
            Record(self.line.number, use.at, ref, use.category, rated.quantity, use.party, rated.cost, rated.rule)
        )
        if rated.cost:
            self._pay_usage(ref, use, rated)

    def _pay_usage(self, ref: str, use: Use, rated: Rated) -> None:
        money, bonuses = Pot(self.line.number, Unit.UAH), Pot(self.line.number, Unit.BONUS)
        rest, amounts = rated.cost, []
        for bonus in self.state.bonuses if use.category in PAYS_FOR else ():
            taken = min(rest, bonus.left)
            bonus.left -= taken
            rest -= taken
        if rest != rated.cost:
            amounts.append((bonuses, rest - rated.cost))
        if rest:
            amounts.append((money, -rest))
        why = {"rule": rated.rule, "category": use.category.value, "record": ref, "quantity": rated.quantity}
        why |= taxes(rated.cost, is_mobile=True)
        self.told.moves.append(Move(f"demo:{ref}", OperationKind.USAGE, use.at, amounts, SystemAccount.USAGE, why))
