"""What stands behind each door: the one database and the ports with the adapters that the settings choose."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import token_bytes

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar import adapters
from mykyivstar.adapters import EmbeddedBank
from mykyivstar.db.changes import Subject
from mykyivstar.db.database import Database
from mykyivstar.domain.faults.network_map import NetworkMaps
from mykyivstar.domain.faults.terms import FaultTerms
from mykyivstar.domain.notifications import phones
from mykyivstar.domain.papers.seal import Seal
from mykyivstar.domain.payments.card import Addresses
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.stores.queries import Registers
from mykyivstar.i18n import tr
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import Clock, SystemClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import keyed_hash
from mykyivstar.papers.press import Press
from mykyivstar.ports.acquiring import Acquirer
from mykyivstar.ports.bell import Bell
from mykyivstar.ports.mail import MailGateway
from mykyivstar.ports.sms import SmsGateway
from mykyivstar.settings import settings
from mykyivstar.terms import fault_terms, payment_limits


@cache
def clock() -> Clock:
    """The clock of this process."""
    return SystemClock()


@cache
def database() -> Database:
    """The database of this process."""
    if not settings().database_url:
        settings().data_dir.mkdir(parents=True, exist_ok=True)
    return Database(settings().database, clock=clock(), published=_publish)


def unit_of_work() -> AbstractAsyncContextManager[AsyncSession]:
    """One transaction on the database of this process."""
    return database().unit_of_work()


def reading() -> AbstractAsyncContextManager[AsyncSession]:
    """A look at the database of this process."""
    return database().reading()


@cache
def secret_key() -> bytes:
    """The key codes are hashed with: SECRET_KEY, or one made once and kept in DATA_DIR."""
    if given := settings().secret_key.get_secret_value():
        return given.encode()
    path = settings().data_dir / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_bytes(token_bytes(32))
        fresh.chmod(0o600)
        # A second process may be starting: whoever links first wins, and both read the same key.
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink(missing_ok=True)
    return path.read_bytes()


def ussd_key() -> bytes:
    """What the USSD gateway signs with, empty where there is none; the demo's dialler has one by itself."""
    if given := settings().ussd_key.get_secret_value():
        return given.encode()
    has_dialler = settings().is_demo and settings().sms_gateway == "embedded"
    return keyed_hash(secret_key(), "the demo's own USSD gateway").encode() if has_dialler else b""


@cache
def addresses() -> Addresses:
    """Where acquirers send payers and notices."""
    return Addresses(settings().site)


@cache
def network_maps() -> NetworkMaps:
    """Outages and works by city, as this process last read them."""
    return NetworkMaps(reading)


@cache
def stores() -> Registers:
    """The stores, as this process last read them."""
    return Registers(reading)


def reports_folder() -> Path:
    """Where files of reports are kept."""
    return settings().data_dir / "reports"


def rejects_folder() -> Path:
    """Where rows go that an import could not take."""
    return settings().data_dir / "rejects"


@dataclass(frozen=True, slots=True)
class Ports:
    """The outside, as the settings chose it."""

    sms: SmsGateway
    mail: MailGateway
    press: Press
    reports_folder: Path
    attachments_folder: Path
    fault_terms: FaultTerms
    usage_months: int
    # Who takes card payments, and everybody who ever did as far as the settings still know them, by name.
    acquirer: Acquirer
    acquirers: Mapping[str, Acquirer]
    payment_limits: PaymentLimits
    addresses: Addresses

    def acquirer_named(self, name: str) -> Acquirer:
        """The one whose invoices bear this name. Raises KeyError when the settings know none."""
        return self.acquirers[name]


@cache
def ports() -> Ports:
    """The adapters of this process."""
    acquirers = adapters.acquirers(settings(), clock(), demo_token=_demo_bank_token)
    return Ports(
        sms=adapters.sms_gateway(settings(), clock(), _arrive),
        mail=adapters.mail_gateway(settings(), clock()),
        press=press(),
        reports_folder=reports_folder(),
        attachments_folder=attachments_folder(),
        fault_terms=fault_terms(),
        usage_months=settings().usage_months,
        acquirer=acquirers[settings().acquirer],
        acquirers=acquirers,
        payment_limits=payment_limits(),
        addresses=addresses(),
    )


def acquirer_named(name: str) -> Acquirer:
    """The acquirer whose notices and invoices bear this name. Raises KeyError."""
    return ports().acquirer_named(name)


@cache
def embedded_bank() -> EmbeddedBank | None:
    """The bank in our own process, when it is the acquirer."""
    return adapters.embedded_bank(settings(), clock(), demo_token=_demo_bank_token, tr=tr)


@cache
def press() -> Press:
    """What papers of this installation are made and proved with."""
    earlier = settings().earlier_secret_keys.get_secret_value().split(",")
    return Press(Seal(secret_key(), *(key.strip().encode() for key in earlier if key.strip())), settings().site)


@cache
def bell() -> Bell | None:
    """How this process calls the others."""
    return adapters.bell(settings())


def attachments_folder() -> Path:
    """Where files that were sent in conversations and with applications are kept."""
    return settings().data_dir / "attachments"


@cache
def worker() -> Worker:
    """The worker of this process's jobs."""
    return Worker(database(), ports(), clock())


def _demo_bank_token() -> str:
    """What our shop shows to the embedded bank: every process of ours knows it, and nobody else."""
    return keyed_hash(secret_key(), "the embedded acquirer's one shop")


async def _arrive(*, to: Msisdn, text: str) -> int:
    return await phones.receive(unit_of_work, to=to, text=text, at=clock().now())


_listeners: list[object] = []
_passers_on: list[object] = []


def _publish(subjects: list[Subject]) -> None:
    for listener in _listeners:
        listener(subjects)  # type: ignore[operator]


def pass_on(*subjects: Subject) -> None:
    """Tell open screens, here and in the other processes, of something that is not kept: somebody is typing."""
    for listener in _passers_on:
        listener(subjects)  # type: ignore[operator]


def listen_in_passing(listener: object) -> None:
    """Have `listener(subjects)` called by `pass_on`; it must not raise or block."""
    _passers_on.append(listener)


def listen(listener: object) -> None:
    """Have `listener(subjects)` called right after each commit of this process; it must not raise or block."""
    _listeners.append(listener)
