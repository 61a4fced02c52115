"""Which jobs there are: each is one line that calls the domain."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.faults.terms import FaultTerms
from mykyivstar.domain.payments.card import Addresses
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.jobs.schedules import Schedule
from mykyivstar.kit.clock import Clock
from mykyivstar.papers.press import Press
from mykyivstar.ports.acquiring import Acquirer
from mykyivstar.ports.mail import MailGateway
from mykyivstar.ports.sms import SmsGateway

ATTEMPTS_MAX = 10
TIME_LIMIT = timedelta(minutes=5)


class JobPorts(Protocol):
    """The outside that jobs work with."""

    @property
    def sms(self) -> SmsGateway:
        """Carries SMS."""
        ...

    @property
    def mail(self) -> MailGateway:
        """Carries e-mail."""
        ...

    @property
    def acquirer(self) -> Acquirer:
        """Takes card payments."""
        ...

    def acquirer_named(self, name: str) -> Acquirer:
        """The acquirer of an older invoice. Raises KeyError when the settings do not know it any more."""
        ...

    @property
    def payment_limits(self) -> PaymentLimits:
        """How much may be paid at once."""
        ...

    @property
    def addresses(self) -> Addresses:
        """Where acquirers send payers and notices."""
        ...

    @property
    def press(self) -> Press:
        """Makes papers."""
        ...

    @property
    def fault_terms(self) -> FaultTerms:
        """On which terms technicians come and downtime is credited."""
        ...

    @property
    def reports_folder(self) -> Path:
        """Where files of reports are kept."""
        ...

    @property
    def attachments_folder(self) -> Path:
        """Where files are kept that people sent."""
        ...

    @property
    def usage_months(self) -> int:
        """How many whole months of usage records are kept before the current one."""
        ...


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job is given to work with."""

    database: Database
    ports: JobPorts
    clock: Clock


Handler = Callable[[JobContext, Mapping[str, Any], datetime], Awaitable[Postponed | None]]
Decorated = Callable[[Handler], Handler]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A job that workers know how to do."""

    name: str
    handler: Handler
    # So many failures or lost workers, and the job is dead: a person has to look.
    attempts_max: int
    # A try that takes longer is stopped and counts as a failure.
    time_limit: timedelta
    schedule: Schedule | None

    @property
    def schedule_key(self) -> str | None:
        """The `dedup` of the one row that comes back by the schedule."""
        return f"schedule:{self.name}" if self.schedule else None


class Registry:
    """The kinds of jobs that a worker takes; it leaves the others for workers of a newer release."""

    def __init__(self) -> None:
        self._kinds: dict[str, JobKind] = {}

    def job(
        self,
        name: str,
        *,
        attempts_max: int = ATTEMPTS_MAX,
        time_limit: timedelta = TIME_LIMIT,
        schedule: Schedule | None = None,
    ) -> Decorated:
        """Declare the decorated `async (context, payload, at)` to do jobs of this kind, at least once each.

        With a `schedule` the job also comes by itself, with an empty payload, once for all workers together.
        """

        def declare(handler: Handler) -> Handler:
            assert name not in self._kinds, f"two jobs are called {name}"
            self._kinds[name] = JobKind(name, handler, attempts_max, time_limit, schedule)
            return handler

        return declare

    @property
    def kinds(self) -> Mapping[str, JobKind]:
        """Every declared kind by its name."""
        return self._kinds


registry = Registry()
job = registry.job
