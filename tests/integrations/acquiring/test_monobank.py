"""monobank's own vector, its keys, and what its words mean to us."""

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mykyivstar.integrations.acquiring.monobank_signature import KEY_AT_MOST_EVERY, Signature, is_signed, read_key
from mykyivstar.integrations.acquiring.monobank_wire import WireInvoice, decline_of, read, report_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import AcquirerUnavailable, Decline, ForgedNotice, InvoiceState
from tests.contracts.acquirers import MonobankSide, side_of
from tests.contracts.test_acquirers import order, paid

# Key, X-Sign and body as the bank publishes them beside its examples of how to check a signature.
BANK_KEY = (
    "LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFQUc1LzZ3NnZubGJZb0ZmRHlYWE4v"
    "S29CbVVjTgo3NWJSUWg4MFBhaEdldnJoanFCQnI3OXNSS0JSbnpHODFUZVQ5OEFOakU1c0R3RmZ5Znhub0ZJcmZBPT0KLS0tLS1FTkQgUFVCTElD"
    "IEtFWS0tLS0tCg=="
)
BANK_SIGNATURE = "MEUCIQC/mVKhi8FKoayul2Mim3E2oaIOCNJk5dEXxTqbkeJSOQIgOM0hsW0qcP2H8iXy1aQYpmY0SJWEaWur7nQXlKDCFxA="
BANK_BODY = b"""{
  "invoiceId": "p2_9ZgpZVsl3",
  "status": "created",
  "failureReason": "string",
  "amount": 4200,
  "ccy": 980,
  "finalAmount": 4200,
  "createdDate": "2019-08-24T14:15:22Z",
  "modifiedDate": "2019-08-24T14:15:22Z",
  "reference": "84d0070ee4e44667b31371d8f8813947",
  "cancelList": [
    {
      "status": "processing",
      "amount": 4200,
      "ccy": 980,
      "createdDate": "2019-08-24T14:15:22Z",
      "modifiedDate": "2019-08-24T14:15:22Z",
      "approvalCode": "662476",
      "rrn": "060189181768",
      "extRef": "635ace02599849e981b2cd7a65f417fe"
    }
  ]
}"""


@pytest.fixture
async def side(tmp_path: Path, clock: FixedClock) -> AsyncIterator[MonobankSide]:
    async with side_of("monobank", tmp_path, clock) as side:
        assert isinstance(side, MonobankSide)
        yield side


def wire(**changes: Any) -> WireInvoice:
    return read(WireInvoice, BANK_BODY).model_copy(update=changes)


def test_the_signature_that_the_bank_publishes_is_genuine() -> None:
    assert is_signed(read_key(BANK_KEY), base64.b64decode(BANK_SIGNATURE), BANK_BODY)


@pytest.mark.parametrize("position", [0, 40, len(BANK_BODY) // 2, len(BANK_BODY) - 1])
def test_no_byte_of_what_the_bank_signed_may_change(position: int) -> None:
    changed = bytearray(BANK_BODY)
    changed[position] ^= 1
    assert not is_signed(read_key(BANK_KEY), base64.b64decode(BANK_SIGNATURE), bytes(changed))


async def test_a_notice_as_the_bank_documents_it_is_read(clock: FixedClock) -> None:
    async def key() -> str:
        return BANK_KEY

    await Signature(key, clock).prove(BANK_SIGNATURE, BANK_BODY)
    report = report_of(read(WireInvoice, BANK_BODY))
    assert (report.invoice_id, report.state) == ("p2_9ZgpZVsl3", InvoiceState.CREATED)
    assert (report.amount, report.refunded) == (Money.uah(42), Money.ZERO)
    assert report.reference == "84d0070ee4e44667b31371d8f8813947"
    assert report.changed_at == datetime(2019, 8, 24, 14, 15, 22, tzinfo=UTC)


async def test_the_key_is_asked_for_once(side: MonobankSide) -> None:
    invoice = await paid(side)
    for _ in range(3):
        await side.acquirer.read_notice(*await side.notice(invoice))
    assert side.bank.asked_for_key == 1


async def test_a_new_key_is_learned_from_the_first_notice_that_it_signs(side: MonobankSide, clock: FixedClock) -> None:
    invoice = await paid(side)
    await side.acquirer.read_notice(*await side.notice(invoice))
    side.bank.change_key()
    clock.moment += KEY_AT_MOST_EVERY
    report = await side.acquirer.read_notice(*await side.notice(invoice))
    assert report.state is InvoiceState.SUCCESS
    assert side.bank.asked_for_key == 2


async def test_rubbish_does_not_make_us_ask_for_the_key_each_time(side: MonobankSide, clock: FixedClock) -> None:
    headers, body = await side.notice(await paid(side))
    for _ in range(20):
        with pytest.raises(ForgedNotice):
            await side.acquirer.read_notice(headers, body + b" ")
    assert side.bank.asked_for_key == 1
    clock.moment += KEY_AT_MOST_EVERY
    with pytest.raises(ForgedNotice):
        await side.acquirer.read_notice(headers, body + b" ")
    assert side.bank.asked_for_key == 2
    assert (await side.acquirer.read_notice(headers, body)).state is InvoiceState.SUCCESS


async def test_a_failed_question_for_the_key_is_not_repeated_at_once(side: MonobankSide, clock: FixedClock) -> None:
    headers, body = await side.notice(await paid(side))
    side.bank.folder.joinpath("public.pem").write_text("not a key")
    for _ in range(3):
        with pytest.raises(AcquirerUnavailable):
            await side.acquirer.read_notice(headers, body)
    assert side.bank.asked_for_key == 1


def test_a_key_of_another_kind_is_not_believed() -> None:
    other = generate_private_key(SECP384R1()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for text in (base64.b64encode(other).decode(), base64.b64encode(b"PEM").decode(), "не base64", ""):
        with pytest.raises(AcquirerUnavailable):
            read_key(text)


def test_the_banks_own_time_of_change_is_kept() -> None:
    later = datetime(2026, 11, 22, 12, 0, 1, tzinfo=UTC)
    assert report_of(wire(modified_date=later)).changed_at == later
    created = report_of(wire(modified_date=None))
    assert created.changed_at == datetime(2019, 8, 24, 14, 15, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [{"ccy": 840}, {"reference": None}, {"reference": ""}, {"modified_date": None, "created_date": None}],
    ids=["dollars", "no reference", "empty reference", "no time"],
)
def test_an_invoice_that_says_too_little_says_nothing(change: dict[str, Any]) -> None:
    with pytest.raises(AcquirerUnavailable):
        report_of(wire(**change))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"amount": 4200,\n  "ccy"', b'"amount": 42.5,\n  "ccy"'),
        (b'"amount": 4200,\n  "ccy"', b'"amount": "4200",\n  "ccy"'),
        (b'"amount": 4200,\n  "ccy"', b'"amount": -1,\n  "ccy"'),
        (b'"created"', b'"paid"'),
        (b'"p2_9ZgpZVsl3"', b'""'),
        (b'"2019-08-24T14:15:22Z"', b'"yesterday"'),
    ],
)
def test_an_invoice_in_other_words_is_not_guessed_at(old: bytes, new: bytes) -> None:
    changed = BANK_BODY.replace(old, new)
    assert changed != BANK_BODY
    with pytest.raises(AcquirerUnavailable):
        read(WireInvoice, changed)


def test_a_whole_refund_is_the_whole_amount_even_without_a_list() -> None:
    report = report_of(wire(status="reversed", cancel_list=[]))
    assert (report.state, report.refunded) == (InvoiceState.REVERSED, Money.uah(42))


@pytest.mark.parametrize(
    ("code", "decline"),
    [
        ("51", Decline.CARD_EXPIRED),
        ("58", Decline.CARD_LIMIT),
        ("61", Decline.INTERNET_NOT_ALLOWED),
        ("59", Decline.NOT_ENOUGH_MONEY),
        ("84", Decline.WRONG_CODE),
        ("52", Decline.WRONG_CARD),
        ("1407", Decline.SUSPECTED_FRAUD),
        ("8002", Decline.GIVEN_UP),
        ("1000", Decline.OTHER),
        ("", Decline.OTHER),
        (None, Decline.OTHER),
        ("a new one", Decline.OTHER),
    ],
)
def test_codes_of_the_banks_list_are_told_apart(code: str | None, decline: Decline) -> None:
    assert decline_of(code) is decline


async def test_an_answer_about_another_invoice_is_not_taken_for_ours(side: MonobankSide) -> None:
    invoice, other = await paid(side), await paid(side)
    side.bank.invoices[invoice.id] = side.bank.invoices[other.id]
    with pytest.raises(AcquirerUnavailable):
        await side.acquirer.status(invoice.id)


async def test_a_charge_answered_with_another_amount_is_not_believed(side: MonobankSide) -> None:
    card = (await side.acquirer.status((await paid(side, wallet="olena")).id)).card
    assert card
    status = side.bank._invoice_status
    side.bank._invoice_status = lambda given: {**status(given), "amount": 1}  # type: ignore[method-assign]
    with pytest.raises(AcquirerUnavailable):
        await side.acquirer.charge(order(), card.token)


async def test_being_refused_for_our_token_says_nothing_about_an_invoice(side: MonobankSide) -> None:
    invoice = await paid(side)
    side.acquirer._caller._headers["X-Token"] = "withdrawn"  # type: ignore[attr-defined]
    for question in (side.acquirer.status(invoice.id), side.acquirer.find("x"), side.acquirer.forget("t")):
        with pytest.raises(AcquirerUnavailable):
            await question


async def test_an_order_of_long_ago_is_not_looked_for(side: MonobankSide, clock: FixedClock) -> None:
    asked: list[dict[str, Any]] = []
    side.bank._statement = lambda given: asked.append(given) or {"list": []}  # type: ignore[method-assign,func-returns-value]
    assert await side.acquirer.find("x") is None
    assert int(asked[0]["from"]) == int((clock.now() - timedelta(days=1)).timestamp())
