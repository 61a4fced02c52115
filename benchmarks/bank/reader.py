"""A process that looks at the books all the time: in every snapshot there must be as much money as in the beginning.

    python -m benchmarks.bank.reader URL TOTAL

It is never killed; at SIGTERM it prints how often it looked and what it saw.
"""

import asyncio
import json
import signal
import sys

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mykyivstar.db.database import Database

# In one statement, and so in one snapshot on either database.
_LOOK = text(
    "SELECT coalesce(sum(CASE WHEN line_id IS NOT NULL THEN balance END), 0), coalesce(sum(balance), 0),"
    " min(CASE WHEN line_id IS NOT NULL THEN balance END) FROM ledger_account"
)


async def main(url: str, total: int) -> None:
    database, is_over = Database(url), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, is_over.set)
    looks, wrong, overdrawn = 0, 0, 0
    while not is_over.is_set():
        try:
            async with database.reading() as session:
                held, all_of_it, least = (await (await session.connection()).execute(_LOOK)).one()
        except (SQLAlchemyError, OSError):
            await asyncio.sleep(0.1)
            continue
        looks += 1
        wrong += (int(held), int(all_of_it)) != (total, 0)
        overdrawn += least < 0
        await asyncio.sleep(0.02)
    await database.dispose()
    print(json.dumps({"looks": looks, "wrong": wrong, "overdrawn": overdrawn}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
