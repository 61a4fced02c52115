"""What of a charge is ours, what is value-added tax and what is the pension-fund duty (O1, E4)."""

from fractions import Fraction

from mykyivstar.kit.money import Money

VAT = Fraction(20, 100)
#: The pension-fund duty on mobile services, of the price without VAT.
DUTY = Fraction(75, 1000)


def taxes(gross: Money, *, is_mobile: bool) -> dict[str, int]:
    """Net, VAT and duty in kopiykas, which sum to the gross exactly; for the explanation of an entry."""
    duty_share = DUTY if is_mobile else Fraction(0)
    net = gross.times(1 / (1 + VAT + duty_share))
    duty = net.times(duty_share)
    return {"net": net.kopiykas, "vat": (gross - net - duty).kopiykas, "duty": duty.kopiykas}
