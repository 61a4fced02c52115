"""Counting, when everybody has gone home."""

from dataclasses import dataclass

from sqlmodel import col, select

from benchmarks.bank.notebook import Notebook
from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata  # noqa: F401  -- relations between tables need all of them
from mykyivstar.domain.ledger.models import LedgerAccount, Operation, OperationKind
from mykyivstar.domain.ledger.queries import proof


@dataclass(frozen=True, slots=True)
class Findings:
    """What the notebooks and the books say together; everything but `acknowledged` should be nothing."""

    acknowledged: int
    # Posted as the teller was told, and not in the books.
    lost: int
    # Accounts that have not what the transfers in the books make, counted from the notebooks; repeats that moved money.
    drifted: int
    twice: int
    # In the books without anybody having asked, and refused but in the books all the same.
    invented: int
    refused_yet_posted: int
    # Asked for and never answered, though the teller came back.
    unanswered: int
    is_proved: bool

    @property
    def is_right(self) -> bool:
        """Whether not a kopiyka is missing or too much."""
        wrong = self.lost + self.drifted + self.twice + self.invented + self.refused_yet_posted + self.unanswered
        return not wrong and self.is_proved


async def audit(url: str, book: Notebook, each_had: int) -> Findings:
    """Compare the books with the notebooks, which know nothing of the books."""
    database = Database(url)
    async with database.studying() as session:
        keys = await session.exec(select(Operation.key).where(Operation.kind == OperationKind.TRANSFER))
        in_the_books = set(keys)
        accounts = (await session.exec(select(LedgerAccount).where(col(LedgerAccount.line_id).is_not(None)))).all()
        is_proved = (await proof(session)).holds
    await database.dispose()
    should_be = {account.id: each_had for account in accounts}
    for key in in_the_books & book.asked.keys():
        transfer = book.asked[key]
        should_be[transfer.source] -= transfer.amount
        should_be[transfer.target] += transfer.amount
    return Findings(
        acknowledged=len(book.posted),
        lost=len(book.posted - in_the_books),
        drifted=sum(account.balance.kopiykas != should_be[account.id] for account in accounts),
        twice=len(book.twice),
        invented=len(in_the_books - book.asked.keys()),
        refused_yet_posted=len(book.refused & in_the_books),
        unanswered=len(book.open),
        is_proved=is_proved,
    )
