"""From the text of a cell to the value its column needs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from mykyivstar.domain.imports import moments, numbers
from mykyivstar.domain.imports.problems import BadValue
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn, NotANumber

MONEY_MAX: Final = 10**13
QUANTITY_MAX: Final = 10**15
_YES: Final = {"1", "true", "yes", "y", "t", "так", "да", "+"}
_NO: Final = {"0", "false", "no", "n", "f", "ні", "нет", "-"}
_CURRENCY = re.compile(r"\s*(₴|грн\.?|uah)$", re.IGNORECASE)
_CANONICAL_NUMBER = re.compile(r"380[1-9][0-9]{8}")
# ="0004477622": how spreadsheets are made to keep leading zeros.
_FORMULA_TEXT = re.compile(r'="(.*)"')


@dataclass(frozen=True, slots=True)
class Writing:
    """How values are written in this file's column; the mapping says so."""

    decimal: str = ""
    multiply: Fraction = Fraction(1)
    round: bool = False
    formats: tuple[str, ...] = ()
    zone: ZoneInfo = ZoneInfo("Europe/Kyiv")  # noqa: RUF009 -- immutable


Read = Callable[[str], Any]
Reader = Callable[[Writing], Read]


def text(max_length: int) -> Reader:
    """Words as they are, at most so many characters."""

    def read(cell: str) -> str:
        if len(cell) > max_length:
            raise BadValue(f"is {len(cell)} characters long; {max_length} are kept")
        if not cell.isascii():
            _demand_text(cell)
        if "\0" in cell:
            raise BadValue("contains a zero byte")
        return cell

    return lambda _writing: read


def _demand_text(cell: str) -> None:
    try:
        cell.encode()
    except UnicodeEncodeError:
        raise BadValue("is not in this encoding; a file from Windows may need --encoding cp1251") from None


def code(max_length: int = 48) -> Reader:
    """A short name without spaces that other rows refer to."""
    plain = text(max_length)

    def reader(writing: Writing) -> Read:
        read_text = plain(writing)

        def read(cell: str) -> str:
            if re.search(r"\s", cell):
                raise BadValue(f"'{cell}' has a space in it")
            return str(read_text(cell))

        return read

    return reader


def codes(max_length: int = 48) -> Reader:
    """Several codes, separated by spaces, commas or semicolons."""
    one = code(max_length)

    def reader(writing: Writing) -> Read:
        read_one = one(writing)
        return lambda cell: [read_one(part) for part in re.split(r"[\s,;]+", cell) if part]

    return reader


def msisdn(_writing: Writing) -> Read:
    """A Ukrainian mobile number in any usual writing."""

    def read(cell: str) -> Msisdn:
        try:
            return Msisdn.parse(_unwrapped(cell))
        except NotANumber:
            if re.fullmatch(r"\d+([.,]\d+)?[eE]\+?\d+", cell):
                raise BadValue(f"'{cell}' is a number that a spreadsheet has shortened; export it as text") from None
            raise BadValue(f"'{cell}' is not a Ukrainian mobile number") from None

    return read


def digits(writing: Writing) -> Read:
    """The digits of a Ukrainian mobile number in any usual writing."""
    parse = msisdn(writing)
    # Nearly every row of a million is written so; the long way is ten times as long.
    return lambda cell: cell if _CANONICAL_NUMBER.fullmatch(cell) else str(parse(cell))


def account_number(_writing: Writing) -> Read:
    """A Home Internet account number: digits, leading zeros kept."""

    def read(cell: str) -> str:
        number = _unwrapped(cell).removeprefix("'")
        if not re.fullmatch(r"[0-9]{1,16}", number):
            raise BadValue(f"'{cell}' is not an account number: up to 16 digits")
        return number

    return read


def other_party(_writing: Writing) -> Read:
    """A number, short number or name at the other end; numbers in their canonical form."""
    plain = text(40)(Writing())

    def read(cell: str) -> str:
        if cell.isdigit() and len(cell) != 10:
            return cell[:40]
        try:
            return str(Msisdn.parse(cell))
        except NotANumber:
            return str(plain(cell.removeprefix("+") if cell[1:].isdigit() else cell))

    return read


def _unwrapped(cell: str) -> str:
    wrapped = _FORMULA_TEXT.fullmatch(cell)
    return wrapped[1].strip() if wrapped else cell


def money(*, signed: bool = False) -> Reader:
    """Hryvnias, exact to the kopiyka; below zero only where that can be."""

    def reader(writing: Writing) -> Read:
        def read(cell: str) -> Money:
            value = numbers.number(_CURRENCY.sub("", cell), writing.decimal) * writing.multiply * 100
            if value.denominator != 1 and not writing.round:
                raise BadValue(f"'{cell}' is more precise than a kopiyka; set `round` to round it")
            if value < 0 and not signed:
                raise BadValue(f"'{cell}' is below zero")
            if abs(value) > MONEY_MAX:
                raise BadValue(f"'{cell}' is too large")
            return Money(numbers.rounded(value))

        return read

    return reader


def quantity(writing: Writing) -> Read:
    """Seconds, bytes or pieces; never below zero. What has been converted from other units is rounded."""
    factor = 1 if writing.multiply == 1 else writing.multiply

    def read(cell: str) -> int:
        value = numbers.quantity(cell, writing.decimal) * factor
        if value < 0:
            raise BadValue(f"'{cell}' is below zero")
        if value > QUANTITY_MAX:
            raise BadValue(f"'{cell}' is too large")
        plain = writing.multiply == 1 and not cell[-1:].isalpha() and not writing.round
        if value.denominator != 1 and plain:
            raise BadValue(f"'{cell}' is not a whole number")
        return numbers.rounded(value)

    return read


def whole_number(writing: Writing) -> Read:
    """A small whole number, as a position in a list."""

    def read(cell: str) -> int:
        value = numbers.number(cell, writing.decimal)
        if value.denominator != 1 or not 0 <= int(value) < 2**31:
            raise BadValue(f"'{cell}' is not a whole number from 0")
        return int(value)

    return read


def degrees(limit: int) -> Reader:
    """A coordinate in decimal degrees."""

    def reader(writing: Writing) -> Read:
        def read(cell: str) -> float:
            value = numbers.number(cell.removesuffix("°"), writing.decimal or _decimal_of_degrees(cell))
            if abs(float(value)) > limit:
                raise BadValue(f"'{cell}' is no coordinate: beyond {limit} degrees")
            return float(value)

        return read

    return reader


def _decimal_of_degrees(cell: str) -> str:
    # No coordinate has thousands: 50,450 cannot be but fifty and a half.
    return "," if "," in cell else "."


def moment(writing: Writing) -> Read:
    """A date or time; see `moments`."""
    return moments.reader(writing.formats, writing.zone)


def boolean(_writing: Writing) -> Read:
    """Yes or no."""

    def read(cell: str) -> bool:
        word = cell.casefold()
        if word in _YES or word in _NO:
            return word in _YES
        raise BadValue(f"'{cell}' is neither yes nor no")

    return read


def one_of(enum: type[StrEnum]) -> Reader:
    """A member of this enumeration by its value."""
    known = {member.value: member for member in enum}

    def read(cell: str) -> StrEnum:
        try:
            return known[cell.casefold()]
        except KeyError:
            raise BadValue(f"'{cell}' is none of {', '.join(known)}") from None

    return lambda _writing: read


def checked(check: Callable[[str], str], max_length: int) -> Reader:
    """Text that this function accepts and returns."""
    plain = text(max_length)(Writing())
    return lambda _writing: lambda cell: check(plain(cell))
