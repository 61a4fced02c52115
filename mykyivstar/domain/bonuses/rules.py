"""The numbers of bonuses (I1, I2, I4). Whole bonuses, kept in hundredths as money is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

#: Of the month, on which bonuses of the month before come.
ACCRUAL_DAY: Final = 4
LEAST: Final = Money.uah(3)
#: For one mobile number in a calendar month of Kyiv, whoever gives.
MONTH_MOST: Final = Money.uah(200)
LIFE: Final = timedelta(days=20)
#: Calls and messages in Ukraine, and mobile internet. Voice mail is called as any number of the network is.
PAYS_FOR: Final = frozenset(
    {UsageCategory.CALL_ON_NET, UsageCategory.CALL_OFF_NET, UsageCategory.SMS, UsageCategory.DATA}
)


@dataclass(frozen=True, slots=True)
class BonusTerms:
    """What an installation sets: how long transferred bonuses are on their way."""

    delay: timedelta = timedelta(minutes=15)


def earned(fee: Money, period: FeePeriod, active_days: int, month: Month) -> Money:
    """I1: the fee of the month by its active days, half up to whole bonuses.

    A fee of another period than a month counts by what it is for a day.
    """
    share = {
        FeePeriod.DAY: Fraction(active_days),
        FeePeriod.FOUR_WEEKS: Fraction(active_days, 28),
        FeePeriod.MONTH: Fraction(active_days, month.days),
        FeePeriod.ONCE: Fraction(0),
    }[period]
    return Money.uah(int(Fraction(fee.kopiykas, 100) * share + Fraction(1, 2)))


def accrual_day(day: date) -> date:
    """The last day on which bonuses came, this day included."""
    month = Month(day.year, day.month)
    return (month if day.day >= ACCRUAL_DAY else month.shifted(-1)).first_day.replace(day=ACCRUAL_DAY)


def expires_at(arrived_at: datetime) -> datetime:
    """Twenty days later, at the same time by the clocks of Kyiv."""
    local = arrived_at.astimezone(KYIV)
    return datetime.combine(local.date() + LIFE, local.time(), KYIV).astimezone(arrived_at.tzinfo)
