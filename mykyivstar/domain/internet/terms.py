"""On which terms home internet is suspended: configuration, shown before anything is ordered (H3)."""

from dataclasses import dataclass

from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class InternetTerms:
    """The terms of this installation. Days are whole Kyiv days, both ends of a suspension included."""

    suspension_price: Money = Money.uah(15)
    suspension_least: int = 3
    suspension_most: int = 90
    # All suspensions of one calendar year together.
    suspension_year_most: int = 120
    # How far ahead its first day may be.
    suspension_ahead: int = 180
