"""Money that moves on an account in every way there is, at moments that are hard to tell apart."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from mykyivstar.db.database import Database
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.service import Leg, Posting, post_many
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Period

Move = tuple[OperationKind, datetime, int, dict[str, Any]]
CHARGES: Sequence[tuple[OperationKind, dict[str, Any]]] = (
    (OperationKind.TARIFF_FEE, {"rule": "tariff/LOVE", "period": "2026-10-01/2026-10-28"}),
    (OperationKind.SERVICE_FEE, {"rule": "service/MUSIC", "period": "2026-10-01/2026-10-31"}),
    (OperationKind.USAGE, {"rule": "price LOVE/call_off_net", "category": "call_off_net", "quantity": 61}),
    (OperationKind.USAGE, {"rule": "price LOVE/data", "category": "data", "quantity": 5_000_000}),
)
OTHERS: Sequence[tuple[OperationKind, dict[str, Any]]] = (
    (OperationKind.TOP_UP, {"rule": "payment.card"}),
    (OperationKind.TRANSFER, {"rule": "payment.balance", "to": ["380671000009"]}),
    (OperationKind.ADJUSTMENT, {"rule": "balance_correction", "stated_balance": 1}),
)


async def move(database: Database, thing: Line | InternetAccount, moves: Sequence[Move], *, name: str = "m") -> None:
    """Post these (kind, moment, kopiykas, explanation) on its account of money."""
    ids = {"line_id": thing.id} if isinstance(thing, Line) else {"internet_account_id": thing.id}
    async with database.unit_of_work() as session:
        account = await account_for(session, floor=None, **ids)
        other = await system_account(session, SystemAccount.FEES)
        await post_many(
            session,
            [
                Posting(
                    f"{name}:{number}",
                    kind,
                    at,
                    [Leg(account.id or 0, Money(amount), why), Leg(other.id or 0, Money(-amount), why)],
                )
                for number, (kind, at, amount, why) in enumerate(moves)
            ],
            respect_floors=False,
        )


def charge(kind: OperationKind, at: datetime, kopiykas: int, why: dict[str, Any]) -> Move:
    """So much is taken, with its taxes."""
    return kind, at, -kopiykas, why | taxes(Money(kopiykas), is_mobile=True)


def random_moves(chance: Random, period: Period) -> list[Move]:
    """Around and in the period, on its very edges too; some at the same moment."""
    edges = [period.start - timedelta(microseconds=1), period.start, period.end - timedelta(microseconds=1), period.end]
    whole = period.end - period.start
    within = [period.start + whole * (chance.random() * 1.4 - 0.2) for _ in range(chance.randrange(60))]
    found = []
    for at in sorted([*edges, *within, *within[:5]]):
        if chance.random() < 0.7:
            kind, why = chance.choice(CHARGES)
            found.append(charge(kind, at, chance.randrange(1, 30_000), why))
        else:
            kind, why = chance.choice(OTHERS)
            found.append((kind, at, chance.randrange(-5_000, 50_000) or 1, why))
    return found
