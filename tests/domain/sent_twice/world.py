"""Somebody new for each form, with everything that a form may be about."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Service, Tariff, TariffKind
from mykyivstar.domain.feedback.puzzle import new_challenge
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import RateCount
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.models import SavedCard
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.bank import CARD, Bank
from tests.factories.people import LONG_AGO, hold, make_account, make_line, make_person, put_money
from tests.factories.puzzles import solved

KEY = b"k" * 32
BITS = 2


@dataclass
class Somebody:
    """An actor with a fresh proof, a prepaid line, a second one that gets things, home internet and a kept card."""

    number: int
    actor: Actor
    line: Line
    other: Line
    account: InternetAccount
    card: SavedCard
    # What a form needs besides.
    has: Any = None

    @property
    def visitor(self) -> str:
        """Their browser."""
        return f"{self.number:0>40}"

    @property
    def line_key(self) -> HoldingKey:
        return HoldingKey(HoldingKind.LINE, self.line.id or 0)

    @property
    def account_key(self) -> HoldingKey:
        return HoldingKey(HoldingKind.INTERNET, self.account.id or 0)


@dataclass
class World:
    """Where it happens: a database, a bank, a clock that stands at noon of 22 November 2026."""

    database: Database
    clock: FixedClock
    bank: Bank = field(default_factory=Bank)
    numbers: Any = field(default_factory=count)
    puzzles: dict[str, str] = field(default_factory=dict)

    async def open(self) -> None:
        """What everybody shares, the books' own accounts among it: the first posting of all opens them."""
        async with self.database.unit_of_work() as session:
            kind = TariffKind.INTERNET
            session.add(Tariff(code="home", kind=kind, name={"uk": "Дім"}, fee=Money.uah(100)))
            session.add(Tariff(code="faster", kind=kind, name={"uk": "Швидше"}, fee=Money.uah(150)))
            session.add(Service(code="tv", name={"uk": "ТБ"}, fee=Money.uah(30), for_internet=True))

    async def somebody(self, money: Money = Money.uah(500)) -> Somebody:
        """Nobody has seen them before."""
        number = next(self.numbers)
        async with self.database.unit_of_work() as session:
            actor = await make_person(session, f"person-{number}")
            line = await make_line(session, f"3806720{number:05}")
            other = await make_line(session, f"3806730{number:05}")
            account = await make_account(
                session,
                f"00{number:08}",
                contract_phone=Msisdn(f"3806720{number:05}"),
                tariff_id=1,
                next_charge_at=kyiv_midnight(date(2026, 12, 1)),
                charge_day=1,
            )
            for position, thing in enumerate((line, account)):
                await hold(session, actor, thing, position=position)
                await put_money(session, thing, money)
            await put_money(session, other, Money.ZERO)
            await put_money(session, account, Money.uah(300), unit=Unit.BONUS)
            card = SavedCard(
                profile_id=actor.profile_id, acquirer="bank", token=CARD.token, mask=CARD.mask, saved_at=LONG_AGO
            )
            session.add(card)
        proved = Actor(actor.profile_id, actor.session_id, proved_at=self.clock.now())
        return Somebody(number, proved, line, other, account, card)

    async def leave_one_try(self, rule: Rule, subject: str) -> None:
        """All but one are used up."""
        async with self.database.unit_of_work() as session:
            await limits.hit(session, self.clock.now(), (rule, subject))
            mine = (col(RateCount.rule) == rule.key, col(RateCount.subject) == subject)
            await session.exec(update(RateCount).where(*mine).values(hits=rule.limit.hits - 1))

    def puzzle(self, who: Somebody, key: str) -> str:
        """What the browser found for the puzzle of this form."""
        if key not in self.puzzles:
            self.puzzles[key] = solved(new_challenge(KEY, bits=BITS, visitor=who.visitor, at=self.clock.now()))
        return self.puzzles[key]

    def day(self, days: int) -> date:
        return (self.clock.now() + timedelta(days=days)).date()
