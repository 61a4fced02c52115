"""The National Bank's QR: fields in their places, the official example, and what does not fit."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import Any

import pytest

from mykyivstar.domain.payments.bank_transfer import (
    ADDRESS_MOST,
    PAYLOAD_MOST,
    BankDetails,
    BankDetailsWrong,
    BankTransfer,
    BankTransferTooLong,
    QrFormat,
    is_edrpou,
    is_iban,
)
from mykyivstar.kit.money import Money
from mykyivstar.terms import DEMO_BANK

# Resolution 97, appendix 4, example 4: a purchase in an online shop.
EXAMPLE = BankTransfer(
    BankDetails("ТОВ «ФК „ЕВО“»", "UA673005280000026500504354077", "37193071"),
    purpose='?MerchantBusinessName="ROZETKA.UA", Покупка товарів, замовлення №821558965.',
    amount=Money.uah(150),
    reference="1225102576",
    display="?<InstrForCdtrAgt><InstrInf>MerchID:01234-TermId:43210</InstrInf></InstrForCdtrAgt>",
    created_at=datetime(2025, 1, 29, 10, 0, tzinfo=UTC),
    valid_till=datetime(2025, 3, 21, 10, 0, tzinfo=UTC),
    function="ICT",
    category="OTHR/GDDS",
)
EXAMPLE_FIELDS = [
    "BCD",
    "003",
    "2",
    "ICT",
    "",
    "ТОВ «ФК „ЕВО“»",
    "UA673005280000026500504354077",
    "UAH150",
    "37193071",
    "OTHR/GDDS",
    "1225102576",
    '?MerchantBusinessName="ROZETKA.UA", Покупка товарів, замовлення №821558965.',
    "?<InstrForCdtrAgt><InstrInf>MerchID:01234-TermId:43210</InstrInf></InstrForCdtrAgt>",
    "FFFF",
    "250321120000",
    "250129120000",
    "",
]


def transfer(**fields: Any) -> BankTransfer:
    return BankTransfer(**({"to": DEMO_BANK, "purpose": "Поповнення рахунку 380671000001, Київстар"} | fields))


def fields_of(address: str, *, alphabet: str = "cp1251") -> list[str]:
    payload = address.rpartition("/")[2]
    assert "=" not in payload
    return urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode(alphabet).split("\n")


def test_the_official_example_has_its_fields_in_their_places() -> None:
    address = EXAMPLE.address()
    assert address.startswith("https://qr.bank.gov.ua/")
    assert fields_of(address) == EXAMPLE_FIELDS
    assert len(address.rpartition("/")[2]) == 384


def test_format_002_has_thirteen_fields_and_its_own_address() -> None:
    address = transfer(amount=Money.uah(150, 5)).address(QrFormat.V002)
    assert address.startswith("https://bank.gov.ua/qr/")
    head = ["BCD", "002", "2", "UCT", "", DEMO_BANK.name, DEMO_BANK.iban, "UAH150.05", DEMO_BANK.edrpou, "", ""]
    assert fields_of(address) == [*head, "Поповнення рахунку 380671000001, Київстар", ""]


@pytest.mark.parametrize(
    ("amount", "written"),
    [(None, ""), (Money.uah(1), "UAH1"), (Money.uah(0, 1), "UAH0.01"), (Money.uah(5000, 10), "UAH5000.10")],
)
def test_amounts_are_written_as_the_rules_want(amount: Money | None, written: str) -> None:
    assert fields_of(transfer(amount=amount).address())[7] == written


def test_moments_are_by_the_kyiv_clock() -> None:
    summer = transfer(valid_till=datetime(2026, 7, 31, 21, 0, tzinfo=UTC))
    assert fields_of(summer.address())[14:16] == ["260801000000", ""]


def test_letters_that_windows_1251_lacks_make_it_utf_8() -> None:
    address = transfer(purpose="Поповнення – ₴ 😀").address()
    assert fields_of(address, alphabet="utf-8")[2] == "1"
    assert fields_of(address, alphabet="utf-8")[11] == "Поповнення – ₴ 😀"


def test_a_line_feed_in_a_field_does_not_make_two_of_it() -> None:
    found = fields_of(transfer(purpose="Поповнення\nUA000000000000000000000000000\r\n").address())
    assert len(found) == 17
    assert found[11] == "Поповнення UA000000000000000000000000000"


@pytest.mark.parametrize(
    ("fields", "version", "reason"),
    [
        ({"purpose": "т" * 421}, QrFormat.V003, "purpose: 421 characters, at most 420"),
        ({"purpose": "т" * 141}, QrFormat.V002, "purpose: 141 characters, at most 140"),
        ({"reference": "1" * 36}, QrFormat.V003, "reference: 36 characters, at most 35"),
        ({"to": BankDetails("Т" * 141, DEMO_BANK.iban, DEMO_BANK.edrpou)}, QrFormat.V003, "name: 141 characters"),
        ({"to": BankDetails("Т" * 71, DEMO_BANK.iban, DEMO_BANK.edrpou)}, QrFormat.V002, "name: 71 characters"),
        ({"purpose": "т" * 300}, QrFormat.V003, "at most 475"),
    ],
)
def test_what_is_too_long_is_said(fields: dict[str, Any], version: QrFormat, reason: str) -> None:
    with pytest.raises(BankTransferTooLong, match=reason):
        transfer(**fields).address(version)


def test_the_longest_that_fits_keeps_both_limits() -> None:
    fitting = []
    for length in range(420):
        try:
            fitting.append(transfer(purpose="т" * length).address())
        except BankTransferTooLong:
            break
    assert len(fitting[-1]) <= ADDRESS_MOST
    assert PAYLOAD_MOST - 4 <= len(fitting[-1].rpartition("/")[2]) <= PAYLOAD_MOST


@pytest.mark.parametrize(
    ("name", "iban", "edrpou", "setting"),
    [
        ("", DEMO_BANK.iban, DEMO_BANK.edrpou, "BANK_RECIPIENT"),
        ("Us", DEMO_BANK.iban.replace("466", "467"), DEMO_BANK.edrpou, "BANK_IBAN"),
        ("Us", "DE89370400440532013000", DEMO_BANK.edrpou, "BANK_IBAN"),
        ("Us", "", DEMO_BANK.edrpou, "BANK_IBAN"),
        ("Us", DEMO_BANK.iban, "99999995", "BANK_EDRPOU"),
        ("Us", DEMO_BANK.iban, "1234", "BANK_EDRPOU"),
    ],
)
def test_an_account_that_cannot_be_one_is_refused(name: str, iban: str, edrpou: str, setting: str) -> None:
    with pytest.raises(BankDetailsWrong, match=setting):
        BankDetails(name, iban, edrpou)


def test_real_accounts_and_codes_pass_and_single_mistakes_do_not() -> None:
    iban = "UA673005280000026500504354077"
    assert is_iban(iban)
    wrong = [iban[:p] + str((int(iban[p]) + 1) % 10) + iban[p + 1 :] for p in range(2, 29)]
    assert not any(map(is_iban, wrong))
    assert all(map(is_edrpou, ("37193071", "21673832", "14360570")))
    assert not any(map(is_edrpou, ("37193072", "21673833", "14360571")))
