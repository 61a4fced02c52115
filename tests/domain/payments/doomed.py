"""A process that pays by card and kills itself at one step, as the machine would; its bank is a file that stays."""

import asyncio
import os
import pickle
import signal
from pathlib import Path

from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.clock import FixedClock
from mykyivstar.ports.acquiring import InvoiceState, Report
from tests.domain.payments.conftest import Till
from tests.domain.payments.test_killed import Mortal
from tests.factories.bank import CARD, OPENED, Bank


class LastingBank(Bank):
    """A bank whose books are a file: what it was told stays told, whoever dies."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> "LastingBank":
        bank = cls()
        bank.path = path
        if path.exists():
            bank.reports, bank.orders, bank.ticks = pickle.loads(path.read_bytes())
        return bank

    def _put(self, report: Report) -> Report:
        report = super()._put(report)
        self.path.write_bytes(pickle.dumps((self.reports, self.orders, self.ticks)))
        return report


class Suicide:
    """Counts the steps; at one of them the process is gone without a word."""

    def __init__(self, step: int) -> None:
        self.step, self.count = step, 0

    def __call__(self, _what: str) -> None:
        self.count += 1
        if self.count == self.step:
            os.kill(os.getpid(), signal.SIGKILL)


def pay(url: str, path: Path, step: int) -> None:
    """Order, pay and be told twice, or die on the way."""
    asyncio.run(_pay(url, path, Suicide(step)))


async def _pay(url: str, path: Path, suicide: Suicide) -> None:
    till = await found(url, path)
    till.bank.watch = suicide
    till.database = Mortal(till.database, suicide)  # type: ignore[assignment, arg-type]
    payment = await till.pay()
    await till.hear(till.bank.end(payment.code, InvoiceState.PROCESSING))
    await till.hear(till.bank.end(payment.code, InvoiceState.SUCCESS, card=CARD))


async def found(url: str, path: Path) -> Till:
    """The one person with the one line, in whatever process."""
    database = Database(url)
    async with database.reading() as session:
        line = (await session.exec(select(Line))).one()
        profile = (await session.exec(select(Profile))).one()
    person = Actor(profile_id=profile.id or 0, session_id=1)
    return Till(database, FixedClock(OPENED), LastingBank.at(path), person, line)
