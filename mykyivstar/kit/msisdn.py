"""Phone numbers in one canonical form: E.164 digits."""

import re
from dataclasses import dataclass
from typing import Self

from mykyivstar.kit.errors import CustomerError

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", "01234567890123456789")
_SEPARATORS = re.compile(r"[\s\u00a0\u2007\u202f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff().\-‐‑‒–—/]+")

# Codes of mobile networks in the Ukrainian numbering plan. A moved number keeps its code, so a code does not say whose
# it is; it does say that there is no mobile phone behind any other.
_MOBILE_CODES = frozenset(
    {"39", "50", "63", "66", "67", "68", "73", "75", "77", "79", *(f"9{last}" for last in range(1, 10))}
)

_CANONICAL = re.compile(r"380[0-9]{9}")


class NotANumber(CustomerError):
    """What was typed is not a Ukrainian mobile number in any usual way of writing."""

    code = "msisdn.not_a_number"
    sentence = "Enter a mobile number, for example 067 123 45 67."
    field = "number"


class NotMobile(CustomerError):
    """A Ukrainian number, but no mobile phone's."""

    code = "msisdn.not_mobile"
    sentence = "This is a landline, which takes no SMS. Enter a mobile number, for example 067 123 45 67."
    field = "number"


def compact(text: str) -> str:
    """A number of any kind without what people and programs put between its digits, which are 0 to 9 then."""
    return _SEPARATORS.sub("", text.translate(_DIGITS))


@dataclass(frozen=True, slots=True, order=True)
class Msisdn:
    """A Ukrainian phone number: exactly twelve digits, 380 first, no plus."""

    digits: str

    def __post_init__(self) -> None:
        assert _CANONICAL.fullmatch(self.digits), "an Msisdn is 380 and nine digits"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Any usual way of writing: +380671234567, 067 123-45-67, (067)1234567, 80671234567. Raises NotANumber."""
        cleaned = compact(text.strip().removeprefix("tel:")).removeprefix("+")
        cleaned = cleaned.removeprefix("00") if cleaned.startswith("00380") else cleaned
        for pattern, prefix in ((r"380([0-9]{9})", "380"), (r"80([0-9]{9})", "380"), (r"0([0-9]{9})", "380")):
            if (match := re.fullmatch(pattern, cleaned)) and match[1][0] != "0":
                return cls(prefix + match[1])
        raise NotANumber

    @classmethod
    def without_zero(cls, text: str) -> Self | None:
        """What 67 123 45 67 means to who leaves out what every number begins with; None for anything else."""
        digits = compact(text)
        number = cls(f"380{digits}") if re.fullmatch(r"[0-9]{9}", digits) else None
        return number if number is not None and number.is_mobile else None

    @classmethod
    def parse_mobile(cls, text: str) -> Self:
        """The same where an SMS will be sent to it. Raises NotANumber, NotMobile."""
        found = cls.parse(text)
        if not found.is_mobile:
            raise NotMobile
        return found

    @property
    def e164(self) -> str:
        return f"+{self.digits}"

    @property
    def is_mobile(self) -> bool:
        """Whether it may be a mobile phone's, which takes SMS; of a landline it is false."""
        return self.digits[3:5] in _MOBILE_CODES

    @property
    def masked(self) -> str:
        """For logs and for people who have not proved that the number is theirs: +380 67 ••• •• 67."""
        return f"+380 {self.digits[3:5]} ••• •• {self.digits[-2:]}"

    def __str__(self) -> str:
        return self.digits
