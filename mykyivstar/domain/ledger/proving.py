"""The daily proof of the books, and what it found."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.ledger.models import LedgerProof
from mykyivstar.domain.ledger.queries import Proof


async def record(session: AsyncSession, found: Proof, *, at: datetime) -> None:
    """Keep what a proof found."""
    session.add(
        LedgerProof(
            at=at,
            accounts=found.accounts,
            wrong_balances=len(found.wrong_balances),
            wrong_operations=len(found.wrong_operations),
            wrong_totals=len(found.wrong_totals),
        )
    )


async def last_proof(session: AsyncSession) -> LedgerProof | None:
    """What the last proof found; None when there was none yet."""
    return (await session.exec(select(LedgerProof).order_by(col(LedgerProof.id).desc()).limit(1))).first()
