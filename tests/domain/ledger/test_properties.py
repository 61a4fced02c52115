"""Whatever is posted, in whatever order and however often, the books stay right."""

import asyncio
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.errors import NotEnoughMoney, OperationMismatch
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.conftest import EachUrl

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LINES = 3

transfers = st.tuples(
    st.integers(0, 5).map(lambda number: f"key{number}"),  # few keys: repeats and mismatches happen
    st.integers(0, LINES),  # 0 is the operator
    st.integers(0, LINES),
    st.integers(1, 10_000),
    st.booleans(),
).filter(lambda transfer: transfer[1] != transfer[2])


async def accounts(session: AsyncSession) -> list[LedgerAccount]:
    found = [await system_account(session, SystemAccount.TOP_UPS)]
    for number in range(1, LINES + 1):
        line = Line(msisdn=Msisdn(f"38067600000{number}"))
        session.add(line)
        await session.flush()
        found.append(await account_for(session, line_id=line.id))
    return found


async def play(url: str, moves: list[tuple[str, int, int, int, bool]]) -> None:
    database = Database(url)
    done: dict[str, tuple[int, int, int]] = {}
    expected = [0] * (LINES + 1)
    missing: list[tuple[Money, Money]] = []
    async with database.unit_of_work() as session:
        pots = await accounts(session)
        for key, source, target, amount, respect_floors in moves:
            legs = [Leg(pots[source].id, Money(-amount)), Leg(pots[target].id, Money(amount))]
            may = source == 0 or not respect_floors or expected[source] >= amount
            try:
                await post(
                    session, key=key, kind=OperationKind.TRANSFER, at=AT, legs=legs, respect_floors=respect_floors
                )
            except OperationMismatch:
                assert done[key] != (source, target, amount)
            except NotEnoughMoney as refused:
                assert key not in done
                assert not may
                missing.append((refused.params["missing"], Money(amount - expected[source])))
            else:
                if key in done:
                    assert done[key] == (source, target, amount)
                    continue
                assert may
                done[key] = (source, target, amount)
                expected[source] -= amount
                expected[target] += amount
        assert all(said == true for said, true in missing)
        assert [pot.balance.kopiykas for pot in pots] == expected
        assert (await proof(session)).holds
        assert len((await session.exec(select(Entry))).all()) == 2 * len(done)
    await database.dispose()


@settings(max_examples=40, deadline=None)
@given(st.lists(transfers, max_size=12))
def test_any_sequence_of_transfers_leaves_right_books(each_sqlite_url: EachUrl, moves):
    with each_sqlite_url() as url:
        asyncio.run(play(url, moves))
