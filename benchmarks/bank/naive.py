"""A teller as people write it at first: it reads, computes and writes. The bank test must catch it."""

from sqlmodel import col, select, update

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.models import IDS_OF_ONE, Entry, LedgerAccount, Operation
from mykyivstar.domain.ledger.postings import Posted, Posting
from mykyivstar.kit.money import Money


class NaiveTeller:
    """Has the till's interface and none of its care: each balance is read, and written later."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def post(self, posting: Posting) -> Posted:
        """Looks whether it was posted, then whether there is enough, then writes one account after the other."""
        async with self._database.reading() as session:
            old = (await session.exec(select(Operation).where(Operation.key == posting.key))).first()
            ids = [leg.account_id for leg in posting.legs]
            found = (await session.exec(select(LedgerAccount).where(col(LedgerAccount.id).in_(ids)))).all()
            balances = {account.id: account.balance for account in found}
        if old is not None:
            return Posted(old.id or 0, old.key, old.at, is_new=False)
        after = {leg.account_id: balances[leg.account_id] + leg.amount for leg in posting.legs}
        if min(after.values()) < Money.ZERO:
            raise NotEnoughMoney(missing=-min(after.values()))
        for account_id, balance in after.items():
            async with self._database.unit_of_work() as session:
                await session.exec(update(LedgerAccount).where(LedgerAccount.id == account_id).values(balance=balance))
        async with self._database.unit_of_work() as session:
            operation = Operation(key=posting.key, request_hash=posting.request_hash, kind=posting.kind, at=posting.at)
            session.add(operation)
            await session.flush()
            for place, leg in enumerate(posting.legs):
                facts = {"account_id": leg.account_id, "amount": leg.amount, "balance_after": after[leg.account_id]}
                counts = {"kind": posting.kind, "category": leg.category(posting.kind)}
                row_id = (operation.id or 0) * IDS_OF_ONE + place
                session.add(Entry(id=row_id, operation_id=operation.id, at=posting.at, **facts, **counts))
            return Posted(operation.id or 0, posting.key, posting.at, is_new=True)
