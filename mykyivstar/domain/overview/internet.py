"""How a home internet account stands: what must be paid in, by when, and how near it is to switching off (C2, H1)."""

from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.overview.charges import NextCharge, missing_for
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class InternetStanding:
    """The account beside its disconnect threshold: below that balance the internet switches itself off."""

    state: InternetState
    threshold: Money
    balance: Money | None
    charge: NextCharge | None
    suspended_until: datetime | None = None
    # Off for debt: what is first taken of fees that fell due meanwhile.
    rest: Money = Money.ZERO

    @property
    def room(self) -> Money | None:
        """How far the balance is above the threshold; negative when it is below."""
        return None if self.balance is None else self.balance - self.threshold

    @property
    def is_off(self) -> bool:
        return self.state is InternetState.OFF_FOR_DEBT

    @property
    def is_below_threshold(self) -> bool:
        return self.room is not None and self.room < Money.ZERO

    @property
    def missing_now(self) -> Money | None:
        """What must be paid in at once for the internet to work; zero when nothing must."""
        return missing_for(None, self.balance, self.threshold + self.rest)

    @property
    def next_payment(self) -> Money | None:
        """What must be paid in by the next charge so that the internet stays on; zero when there is enough."""
        if self.rest:
            return self.missing_now
        return missing_for(self.charge, self.balance, self.threshold)
