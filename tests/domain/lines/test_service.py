"""Attaching by proof, naming, ordering, removing."""

import asyncio

import pytest
from sqlmodel import select

from mykyivstar.db.changes import Change
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines import service
from mykyivstar.domain.lines.errors import LastHolding, NicknameMalformed, TooManyHoldings
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Colour, HoldingRole
from mykyivstar.domain.lines.queries import HOLDINGS_MAX, holdings
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import hold, make_account, make_line, make_person


def line_key(line_id: int | None) -> HoldingKey:
    return HoldingKey(HoldingKind.LINE, line_id or 0)


async def keys_of(database: Database, actor: Actor) -> list[str]:
    async with database.reading() as session:
        return [str(held.key) for held in await holdings(session, actor)]


async def test_a_proved_line_brings_the_internet_accounts_of_its_contract(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        home = await make_account(session)
        await make_account(session, "0007730015", contract_phone=Msisdn("380973000001"))
        done = await service.attach_proved(session, profile_id=olena.profile_id, line_id=line.id, at=clock.now())
    assert done.new == [line_key(line.id), HoldingKey(HoldingKind.INTERNET, home.id)]
    assert await keys_of(database, olena) == [f"line:{line.id}", f"internet:{home.id}"]


async def test_a_proved_account_brings_nothing_else(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        await make_line(session)
        home = await make_account(session)
        await service.attach_proved(session, profile_id=olena.profile_id, internet_account_id=home.id, at=clock.now())
    assert await keys_of(database, olena) == [f"internet:{home.id}"]


async def test_proving_twice_attaches_once_and_keeps_the_name(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await service.attach_proved(session, profile_id=olena.profile_id, line_id=line.id, at=clock.now())
        await service.rename(session, olena, line_key(line.id), nickname="Work")
    async with database.unit_of_work() as session:
        again = await service.attach_proved(session, profile_id=olena.profile_id, line_id=line.id, at=clock.now())
        (held,) = await holdings(session, olena)
    assert (again.new, held.holding.nickname) == ([], "Work")


async def test_two_tabs_that_prove_at_once_attach_once(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)

    async def prove() -> int:
        async with database.unit_of_work() as session:
            ids = {"profile_id": olena.profile_id, "line_id": line.id}
            return len((await service.attach_proved(session, **ids, at=clock.now())).new)

    assert sorted(await asyncio.gather(prove(), prove())) == [0, 1]
    assert await keys_of(database, olena) == [f"line:{line.id}"]


async def test_whoever_proves_a_line_they_viewed_owns_it_from_now_on(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line, role=HoldingRole.VIEWER)
    async with database.unit_of_work() as session:
        await service.attach_proved(session, profile_id=olena.profile_id, line_id=line.id, at=clock.now())
    async with database.reading() as session:
        (held,) = await holdings(session, olena)
    assert (held.holding.role, held.holding.proved_at) == (HoldingRole.OWNER, clock.now())


async def test_two_people_may_have_the_same_line(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        line = await make_line(session)
        for login in ("olena", "andrii"):
            person = await make_person(session, login)
            await service.attach_proved(session, profile_id=person.profile_id, line_id=line.id, at=clock.now())
            assert len(await holdings(session, person)) == 1


async def test_a_line_that_left_the_register_cannot_be_attached(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        for missing in ({"line_id": 999}, {"internet_account_id": 999}):
            with pytest.raises(NotFound):
                await service.attach_proved(session, profile_id=olena.profile_id, **missing, at=clock.now())


async def test_a_profile_has_at_most_a_hundred(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        for index in range(HOLDINGS_MAX):
            await hold(session, olena, await make_line(session, f"38067200{index:04d}"), position=index)
        one_more = await make_line(session)
        known = (await holdings(session, olena))[0].key.id
        await service.attach_proved(session, profile_id=olena.profile_id, line_id=known, at=clock.now())
        with pytest.raises(TooManyHoldings):
            await service.attach_proved(session, profile_id=olena.profile_id, line_id=one_more.id, at=clock.now())


async def test_each_new_one_gets_the_next_place_and_another_colour(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        for index in range(7):
            line = await make_line(session, f"38067200000{index}")
            await service.attach_proved(session, profile_id=olena.profile_id, line_id=line.id, at=clock.now())
        found = [held.holding for held in await holdings(session, olena)]
    assert [holding.position for holding in found] == list(range(7))
    assert [holding.colour for holding in found] == [*Colour, Colour.BLUE]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mum ", "Mum"),
        ("дім\u00a0і  дача", "дім і дача"),
        ("я" * 40, "я" * 40),
        ("👩\u200d👧", "👩\u200d👧"),
        ("e\u0301", "é"),
    ],
)
def test_a_name_is_kept_as_it_was_meant(typed: str, kept: str):
    assert service.checked_nickname(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200d", "я" * 41, "a\x00b", "a\x07", "\u202eabc", "\ufeff", "\u200b", "\ud800", "\u0301"]
)
def test_a_name_that_cannot_be_seen_or_is_too_long_is_refused(typed: str):
    with pytest.raises(NicknameMalformed):
        service.checked_nickname(typed)


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
async def test_typing_no_name_goes_back_to_the_number(database: Database, typed: str):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        holding = await hold(session, olena, line, nickname="Work")
        await service.rename(session, olena, line_key(line.id), nickname=typed)
        assert holding.nickname == ""


async def test_strangers_change_nothing(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, stranger = await make_person(session), await make_person(session, "stranger")
        line, own, other = (
            await make_line(session),
            await make_line(session, "380671000002"),
            await make_account(session),
        )
        await hold(session, olena, line, nickname="Mine")
        await hold(session, stranger, own)
        await hold(session, stranger, other, position=1)
        key = line_key(line.id)
        for attempt in (
            service.rename(session, stranger, key, nickname="Theirs"),
            service.recolour(session, stranger, key, colour=Colour.RED),
            service.move(session, stranger, key, by=1),
            service.remove(session, stranger, key),
        ):
            with pytest.raises(NotFound):
                await attempt
        await service.remember_chosen(session, {stranger.profile_id: key}, at=clock.now())
        (held,) = await holdings(session, olena)
        assert (held.holding.nickname, held.holding.colour, held.holding.chosen_at) == ("Mine", Colour.BLUE, None)


@pytest.mark.parametrize(
    ("which", "by", "order"),
    [(0, 1, "bac"), (2, -1, "acb"), (0, -1, "abc"), (2, 1, "abc"), (0, 99, "bca"), (2, -99, "cab"), (1, 0, "abc")],
)
async def test_moving_goes_as_far_as_it_can(database: Database, which: int, by: int, order: str):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        keys = []
        for index, name in enumerate("abc"):
            line = await make_line(session, f"38067200000{index}")
            await hold(session, olena, line, nickname=name, position=0)
            keys.append(line_key(line.id))
        await service.move(session, olena, keys[which], by=by)
        await session.flush()
        assert "".join(held.holding.nickname for held in await holdings(session, olena)) == order


async def test_removing_takes_it_from_the_list_and_leaves_the_line(database: Database):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        first, second = await make_line(session), await make_line(session, "380671000002")
        await hold(session, olena, first)
        await hold(session, olena, second, position=1)
        await service.remove(session, olena, line_key(first.id))
    assert await keys_of(database, olena) == [f"line:{second.id}"]
    async with database.reading() as session:
        assert await session.get(type(first), first.id) is not None


async def test_the_last_one_cannot_be_removed(database: Database):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
        with pytest.raises(LastHolding):
            await service.remove(session, olena, line_key(line.id))


async def test_two_tabs_that_remove_the_last_two_leave_one(database: Database):
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        lines = [await make_line(session), await make_line(session, "380671000002")]
        for line in lines:
            await hold(session, olena, line)

    async def remove(line_id: int | None) -> bool:
        try:
            async with database.unit_of_work() as session:
                await service.remove(session, olena, line_key(line_id))
        except LastHolding:
            return False
        return True

    assert sorted(await asyncio.gather(*(remove(line.id) for line in lines))) == [False, True]
    assert len(await keys_of(database, olena)) == 1


async def test_open_screens_of_the_profile_are_told(database: Database):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
    async with database.unit_of_work() as session:
        await service.rename(session, olena, line_key(line.id), nickname="Work")
    async with database.reading() as session:
        told = [change.subject for change in await session.exec(select(Change))]
    assert told == [f"profile:{olena.profile_id}"]


async def test_what_was_looked_at_last_is_remembered(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, line = await make_person(session), await make_line(session)
        await hold(session, olena, line)
        await service.remember_chosen(session, {olena.profile_id: line_key(line.id)}, at=clock.now())
    async with database.reading() as session:
        (held,) = await holdings(session, olena)
    assert held.holding.chosen_at == clock.now()


async def test_what_many_looked_at_is_remembered_for_each_of_them(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        olena, andrii = await make_person(session), await make_person(session, "andrii")
        line, account = await make_line(session), await make_account(session)
        for person in (olena, andrii):
            await hold(session, person, line)
            await hold(session, person, account, position=1)
        chosen = {
            olena.profile_id: HoldingKey(HoldingKind.INTERNET, account.id or 0),
            andrii.profile_id: line_key(line.id),
            999: line_key(line.id),
        }
        await service.remember_chosen(session, chosen, at=clock.now())
    async with database.reading() as session:
        looked_at = [[held.holding.chosen_at for held in await holdings(session, who)] for who in (olena, andrii)]
    assert looked_at == [[None, clock.now()], [clock.now(), None]]
