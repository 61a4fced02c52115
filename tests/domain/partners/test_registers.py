"""The register of a day says what both sides must agree on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mykyivstar.domain.partners import registers
from mykyivstar.domain.partners.errors import NoRegister
from mykyivstar.domain.partners.registers import Total, register
from mykyivstar.domain.partners.views import Status
from mykyivstar.domain.payments.crediting import take_back
from mykyivstar.domain.payments.models import Cause, Payment
from mykyivstar.kit.money import Money
from tests.domain.partners.conftest import Terminal


async def test_it_lists_the_days_payments_and_adds_them_up(terminal: Terminal):
    await terminal.pay("T-1", Money.uah(10))
    await terminal.pay("T-2", Money.uah(20))
    await terminal.pay("T-3", Money.uah(30))
    await terminal.cancel("T-2")
    found = await terminal.register()
    assert [(line.ref, line.status, line.account) for line in found.lines] == [
        ("T-1", Status.CREDITED, "38067*****01"),
        ("T-2", Status.CANCELLED, "38067*****01"),
        ("T-3", Status.CREDITED, "38067*****01"),
    ]
    assert found.credited == Total(3, Money.uah(60))
    assert found.cancelled == Total(1, Money.uah(20))
    assert found.kept == Total(2, Money.uah(40))
    assert not found.is_final


async def test_a_payment_belongs_to_its_day_in_kyiv(terminal: Terminal):
    terminal.clock.moment = before = datetime(2026, 11, 22, 21, 59, 59, 999999, tzinfo=UTC)
    await terminal.pay("T-1")
    terminal.clock.moment = after = datetime(2026, 11, 22, 22, tzinfo=UTC)
    await terminal.pay("T-2")
    assert [line.ref for line in (await terminal.register(before)).lines] == ["T-1"]
    assert [line.ref for line in (await terminal.register(after)).lines] == ["T-2"]


async def test_it_is_final_when_late_answers_are_through_and_then_never_changes(terminal: Terminal):
    paid = await terminal.pay()
    day = terminal.clock.now()
    terminal.clock.moment = datetime(2026, 11, 22, 22, 4, 59, tzinfo=UTC)
    assert not (await terminal.register(day)).is_final
    terminal.clock.moment += timedelta(seconds=1)
    before = await terminal.register(day)
    assert before.is_final
    async with terminal.database.unit_of_work() as session:
        payment = await session.get_one(Payment, paid.payment_id)
        await take_back(session, payment, at=terminal.clock.now(), cause=Cause.OPERATOR)
    await terminal.pay("T-2")
    assert await terminal.register(day) == before


async def test_long_registers_are_read_in_batches(terminal: Terminal, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registers, "_BATCH", 2)
    for number in range(5):
        await terminal.pay(f"T-{number}", Money.uah(1))
    assert [line.ref for line in (await terminal.register()).lines] == [f"T-{number}" for number in range(5)]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2026, 11, 23), date(2026, 10, 12)])
async def test_days_to_come_and_days_before_the_partner_have_none(terminal: Terminal, day: date):
    async with terminal.database.reading() as session:
        with pytest.raises(NoRegister):
            await register(session, terminal.partner, day, at=terminal.clock.now())
