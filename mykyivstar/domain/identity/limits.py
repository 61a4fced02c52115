"""Limits on tries, counted in the database so that they hold across processes and restarts.

A hit is counted in a transaction of its own, before the try: a refused try must not roll its own count back. What is
limited for what it sends, not for what it asks, is counted in the transaction that sends it, once for its form.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from math import ceil

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.identity.models import RateCount


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many hits in a window of this length."""

    hits: int
    window: timedelta


class Rule(Enum):
    """What is limited, and how (A2: per number, per hour and per network address)."""

    CODES_TO_NUMBER = ("codes_number", Limit(5, timedelta(hours=1)))
    CODES_TO_NUMBER_A_DAY = ("codes_number_day", Limit(15, timedelta(days=1)))
    CODES_FOR_BROWSER = ("codes_browser", Limit(10, timedelta(hours=1)))
    CODES_FOR_ADDRESS = ("codes_address", Limit(60, timedelta(hours=1)))
    CODE_TRIES_OF_NUMBER = ("code_tries_number", Limit(20, timedelta(hours=1)))
    PASSWORDS_OF_LOGIN = ("passwords_login", Limit(10, timedelta(minutes=15)))
    PASSWORDS_FOR_BROWSER = ("passwords_browser", Limit(20, timedelta(minutes=15)))
    PASSWORDS_FOR_ADDRESS = ("passwords_address", Limit(100, timedelta(minutes=15)))
    # Each is a call to the acquirer.
    CARD_PAYMENTS_OF_PAYER = ("card_payments_payer", Limit(30, timedelta(hours=1)))
    CARD_PAYMENTS_FOR_ADDRESS = ("card_payments_address", Limit(200, timedelta(hours=1)))
    # Letters are written to addresses that nobody has proved to be theirs.
    LETTERS_OF_PAYMENT = ("letters_payment", Limit(5, timedelta(hours=1)))
    LETTERS_FOR_ADDRESS = ("letters_address", Limit(30, timedelta(hours=1)))
    BANK_QRS_FOR_ADDRESS = ("bank_qrs_address", Limit(60, timedelta(minutes=15)))
    PAPERS_FOR_ADDRESS = ("papers_address", Limit(60, timedelta(minutes=15)))
    STORES_FOR_ADDRESS = ("stores_address", Limit(60, timedelta(minutes=15)))
    USSD_DIALS_OF_NUMBER = ("ussd_dials", Limit(60, timedelta(hours=1)))
    PASSKEYS_FOR_ADDRESS = ("passkeys_address", Limit(60, timedelta(minutes=15)))

    # Whole operators' customers share an address; a robot pays for each message with work as well.
    FEEDBACK_OF_CONTACT = ("feedback_contact", Limit(5, timedelta(days=1)))
    FEEDBACK_FOR_BROWSER = ("feedback_browser", Limit(5, timedelta(hours=1)))
    FEEDBACK_FOR_ADDRESS = ("feedback_address", Limit(30, timedelta(hours=1)))
    FEEDBACK_NOTES_OF_REQUEST = ("feedback_notes", Limit(10, timedelta(hours=1)))
    FEEDBACK_NOTES_FOR_ADDRESS = ("feedback_notes_address", Limit(60, timedelta(hours=1)))

    # A visit sends SMS to a number that nobody has proved to be theirs.
    VISITS_OF_PHONE = ("visits_phone", Limit(3, timedelta(days=1)))
    VISITS_FOR_BROWSER = ("visits_browser", Limit(5, timedelta(hours=1)))
    VISITS_FOR_ADDRESS = ("visits_address", Limit(30, timedelta(hours=1)))
    VISIT_MOVES = ("visit_moves", Limit(6, timedelta(days=1)))
    RESTORINGS_OF_STAFF = ("restorings_staff", Limit(30, timedelta(days=1)))
    UNBLOCKINGS_OF_STAFF = ("unblockings_staff", Limit(30, timedelta(days=1)))

    @property
    def key(self) -> str:
        return self.value[0]

    @property
    def limit(self) -> Limit:
        return self.value[1]


async def hit(session: AsyncSession, at: datetime, *tries: tuple[Rule, str]) -> int:
    """Count one try under each rule; the minutes to wait when any limit is now passed, else 0.

    Does not raise, so that the count is kept: see `refuse_if_over`.
    """
    wait = 0
    for rule, subject in tries:
        start = _window_start(rule.limit.window, at)
        count = await _count(session, rule, subject[:80], start)
        if count > rule.limit.hits:
            left = start + rule.limit.window - at
            wait = max(wait, ceil(left.total_seconds() / 60))
    return wait


def refuse_if_over(wait_minutes: int) -> None:
    """Raise TooManyTries when `hit` said to wait; call it after its transaction was committed."""
    if wait_minutes:
        raise TooManyTries(minutes=wait_minutes)


async def used(session: AsyncSession, rule: Rule, subject: str, at: datetime) -> int:
    """How many hits the current window has."""
    start = _window_start(rule.limit.window, at)
    found = await session.exec(
        select(func.sum(RateCount.hits)).where(
            RateCount.rule == rule.key, RateCount.subject == subject[:80], RateCount.window_start == start
        )
    )
    return found.one() or 0


async def _count(session: AsyncSession, rule: Rule, subject: str, start: datetime) -> int:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(RateCount)
        .values(rule=rule.key, subject=subject, window_start=start, hits=1)
        .on_conflict_do_update(
            index_elements=["rule", "subject", "window_start"], set_={"hits": col(RateCount.hits) + 1}
        )
        .returning(col(RateCount.hits))
    )
    return int((await session.execute(statement)).scalar_one())


def _window_start(window: timedelta, at: datetime) -> datetime:
    length = int(window.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // length * length, UTC)
