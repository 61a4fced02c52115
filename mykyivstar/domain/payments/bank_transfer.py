"""The QR of a bank transfer by the National Bank's rules (resolution 97 of 19.08.2025): any bank's app reads it (N8).

Fields are joined by line feeds and travel as Base64URL behind the rules' address. Format 003 has seventeen fields; 002,
with thirteen, is what older apps know.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.money import Money

PAYLOAD_MOST = 475
ADDRESS_MOST = 507
#: QR versions the rules allow.
VERSION_MOST = 20
_NAME_MOST = {"002": 70, "003": 140}
_REFERENCE_MOST = 35
_PURPOSE_MOST = {"002": 140, "003": 420}
# All that the bank's app may not let the payer change.
_ALL_LOCKED = "FFFF"
_MOMENT = "%y%m%d%H%M%S"


class BankTransferTooLong(Exception):
    """A field, or all of them together, is longer than the rules allow; the text says which, and how long it may be."""


class BankDetailsWrong(Exception):
    """The account that the settings name cannot be one; the text says what is wrong."""


class QrFormat(StrEnum):
    """Versions of the rules' format."""

    V002 = "002"
    V003 = "003"

    @property
    def prefix(self) -> str:
        """What stands before the payload: the address that opens the payer's bank on a phone."""
        return "https://qr.bank.gov.ua/" if self is QrFormat.V003 else "https://bank.gov.ua/qr/"


@dataclass(frozen=True, slots=True)
class BankDetails:
    """Whose account takes the transfers; `edrpou` is its owner's code. Raises BankDetailsWrong."""

    name: str
    iban: str
    edrpou: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BankDetailsWrong("BANK_RECIPIENT: whose account it is")
        if not is_iban(self.iban):
            raise BankDetailsWrong("BANK_IBAN: not a Ukrainian IBAN (UA and 27 digits, the first two its checksum)")
        if not is_edrpou(self.edrpou):
            raise BankDetailsWrong("BANK_EDRPOU: not a code of the register of companies (8 digits, the last checks)")


@dataclass(frozen=True, slots=True)
class BankTransfer:
    """One transfer to be made in the payer's bank; without an amount the payer types it."""

    to: BankDetails
    purpose: str
    amount: Money | None = None
    reference: str = ""
    display: str = ""
    created_at: datetime | None = None
    valid_till: datetime | None = None
    function: str = "UCT"
    category: str = "OTHR/OTHR"

    #: Windows-1251 is a fifth shorter than UTF-8 for Ukrainian, and both are the rules' own.
    CP1251: ClassVar[str] = "2"
    UTF8: ClassVar[str] = "1"

    def address(self, version: QrFormat = QrFormat.V003) -> str:
        """What the QR says, and what a button on a phone opens. Raises BankTransferTooLong."""
        for name, text, most in (
            ("name", self.to.name, _NAME_MOST[version]),
            ("purpose", self.purpose, _PURPOSE_MOST[version]),
            ("reference", self.reference, _REFERENCE_MOST),
        ):
            if len(text) > most:
                raise BankTransferTooLong(f"{name}: {len(text)} characters, at most {most} in format {version}")
        payload = urlsafe_b64encode(self.content(version)).rstrip(b"=").decode()
        address = version.prefix + payload
        if len(payload) > PAYLOAD_MOST or len(address) > ADDRESS_MOST:
            raise BankTransferTooLong(f"all together: {len(payload)} signs, at most {PAYLOAD_MOST}")
        return address

    def content(self, version: QrFormat = QrFormat.V003) -> bytes:
        """The fields as bytes, in the shorter of the two alphabets that has all their letters."""
        for code, alphabet in ((self.CP1251, "cp1251"), (self.UTF8, "utf-8")):
            try:
                return "\n".join(_one_line(field) for field in self._fields(version, code)).encode(alphabet)
            except UnicodeEncodeError:
                continue
        raise AssertionError("UTF-8 has every letter")

    def _fields(self, version: QrFormat, alphabet: str) -> list[str]:
        amount = _amount(self.amount)
        head = ["BCD", version.value, alphabet]
        if version is QrFormat.V002:
            # Two fields after the function and the code are reserved; only transfers are known here.
            whom = ["UCT", "", self.to.name, self.to.iban, amount, self.to.edrpou, "", ""]
            return [*head, *whom, self.purpose, self.display]
        whom = [self.function, "", self.to.name, self.to.iban, amount, self.to.edrpou]
        what = [self.category, self.reference, self.purpose, self.display, _ALL_LOCKED]
        return [*head, *whom, *what, _moment(self.valid_till), _moment(self.created_at), ""]


def is_iban(text: str) -> bool:
    """Whether this is a Ukrainian IBAN, checksum included."""
    if len(text) != 29 or not text.startswith("UA") or not text[2:].isdecimal() or not text.isascii():
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_edrpou(text: str) -> bool:
    """Whether this is a code of the register of companies, checksum included."""
    if len(text) != 8 or not text.isdecimal() or not text.isascii():
        return False
    number, digits = int(text), [int(sign) for sign in text]
    weights = [7, 1, 2, 3, 4, 5, 6] if 30_000_000 < number < 60_000_000 else [1, 2, 3, 4, 5, 6, 7]
    rest = sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11
    if rest == 10:
        rest = sum((weight + 2) * digit for weight, digit in zip(weights, digits, strict=False)) % 11
    return rest % 10 == digits[7]


def _amount(amount: Money | None) -> str:
    if amount is None:
        return ""
    assert amount > Money.ZERO, "a transfer brings money"
    hryvnias, kopiykas = divmod(amount.kopiykas, 100)
    return f"UAH{hryvnias}.{kopiykas:02d}" if kopiykas else f"UAH{hryvnias}"


def _moment(at: datetime | None) -> str:
    return at.astimezone(KYIV).strftime(_MOMENT) if at else ""


def _one_line(field: str) -> str:
    """A line feed inside a field would make two of it."""
    return " ".join(field.split())
