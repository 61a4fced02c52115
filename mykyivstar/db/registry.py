"""Imports every module with tables, so that migrations see the whole schema. The one upward import of this layer."""

from sqlmodel import SQLModel

from mykyivstar.db import changes, jobs
from mykyivstar.domain.applications import models as applications
from mykyivstar.domain.auto_top_up import models as auto_top_up
from mykyivstar.domain.billing import models as billing
from mykyivstar.domain.blocking import models as blocking
from mykyivstar.domain.bonuses import models as bonuses
from mykyivstar.domain.catalogue import models as catalogue
from mykyivstar.domain.consents import models as consents
from mykyivstar.domain.faults import models as faults
from mykyivstar.domain.identity import models as identity
from mykyivstar.domain.internet import models as internet
from mykyivstar.domain.ledger import models as ledger
from mykyivstar.domain.lines import models as lines
from mykyivstar.domain.notices import models as notices
from mykyivstar.domain.notifications import models as notifications
from mykyivstar.domain.partners import models as partners
from mykyivstar.domain.payments import models as payments
from mykyivstar.domain.promises import models as promises
from mykyivstar.domain.reports import models as reports
from mykyivstar.domain.staff import models as staff
from mykyivstar.domain.stores import models as stores
from mykyivstar.domain.support import models as support
from mykyivstar.domain.support.tickets import models as tickets
from mykyivstar.domain.tariff_lock import models as tariff_lock
from mykyivstar.domain.usage import models as usage
from mykyivstar.domain.usage_limits import models as usage_limits
from mykyivstar.domain.ussd import models as ussd
from mykyivstar.domain.visits import models as visits

__all__ = [
    "applications",
    "auto_top_up",
    "billing",
    "blocking",
    "bonuses",
    "catalogue",
    "changes",
    "consents",
    "faults",
    "identity",
    "internet",
    "jobs",
    "ledger",
    "lines",
    "metadata",
    "notices",
    "notifications",
    "partners",
    "payments",
    "promises",
    "reports",
    "staff",
    "stores",
    "support",
    "tariff_lock",
    "tickets",
    "usage",
    "usage_limits",
    "ussd",
    "visits",
]

metadata = SQLModel.metadata
