"""Internet account numbers as people who pay type them: zeros lost, spaces."""

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.payments.errors import UnknownTarget
from mykyivstar.domain.payments.targets import find_target
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import make_account

NUMBER = "0004477622"


@pytest.mark.parametrize(
    "typed", ["0004477622", "4477622", "000 447 76 22", " 0004477622 ", "00 04 47 76 22", "004477622"]
)
async def test_an_account_is_found_however_its_zeros_and_spaces_were_typed(database: Database, typed: str) -> None:
    async with database.unit_of_work() as session:
        await make_account(session, NUMBER)
        assert (await find_target(session, typed)).number == NUMBER


async def test_of_two_that_differ_by_zeros_only_the_exact_one_is_meant(database: Database) -> None:
    async with database.unit_of_work() as session:
        await make_account(session, NUMBER)
        await make_account(session, "4477622", contract_phone=Msisdn("380671000009"))
        assert (await find_target(session, "4477622")).number == "4477622"
        with pytest.raises(UnknownTarget):
            await find_target(session, "004477622")


async def test_a_number_that_is_nobodys_is_refused(database: Database) -> None:
    async with database.unit_of_work() as session:
        await make_account(session, NUMBER)
        for typed in ("0009999999", "44776220", "0000000000"):
            with pytest.raises(UnknownTarget):
                await find_target(session, typed)
