"""What a person has, and what nobody else's question can find."""

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.lines import queries
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import HoldingRole, LineState, OwnerKind
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import hold, make_account, make_line, make_owner, make_person


async def test_holdings_come_in_the_persons_own_order(database: Database):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        first, second = await make_line(session), await make_line(session, "380671000002")
        account = await make_account(session)
        await hold(session, olena, first, position=2)
        await hold(session, olena, account, position=0)
        await hold(session, olena, second, position=1, role=HoldingRole.VIEWER)
        found = await queries.holdings(session, olena)
        assert [str(held.key) for held in found] == [f"internet:{account.id}", f"line:{second.id}", f"line:{first.id}"]
        assert [held.holding.role for held in found] == [HoldingRole.OWNER, HoldingRole.VIEWER, HoldingRole.OWNER]


async def test_nobody_finds_a_strangers_line_or_account(database: Database):
    async with database.unit_of_work() as session:
        olena, stranger = await make_person(session), await make_person(session, "stranger")
        line, account = await make_line(session), await make_account(session)
        await hold(session, olena, line)
        await hold(session, olena, account)
        assert (await queries.held_line(session, olena, line.id)).line is line
        assert (await queries.held_account(session, olena, account.id)).account is account
        assert await queries.holdings(session, stranger) == []
        for asked in (
            queries.held_line(session, stranger, line.id),
            queries.held_account(session, stranger, account.id),
            queries.held(session, stranger, HoldingKey(HoldingKind.LINE, line.id)),
            queries.held_line(session, olena, 999),
            queries.held_account(session, olena, 999),
        ):
            with pytest.raises(NotFound):
                await asked


@pytest.mark.parametrize(
    "sent", ["", "line", "line:", "line:0", "line:-1", "line:١", "LINE:1", "line:1 ", "profile:1", "line:" + "9" * 19]
)
def test_a_key_that_no_page_of_ours_sends_is_nobodys(sent: str):
    with pytest.raises(NotFound):
        HoldingKey.parse(sent)


def test_a_key_is_read_as_it_is_written():
    assert str(HoldingKey.parse("line:12")) == "line:12"
    assert HoldingKey.parse("internet:3") == HoldingKey(HoldingKind.INTERNET, 3)


async def test_the_same_owners_other_lines_are_suggested_masked(database: Database):
    async with database.unit_of_work() as session:
        olena, owner = await make_person(session), await make_owner(session)
        await hold(session, olena, await make_line(session, owner_id=owner.id))
        other = await make_line(session, "380671000002", owner_id=owner.id)
        await make_line(session, "380671000003", owner_id=owner.id, state=LineState.INACTIVE)
        await make_line(session, "380671000004")
        home = await make_account(session, owner_id=owner.id, contract_phone=Msisdn("380679999999"))
        assert await queries.also_yours(session, olena) == [
            queries.Suggestion(HoldingKey(HoldingKind.LINE, other.id), "+380 67 ••• •• 02"),
            queries.Suggestion(HoldingKey(HoldingKind.INTERNET, home.id), "00•••••622"),
        ]


async def test_an_account_whose_contract_phone_is_held_is_suggested(database: Database):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        await hold(session, olena, await make_line(session))
        account = await make_account(session)
        assert [s.key.id for s in await queries.also_yours(session, olena)] == [account.id]


@pytest.mark.parametrize("role", [HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_who_only_pays_or_views_is_told_nothing_of_the_owners_other_lines(database: Database, role: HoldingRole):
    async with database.unit_of_work() as session:
        friend, owner = await make_person(session), await make_owner(session)
        await hold(session, friend, await make_line(session, owner_id=owner.id), role=role)
        await make_line(session, "380671000002", owner_id=owner.id)
        await make_account(session)
        assert await queries.also_yours(session, friend) == []


async def test_a_companys_other_lines_are_not_suggested_to_an_employee(database: Database):
    async with database.unit_of_work() as session:
        employee, firm = await make_person(session), await make_owner(session, kind=OwnerKind.LEGAL)
        await hold(session, employee, await make_line(session, owner_id=firm.id))
        await make_line(session, "380671000002", owner_id=firm.id)
        assert await queries.also_yours(session, employee) == []


async def test_codes_go_to_the_lines_one_owns_first_and_to_contract_phones_then(database: Database):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        account = await make_account(session, contract_phone=Msisdn("380679999999"))
        await hold(session, olena, account, position=0)
        await hold(session, olena, await make_line(session, "380671000002"), position=1)
        await hold(session, olena, await make_line(session, "380671000003", state=LineState.INACTIVE), position=2)
        await hold(session, olena, await make_line(session, "380671000004"), position=3, role=HoldingRole.VIEWER)
        phones = await queries.own_phones(session, olena.profile_id)
        assert phones == [Msisdn("380671000002"), Msisdn("380679999999")]


async def test_the_holders_of_a_line_or_account_are_known(database: Database):
    async with database.unit_of_work() as session:
        olena, andrii = await make_person(session), await make_person(session, "andrii")
        line, account = await make_line(session), await make_account(session)
        await hold(session, olena, line)
        await hold(session, andrii, line, role=HoldingRole.VIEWER)
        await hold(session, andrii, account)
        both = {olena.profile_id, andrii.profile_id}
        assert await queries.holders(session, line_ids=[line.id], internet_account_ids=[]) == both
        assert await queries.holders(session, line_ids=[], internet_account_ids=[account.id]) == {andrii.profile_id}
        assert await queries.holders(session, line_ids=[], internet_account_ids=[]) == set()
