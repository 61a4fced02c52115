"""Brings a demo world of an earlier day up to a moment by adding what would have happened since."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.demo import account_story, bonus_lots, cast, line_story, payments, posting, standing
from mykyivstar.demo.account_story import AccountState
from mykyivstar.demo.cast import AccountPart, LinePart
from mykyivstar.demo.chance import chance
from mykyivstar.demo.charging import following
from mykyivstar.demo.line_story import Arc, Bonus
from mykyivstar.demo.moves import Move, Pot, Record, top_up
from mykyivstar.demo.posting import Ids
from mykyivstar.demo.purse import filled_forwards, paid_by_invoice
from mykyivstar.demo.standing import Standing
from mykyivstar.demo.world import RECEIVING_FOR, valid_until
from mykyivstar.domain.billing.models import UnpaidFee
from mykyivstar.domain.bonuses.accrual import credited_to
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger import queries
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.ledger.queries import Balances
from mykyivstar.domain.lines.models import Billing, Line, LineState
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

# What somebody pays whose number is about to run out.
REVIVAL = Money.uah(50)


def is_current(stands: Standing, at: datetime) -> bool:
    """Whether nothing would have happened since: it has lived today, and no fee is due."""
    due = [line.next_charge_at for line in stands.lines.values()]
    due += [account.next_charge_at for account in stands.accounts.values()]
    lived = stands.since
    return lived is not None and kyiv_date(lived) >= kyiv_date(at) and all(day is None or day > at for day in due)


async def bring_up(session: AsyncSession, seed: int, stands: Standing, at: datetime) -> tuple[int, int]:
    """Add what would have happened up to this moment; how many records and operations that was."""
    since = stands.since
    if since is None or since >= at:
        since = at
    ids = Ids(
        lines={number: line.id for number, line in stands.lines.items() if line.id is not None},
        accounts={number: account.id for number, account in stands.accounts.items() if account.id is not None},
        contract=frozenset(n for n, line in stands.lines.items() if line.payment is Billing.CONTRACT),
    )
    balances = await queries.balances(session, line_ids=ids.lines.values(), internet_account_ids=ids.accounts.values())
    chapter = _Chapter(session, seed=seed, stands=stands, balances=balances, since=since, until=at)
    for account_part in cast.accounts():
        if account_part.number in stands.accounts:
            await chapter.live_account(account_part, stands.accounts[account_part.number])
    for line_part in cast.lines():
        if line_part.number in stands.lines:
            await chapter.live_line(line_part, stands.lines[line_part.number])
    records = await posting.store_usage(session, ids, chapter.records)
    moves = await payments.written_down(session, ids, sorted(chapter.moves, key=lambda move: move.at))
    await bonus_lots.keep(session, ids, moves, chapter.bonuses)
    return records, await posting.post_moves(session, ids, moves)


class _Chapter:
    """One stretch of time for everybody, gathered before it is written."""

    def __init__(
        self,
        session: AsyncSession,
        *,
        seed: int,
        stands: Standing,
        balances: Balances,
        since: datetime,
        until: datetime,
    ) -> None:
        self._session, self._seed, self._stands, self._balances = session, seed, stands, balances
        self._since, self._until = since, until
        self._arrivals: dict[str, list[Bonus]] = {}
        self.records: list[Record] = []
        self.moves: list[Move] = []
        # What is left of bonuses at each number.
        self.bonuses: dict[str, list[Bonus]] = {}

    async def live_account(self, part: AccountPart, account: InternetAccount) -> None:
        """Fees, bonuses and their transfers; an account that is off or suspended only waits."""
        assert account.tariff_id is not None
        assert account.id is not None
        tariff = self._stands.tariffs[account.tariff_id]
        if account.next_charge_at is None:
            return
        if account.state is not InternetState.ACTIVE:
            while account.next_charge_at and account.next_charge_at <= self._until:
                account.next_charge_at = following(account.next_charge_at, tariff.fee_period)
            return
        balance = self._balances.internet[account.id]
        this_month = Month.of(self._since)
        state = AccountState(
            tariff,
            account.next_charge_at,
            await standing.subscriptions_of(self._session, internet_account_id=account.id),
            balance.bonus or Money.ZERO,
            {this_month.shifted(-1), this_month},
            await self._accrued(account.id),
        )
        told = account_story.tell(part, state, since=self._since, until=self._until)
        self._arrivals |= told.arrivals
        money = balance.money or Money.ZERO
        self.moves += [*told.moves, *self._payments(part, told.moves, money)]
        account.next_charge_at = state.next_charge_at
        await standing.keep_subscriptions(self._session, state.subscriptions)

    async def _accrued(self, account_id: int) -> set[Month]:
        """Months whose bonuses the run of the fourth has brought already."""
        earned_to = await credited_to(self._session, account_id)
        month, found = Month.of(self._since).shifted(-1), set()
        while earned_to is not None and month.last_day <= earned_to:
            found.add(month)
            month = month.shifted(1)
        return found

    async def live_line(self, part: LinePart, line: Line) -> None:
        """Usage and fees, and the payments that they take; a line that is not active only pays its fee."""
        assert line.tariff_id is not None
        assert line.id is not None
        state = await standing.line_state(self._session, line, self._stands.tariffs[line.tariff_id])
        since = min(self._stands.lived_until.get(line.id, self._since), self._until)
        silent = line.state is not LineState.ACTIVE
        arc = Arc(since, self._until, self._arrivals.get(part.number, ()), is_silent=silent)
        told = line_story.tell(self._seed, part, state, arc)
        money = self._balances.lines[line.id].money or Money.ZERO
        self.records += told.records
        if line.payment is Billing.CONTRACT:
            pot = Pot(part.number, Unit.UAH)
            debits = [move for move in told.moves if move.of(pot)]
            paid = paid_by_invoice(pot, debits, balance=money, pays_on=part.pays_on, since=since, until=self._until)
        else:
            revival = self._revival(part, line)
            paid = [*revival, *self._payments(part, [*revival, *told.moves], money)]
            self._prolong(part, line, paid)
        self.moves += [*paid, *told.moves]
        line.next_charge_at = state.next_charge_at
        self.bonuses[part.number] = state.bonuses
        await bonus_lots.settle(self._session, line.id, state.bonuses)
        # Whatever waited for money has been paid.
        await self._session.execute(delete(UnpaidFee).where(col(UnpaidFee.line_id) == line.id))
        await standing.keep_subscriptions(self._session, state.subscriptions)
        await standing.keep_buckets(self._session, line.id, state.meter.alive(self._until))

    def _payments(self, part: LinePart | AccountPart, lived: Sequence[Move], balance: Money) -> Sequence[Move]:
        pot = Pot(part.number, Unit.UAH)
        debits = sorted((move for move in lived if move.of(pot)), key=lambda move: move.at)
        rng = chance(self._seed, "purse", part.number, self._until)
        return filled_forwards(pot, debits, balance=balance, sums=part.sums, since=self._since, rng=rng)

    def _revival(self, part: LinePart, line: Line) -> Sequence[Move]:
        """N4: the number was about to run out, so its person paid enough to keep it."""
        if line.valid_until is None or line.valid_until > self._until:
            return []
        at = max(self._since, line.valid_until - timedelta(days=1))
        return [top_up(Pot(part.number, Unit.UAH), REVIVAL, at=at, channel="terminal")]

    def _prolong(self, part: LinePart, line: Line, paid: Sequence[Move]) -> None:
        if line.valid_until is not None and paid:
            begun = line.activated_at or self._since
            line.valid_until = max(line.valid_until, valid_until(paid, Pot(part.number, Unit.UAH), begun))
            line.receiving_until = line.valid_until + RECEIVING_FOR
