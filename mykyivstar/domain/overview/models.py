"""Everything a person has, as one picture (C1, C2, B2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, Brand, Colour, HoldingRole, LineState
from mykyivstar.domain.overview.alerts import Alert
from mykyivstar.domain.overview.announcements import Reader
from mykyivstar.domain.overview.charges import NextCharge
from mykyivstar.domain.overview.gauges import Gauge
from mykyivstar.domain.overview.internet import InternetStanding
from mykyivstar.domain.overview.validity import Validity
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Part:
    """What every line and internet account has. None is "not known", never nought."""

    key: HoldingKey
    role: HoldingRole
    nickname: str
    colour: Colour
    chosen_at: datetime | None
    # Twelve digits of a line, or an internet account's own number.
    number: str
    tariff: Mapping[str, str] | None
    balance: Money | None
    bonus: Money | None
    charge: NextCharge | None
    # What this Kyiv month has cost so far; None when nothing was taken yet, or when the role does not see it.
    month_cost: Money | None
    alerts: Sequence[Alert]


@dataclass(frozen=True, slots=True)
class LinePart(Part):
    """A mobile line."""

    brand: Brand
    payment: Billing
    state: LineState
    gauges: Sequence[Gauge]
    validity: Validity | None


@dataclass(frozen=True, slots=True)
class InternetPart(Part):
    """A home internet account."""

    address: str
    standing: InternetStanding


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Overview:
    """All of a person's own, in their order, as it was at `at`. One reading: two of them are never the same."""

    at: datetime
    # The person's name, or their login where they gave no name.
    name: str
    parts: Sequence[Part]
    # An open promised payment (N2) or a rule of auto top-up (N1) is there; what it is, is asked apart.
    has_notes: bool = False

    def part(self, key: str) -> Part | None:
        """The one of this key, if the person has it."""
        return next((part for part in self.parts if str(part.key) == key), None)

    @property
    def last_chosen(self) -> Part | None:
        """What they last looked at, else the first of their order; None when they have nothing."""
        looked_at = [(part.chosen_at, part) for part in self.parts if part.chosen_at is not None]
        return max(looked_at, key=lambda seen: seen[0])[1] if looked_at else next(iter(self.parts), None)

    @property
    def internet(self) -> Sequence[InternetPart]:
        return [part for part in self.parts if isinstance(part, InternetPart)]

    def reader(self, part: Part | None) -> Reader:
        """Whom an announcement beside this part is for."""
        has_internet = any(each.key.kind is HoldingKind.INTERNET for each in self.parts)
        if isinstance(part, LinePart):
            return Reader(part.brand, part.payment, has_internet)
        return Reader(Brand.KYIVSTAR, None, has_internet)
