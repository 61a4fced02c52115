"""The same as `test_killed` with a process of its own and the machine's own way of killing it."""

import multiprocessing
import signal
from pathlib import Path

import pytest

from mykyivstar.db.database import Database
from tests.domain.payments.doomed import found, pay
from tests.domain.payments.test_killed import (
    STEPS_OF_PAYING,
    is_right,
    payments,
    the_bank_comes_to_an_end,
    work_off,
)
from tests.factories.people import hold, make_line, make_person

# New processes are forked from one that has all this imported, before it has any thread or loop.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.domain.payments.doomed"])


@pytest.mark.parametrize("step", range(1, STEPS_OF_PAYING + 2))
async def test_a_killed_process_leaves_a_payment_that_can_be_finished(database_url: str, tmp_path: Path, step: int):
    database = Database(database_url)
    async with database.unit_of_work() as session:
        await hold(session, await make_person(session), await make_line(session))
    doomed = _PROCESSES.Process(target=pay, args=(database_url, tmp_path / "bank", step))
    doomed.start()
    doomed.join(120)
    assert doomed.exitcode == (0 if step > STEPS_OF_PAYING else -signal.SIGKILL)

    till = await found(database_url, tmp_path / "bank")
    the_bank_comes_to_an_end(till)
    await work_off(till)
    await is_right(till)
    assert len(await payments(till)) == (0 if step == 1 else 1)
    await till.database.dispose()
    await database.dispose()
