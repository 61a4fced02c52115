"""The history of the demo accounts' states: everybody began active, and whoever is off went off with the last fee."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from mykyivstar.demo.charging import months_before
from mykyivstar.demo.moves import Pot
from mykyivstar.demo.world import AccountChapter
from mykyivstar.domain.internet.models import Cause, InternetPeriod, InternetState
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money


def periods(
    chapters: Sequence[AccountChapter], account_ids: Mapping[str, int], at: datetime
) -> Sequence[InternetPeriod]:
    """New rows for accounts that have just been made."""
    return [period for chapter in chapters for period in _of(chapter, account_ids[chapter.part.number], at)]


def _of(chapter: AccountChapter, account_id: int, at: datetime) -> Sequence[InternetPeriod]:
    since = kyiv_midnight(months_before(kyiv_date(at), chapter.part.months))
    active = InternetPeriod(
        internet_account_id=account_id,
        state=InternetState.ACTIVE,
        cause=Cause.FOUND,
        since=since,
        first_day=kyiv_date(since),
    )
    if not chapter.part.off_for_debt:
        return [active]
    fees = [move.at for move in chapter.moves if move.kind is OperationKind.TARIFF_FEE]
    off_at = max(fees, default=at)
    pot = Pot(chapter.part.number, Unit.UAH)
    active.until, active.last_day = off_at, kyiv_date(off_at - timedelta(microseconds=1))
    balance = sum((move.of(pot) for move in chapter.moves if move.at <= off_at), Money.ZERO)
    off = InternetPeriod(
        internet_account_id=account_id,
        state=InternetState.OFF_FOR_DEBT,
        cause=Cause.BELOW_THRESHOLD,
        since=off_at,
        first_day=kyiv_date(off_at),
        balance=balance,
    )
    return [active, off]
