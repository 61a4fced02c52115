"""A meter as the demo's network has it: it slows down, so that a session cannot become a debt."""

from datetime import datetime

from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.rating import BYTES_PER_MEGABYTE, Meter, Rated

# So much goes through once the package of data is gone.
SLOWED_MEGABYTES_MAX = 3


class SlowingMeter(Meter):
    """Rates less data than wanted when no package pays for it any more."""

    def rate(self, category: UsageCategory, quantity: int, at: datetime) -> Rated:
        if category is UsageCategory.DATA and (covered := self.covers(category, at)) is not None:
            quantity = min(quantity, covered + SLOWED_MEGABYTES_MAX * BYTES_PER_MEGABYTE)
        return super().rate(category, quantity, at)
