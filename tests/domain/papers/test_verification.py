"""Anybody with a paper learns what the genuine one says; whoever changed one is found out."""

import pytest

from mykyivstar.domain.papers.seal import Doubt, PaperKind, Seal, grouped
from mykyivstar.domain.papers.verification import Comparison, Genuine, compare, verify
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.kit.money import Money
from tests.domain.papers.conftest import Desk


async def asked(desk: Desk, text: str, seal: Seal | None = None) -> Genuine | Doubt:
    async with desk.database.reading() as session:
        return await verify(session, text, seal or desk.seal)


async def code_of(desk: Desk, payment: Payment) -> str:
    return (await desk.receipt(payment)).code(desk.seal)


async def test_a_genuine_paper_says_what_it_says_masked(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED, card_mask="444403******1902")
    found = await asked(desk, grouped(await code_of(desk, paid)))
    assert isinstance(found, Genuine)
    assert (found.paper.number, found.paper.amount) == ("20120503194733", Money.uah(70))
    assert [share.number for share in found.paper.shares] == ["••••622"]
    assert (found.paper.state, found.paper.card_mask) == (PaymentState.CREDITED, "")


async def test_a_paper_stays_genuine_and_says_when_the_money_went_back(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.PROCESSING)
    code = await code_of(desk, paid)
    returned = await desk.pay(PaymentState.PROCESSING, PaymentState.REFUNDED, key="form-2")
    found = await asked(desk, await code_of(desk, returned))
    assert isinstance(found, Genuine)
    assert found.paper.state is PaymentState.REFUNDED
    assert isinstance(await asked(desk, code), Genuine)


async def test_forged_malformed_and_unknown_codes_prove_nothing(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED)
    receipt = await desk.receipt(paid)
    assert await asked(desk, "ABC") is Doubt.MALFORMED
    mistyped = receipt.code(desk.seal)
    mistyped = mistyped[:9] + ("2" if mistyped[9] != "2" else "3") + mistyped[10:]
    assert await asked(desk, mistyped) is Doubt.MISTYPED
    forger = Seal(b"not ours")
    assert await asked(desk, receipt.code(forger)) is Doubt.FORGED
    unknown = desk.seal.code(PaperKind.RECEIPT, 999_999, receipt.facts)
    assert await asked(desk, unknown) is Doubt.FORGED
    not_made_yet = desk.seal.code(PaperKind.STATEMENT, receipt.payment_id, receipt.facts)
    assert await asked(desk, not_made_yet) is Doubt.FORGED


async def test_a_code_does_not_prove_a_payment_that_was_tampered_with(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED)
    code = await code_of(desk, paid)
    async with desk.database.unit_of_work() as session:
        (await session.get_one(Payment, paid.id)).amount = Money.uah(7000)
    assert await asked(desk, code) is Doubt.FORGED


@pytest.mark.parametrize(
    ("number", "amount", "same"),
    [
        ("", "", Comparison(None, None)),
        ("20120503194733", "70", Comparison(number=True, amount=True)),
        (" 2012 0503 194733 ", "70,00 ₴", Comparison(number=True, amount=True)),
        ("20120503194734", "", Comparison(number=False, amount=None)),
        ("", "700", Comparison(number=None, amount=False)),
        ("", "seventy", Comparison(number=None, amount=False)),
        ("", "70.001", Comparison(number=None, amount=False)),
    ],
)
async def test_a_changed_paper_is_found_out_by_comparing(
    desk: Desk, number: str, amount: str, same: Comparison
) -> None:
    receipt = await desk.receipt(await desk.pay(PaymentState.CREDITED))
    comparison = compare(receipt, number=number, amount=amount)
    assert comparison == same
    assert comparison.is_changed is (False in {same.number, same.amount})
