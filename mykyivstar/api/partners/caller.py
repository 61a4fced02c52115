"""Who sent a request, once that is proved."""

from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.partners.models import Partner


@dataclass(frozen=True, slots=True)
class Caller:
    """The partner whose key signed, and when its request came."""

    partner: Partner
    at: datetime

    @property
    def partner_id(self) -> int:
        assert self.partner.id is not None
        return self.partner.id
