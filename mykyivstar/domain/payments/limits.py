"""How much may be paid at once: configuration, with the operator's published figures as defaults (D5)."""

from dataclasses import dataclass

from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class PaymentLimits:
    """The limits of this installation."""

    top_up_least: Money = Money.uah(1)
    top_up_most: Money = Money.uah(5_000)
    shares_most: int = 20
    transfer_least: Money = Money.uah(1)
    transfer_most: Money = Money.uah(1_000)
    # A transfer of more than this is confirmed by a code.
    transfer_code_above: Money = Money.uah(20)
    # What one line may transfer without any code in a day of Kyiv: many small ones do not get round the code.
    transfer_day_without_code: Money = Money.uah(100)
    # What one line may transfer in a calendar month of Kyiv.
    transfer_month_most: Money = Money.uah(2_900)
