"""Owners, lines and internet accounts from files."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.changes import Change
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.blocking.models import BlockEnding, BlockReason, BlockState, LineBlock
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger.models import Entry, LedgerAccount
from mykyivstar.domain.lines.models import Billing, Brand, Line, LineState, Owner, OwnerKind
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from tests.domain.imports.conftest import Office, counts
from tests.factories.people import put_money


async def only(office: Office, model):
    async with office.database.reading() as session:
        return (await session.exec(select(model))).one()


async def subjects(office: Office) -> list[str]:
    async with office.database.reading() as session:
        return [change.subject for change in await session.exec(select(Change))]


async def test_owners_are_people_unless_the_file_says_a_company(office: Office):
    report = await office.imports("owners", "ref,name,kind", "P-1,Дарина,", 'C-1,"ТОВ ""Вересень""",legal')
    assert counts(report) == (2, 0, 0, 0)
    async with office.database.reading() as session:
        owners = (await session.exec(select(Owner).order_by(Owner.ref))).all()
        assert [(owner.ref, owner.name, owner.kind) for owner in owners] == [
            ("C-1", 'ТОВ "Вересень"', OwnerKind.LEGAL),
            ("P-1", "Дарина", OwnerKind.INDIVIDUAL),
        ]


async def test_a_line_finds_its_owner_and_tariff(office: Office):
    await office.settle()
    row = "067 600 00 09,P-1,djuice,contract,blocked,city,2024-03-15,2026-12-15,2027-08-16,2027-11-15"
    header = "msisdn,owner_ref,brand,payment,state,tariff,activated_at,next_charge_at,valid_until,receiving_until"
    assert counts(await office.imports("lines", header, row)) == (1, 0, 0, 0)
    async with office.database.reading() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == "380676000009"))).one()
        assert (line.brand, line.payment, line.state) == (Brand.DJUICE, Billing.CONTRACT, LineState.BLOCKED)
        assert line.owner_id is not None
        assert line.tariff_id is not None
        assert line.activated_at.isoformat() == "2024-03-14T22:00:00+00:00"
        assert line.receiving_until.isoformat() == "2027-11-14T22:00:00+00:00"
    assert counts(await office.imports("lines", header, row)) == (0, 0, 1, 0)


async def test_a_fee_that_the_register_says_is_due_again_is_not_taken_again(office: Office):
    await office.settle()
    header, row = "msisdn,tariff,next_charge_at", "380676000002,city,2026-12-01"
    assert counts(await office.imports("lines", header, row)) == (0, 1, 0, 0)
    async with office.database.unit_of_work() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == "380676000002"))).one()
        await put_money(session, line, Money.uah(500))
    for day in (date(2026, 12, 1), date(2026, 12, 5)):
        await carry_out(office.database, FEES, day=day, at=kyiv_midnight(day))
        await office.imports("lines", header, row)
    for day in (date(2026, 12, 6), date(2027, 1, 6)):
        await carry_out(office.database, FEES, day=day, at=kyiv_midnight(day))
    async with office.database.reading() as session:
        fees = (await session.exec(select(Entry).where(Entry.kind == "tariff_fee", Entry.amount < Money.ZERO))).all()
    assert [(fee.amount, kyiv_date(fee.at)) for fee in fees] == [
        (Money.uah(-225), date(2026, 12, 1)),
        (Money.uah(-225), date(2027, 1, 6)),
    ]


async def test_a_block_that_the_register_tells_of_has_its_period(office: Office):
    await office.settle()
    began = office.clock.now()
    await office.imports("lines", "msisdn,state", "380676000001,blocked", "380676000009,blocked", "380676000008,active")
    async with office.database.reading() as session:
        blocks = (await session.exec(select(LineBlock).order_by(LineBlock.id))).all()
        assert [(each.reason, each.state, each.since, each.profile_id) for each in blocks] == [
            (BlockReason.OPERATOR, BlockState.ACTIVE, began, None)
        ] * 2
    office.clock.moment += timedelta(hours=3)
    await office.imports("lines", "msisdn,state", "380676000001,active", "380676000009,inactive")
    await office.imports("lines", "msisdn,state", "380676000001,active", "380676000009,inactive")
    async with office.database.reading() as session:
        blocks = (await session.exec(select(LineBlock).order_by(LineBlock.id))).all()
        assert [(each.state, each.until, each.ending) for each in blocks] == [
            (BlockState.ENDED, began + timedelta(hours=3), BlockEnding.BY_OPERATOR)
        ] * 2


async def customers_block(office: Office, number: str, reason: BlockReason, state: BlockState) -> None:
    async with office.database.unit_of_work() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == number))).one()
        block = LineBlock(line_id=line.id, key=number, reason=reason, state=state, asked_at=office.clock.now())
        if state is BlockState.ACTIVE:
            line.state, block.since = LineState.BLOCKED, office.clock.now()
        session.add(block)


async def how_blocked(office: Office) -> list[tuple[BlockReason, BlockState, BlockEnding | None]]:
    async with office.database.reading() as session:
        blocks = (await session.exec(select(LineBlock).order_by(LineBlock.id))).all()
        return [(each.reason, each.state, each.ending) for each in blocks]


@pytest.mark.parametrize("reason", [BlockReason.STOLEN, BlockReason.AWAY])
async def test_a_file_of_yesterday_lifts_no_block_that_an_owner_asked_for(office: Office, reason: BlockReason):
    await office.settle()
    await customers_block(office, "380676000001", reason, BlockState.ACTIVE)
    rows = ("msisdn,state,brand", "380676000001,active,djuice", "380676000002,active,kyivstar")
    assert counts(await office.imports("lines", *rows))[1] == 1
    assert counts(await office.imports("lines", *rows)) == (0, 0, 2, 0)
    async with office.database.reading() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == "380676000001"))).one()
        assert (line.state, line.brand) == (LineState.BLOCKED, Brand.DJUICE)
    assert await how_blocked(office) == [(reason, BlockState.ACTIVE, None)]


async def test_an_ended_line_ends_its_block_and_the_registers_overtakes_an_application(office: Office):
    await office.settle()
    await office.imports("lines", "msisdn,state", "380676000007,active")
    await customers_block(office, "380676000001", BlockReason.AWAY, BlockState.ACTIVE)
    await customers_block(office, "380676000007", BlockReason.AWAY, BlockState.WAITING)
    await office.imports("lines", "msisdn,state", "380676000001,inactive", "380676000007,blocked")
    assert await how_blocked(office) == [
        (BlockReason.AWAY, BlockState.ENDED, BlockEnding.BY_OPERATOR),
        (BlockReason.AWAY, BlockState.WITHDRAWN, None),
        (BlockReason.OPERATOR, BlockState.ACTIVE, None),
    ]


async def test_a_changed_line_is_updated_and_announced_and_what_the_file_lacks_stays(office: Office):
    await office.settle()
    await office.imports("lines", "msisdn,tariff,brand", "380676000001,city,djuice")
    assert await subjects(office) == ["catalogue:0", "line:1"]
    report = await office.imports("lines", "msisdn,state", "380676000001,blocked", "380676000002,active")
    assert counts(report) == (0, 1, 1, 0)
    assert await subjects(office) == ["catalogue:0", "line:1", "line:1"]
    async with office.database.reading() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == "380676000001"))).one()
        assert (line.state, line.brand) == (LineState.BLOCKED, Brand.DJUICE)
        assert line.tariff_id is not None


async def test_an_empty_cell_takes_away(office: Office):
    await office.settle()
    await office.imports("lines", "msisdn,tariff,valid_until", "380676000001,city,2027-01-01")
    assert counts(await office.imports("lines", "msisdn,tariff,valid_until", "380676000001,,")) == (0, 1, 0, 0)
    async with office.database.reading() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == "380676000001"))).one()
        assert (line.tariff_id, line.valid_until) == (None, None)


async def test_a_line_that_becomes_a_contract_may_owe_and_back(office: Office):
    await office.settle()
    await office.imports("balances", "msisdn,balance", "380676000001,5")
    await office.imports("lines", "msisdn,payment", "380676000001,contract")
    async with office.database.reading() as session:
        assert (await session.exec(select(LedgerAccount).where(LedgerAccount.line_id == 1))).one().floor is None
    await office.imports("lines", "msisdn,payment", "380676000001,prepaid")
    async with office.database.reading() as session:
        assert (await session.exec(select(LedgerAccount).where(LedgerAccount.line_id == 1))).one().floor == Money.ZERO


async def test_unknown_owners_and_tariffs_and_tariffs_of_another_kind_are_rejected(office: Office):
    await office.settle()
    await office.imports("tariffs", "code,kind,name_uk,fee", "home_100,internet,Дім,250")
    rows = (
        "067 600 00 05,P-9,city",
        "067 600 00 06,P-1,county",
        "067 600 00 07,P-1,home_100",
        "067 600 00 08,P-1,city",
    )
    assert counts(await office.imports("lines", "msisdn,owner_ref,tariff", *rows)) == (1, 0, 0, 3)
    assert office.problems == [
        "2: owner_ref: there is no owner 'P-9'",
        "3: tariff: there is no mobile tariff 'county'",
        "4: tariff: there is no mobile tariff 'home_100'",
    ]


async def test_dates_in_the_wrong_order_are_rejected(office: Office):
    rows = (
        "067 600 00 05,2024-01-01,2023-01-01,",
        "067 600 00 06,,2027-01-01,2026-01-01",
        "067 600 00 07,2025-01-01,,2024-01-01",
    )
    await office.imports("lines", "msisdn,activated_at,valid_until,receiving_until", *rows)
    assert office.problems == [
        "2: valid_until: lies before activated_at",
        "3: receiving_until: lies before valid_until",
        "4: receiving_until: lies before activated_at",
    ]


async def test_one_number_twice_in_a_file_however_written_is_taken_once(office: Office):
    report = await office.imports("lines", "msisdn", "067 600 00 05", "067 600 00 06", "+380676000005")
    assert counts(report) == (2, 0, 0, 1)
    assert office.problems == ["4: is about the same as line 2, which came first"]


async def test_internet_accounts_keep_their_zeros_and_their_thresholds(office: Office):
    await office.imports("tariffs", "code,kind,name_uk,fee", "home_100,internet,Дім,250")
    header = "number,contract_phone,address,state,tariff,disconnect_threshold,suspended_until"
    row = '0000600001,067 600 00 01,"Київ, вул. Прикладна, 12",off_for_debt,home_100,-50,2027-01-01'
    assert counts(await office.imports("internet_accounts", header, row)) == (1, 0, 0, 0)
    account = await only(office, InternetAccount)
    assert (account.number, account.contract_phone.digits) == ("0000600001", "380676000001")
    assert (account.state, account.disconnect_threshold) == (InternetState.OFF_FOR_DEBT, Money.uah(-50))
    assert account.address == "Київ, вул. Прикладна, 12"
    # Another number, not the same without its zeros.
    assert counts(await office.imports("internet_accounts", "number,contract_phone", "600001,0676000001")) == (
        1,
        0,
        0,
        0,
    )


async def test_a_changed_internet_account_is_announced(office: Office):
    await office.settle()
    header = ("number,contract_phone,state", "0000600001,380676000001,suspended")
    assert counts(await office.imports("internet_accounts", *header)) == (0, 1, 0, 0)
    assert (await subjects(office))[-1] == "internet:1"
