"""How long a prepaid number lives without a payment (N4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money

# The operator's rule: a payment of this much makes a number active for so long, and receiving for so long after that.
ACTIVE_FOR = timedelta(days=274)
RECEIVING_FOR = timedelta(days=91)
REVIVING_PAYMENT = Money.uah(30)


class Phase(StrEnum):
    """What the number can do now."""

    ACTIVE = "active"
    RECEIVING = "receiving"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Validity:
    """Active until here, then receiving only until there; `receiving_until` None: not known."""

    active_until: datetime
    receiving_until: datetime | None

    def phase(self, at: datetime) -> Phase:
        """The phase at this moment; each ends with its own last moment excluded."""
        if at < self.active_until:
            return Phase.ACTIVE
        if self.receiving_until is None or at < self.receiving_until:
            return Phase.RECEIVING
        return Phase.ENDED

    def ends_at(self, at: datetime) -> datetime | None:
        """When the present phase ends."""
        match self.phase(at):
            case Phase.ACTIVE:
                return self.active_until
            case Phase.RECEIVING | Phase.ENDED:
                return self.receiving_until

    def days_left(self, at: datetime) -> int | None:
        """Calendar days in Kyiv until the present phase ends: 0 on its last day; None when that is not known."""
        ends = self.ends_at(at)
        return max((kyiv_date(ends) - kyiv_date(at)).days, 0) if ends else None
