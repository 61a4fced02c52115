"""Addresses taken apart, so that an event in a street finds whoever lives there (N7).

What is compared are keys: without capitals, accents of writing and the words for "city" and "street". A street is
meant where no other word stands, so „Соборна“ is „вул. Соборна“, and „пл. Соборна“ is another place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mykyivstar.kit.text import search_key

_CITY_WORDS: Final = frozenset(
    {"м", "місто", "г", "гор", "город", "с", "село", "смт", "с-ще", "сел", "селище", "хутір", "х", "city"}
)
_STREET_WORDS: Final = {
    "": ("вул", "вулиця", "ул", "улица", "st", "street"),
    "проспект": ("просп", "пр", "пр-т", "пр-кт", "проспект", "ave", "avenue"),
    "бульвар": ("бул", "б-р", "бульв", "бульвар"),
    "площа": ("пл", "площа", "площадь", "майдан", "sq"),
    "провулок": ("пров", "провулок", "пер", "переулок"),
    "шосе": ("шосе", "шоссе"),
    "узвіз": ("узвіз", "спуск"),
    "набережна": ("наб", "набережна", "набережная"),
    "проїзд": ("проїзд", "проезд"),
    "алея": ("алея", "аллея"),
    "тупик": ("тупик", "туп"),
    "мікрорайон": ("мкр", "мкрн", "мікрорайон", "микрорайон", "ж/м", "масив"),
}
_STREET_KIND: Final = {word: kind for kind, words in _STREET_WORDS.items() for word in words}
_NOT_A_PLACE = re.compile(r"\d{5}|україна|украина|ukraine|.*\bобл(асть)?\b\.?.*|.*\b(р-н|район)\b.*")
_FLAT = re.compile(r"(кв|квартира|оф|офіс|офис|під'їзд|під|прим|кімн)\b.*")
_HOUSE_WORD = re.compile(r"^(буд|будинок|б|д|дом|house)\b\.?\s*")
_HOUSE = re.compile(r"(\d{1,4})\s*-?\s*([а-яіїєґ]?)\s*(?:/\s*(\d{1,4})\s*([а-яіїєґ]?))?")
_HOUSE_AT_THE_END = re.compile(r"(.*[^\d\s/-])\s+(\d{1,4}\s*-?\s*[а-яіїєґ]?(?:/\d{1,4}[а-яіїєґ]?)?)")
_RANGE = re.compile(r"(\d{1,4})\s*[-–—]\s*(\d{1,4})\s*([^\W\d]*)\.?")
_QUOTES = str.maketrans("", "", '"«»“”„')
# Letters that look alike are the same letter of a house.
_LETTERS = str.maketrans("aceikoptxy", "асеікортху")
_ODD: Final = frozenset({"odd", "непарні", "непарн", "нечётные", "нечетные", "нечет"})
_EVEN: Final = frozenset({"even", "парні", "парн", "чётные", "четные", "чет"})


class HousesUnreadable(ValueError):
    """The houses of an event are not written as they can be; the message says which part, for the operator."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address in comparable parts; "" where it does not say."""

    city: str
    street: str
    house: str


def parse_address(address: str) -> Place:
    """The parts of an address as the register writes it: "м. Київ, вул. Лесі Українки, 14, кв. 27"."""
    parts = [search_key(part.translate(_QUOTES)) for part in address.split(",")]
    parts = [part for part in parts if part and not _NOT_A_PLACE.fullmatch(part)]
    city = street = house = ""
    for part in parts:
        if _FLAT.fullmatch(part):
            break
        if street and not house and (found := house_key(part)):
            house = found
        elif not city and (_has_word(part, _CITY_WORDS) or not _has_word(part, _STREET_KIND)):
            city = city_key(part)
        elif not street:
            street, house = _street_and_house(part)
    return Place(city, street, house)


def city_key(text: str) -> str:
    """A city as it is compared: "м. Київ" and "Київ" are the same."""
    words = _words(text)
    if len(words) > 1 and words[0].rstrip(".") in _CITY_WORDS:
        words = words[1:]
    return " ".join(words)


def street_key(text: str) -> str:
    """A street as it is compared; a square, an avenue and so on say what they are, a street does not."""
    words = _words(text)
    for place in (0, -1):
        kind = _STREET_KIND.get(words[place].rstrip(".")) if len(words) > 1 else None
        if kind is not None:
            del words[place]
            return " ".join([*([kind] if kind else []), *words])
    return " ".join(words)


def house_key(text: str) -> str:
    """A house as it is compared: "14", "14а", "14/2"; "" for what is none."""
    written = _HOUSE_WORD.sub("", search_key(text)).translate(_LETTERS)
    match = _HOUSE.fullmatch(written)
    if match is None:
        return ""
    number, letter, corner, corner_letter = match.groups(default="")
    return f"{int(number)}{letter}" + (f"/{int(corner)}{corner_letter}" if corner else "")


def are_houses(houses: str) -> str:
    """The text as it is, if it names houses: "1-25 odd, 30, 17а". Raises HousesUnreadable."""
    for item in _items(houses):
        if (match := _RANGE.fullmatch(item)) is not None:
            if int(match[1]) > int(match[2]):
                raise HousesUnreadable(f"'{item}' ends before it begins")
            if match[3] and match[3] not in _ODD | _EVEN:
                raise HousesUnreadable(f"'{match[3]}' is neither odd nor even")
        elif not house_key(item):
            raise HousesUnreadable(f"'{item}' is no house; write 14, 14а, 14/2, 1-25 or 1-25 odd")
    return houses


def is_touched(place: Place, *, city: str, street: str, houses: str) -> bool:
    """Whether an event there (keys, and houses as the file writes them) touches this address.

    Without a street the whole city is meant, without houses the whole street. A bare number means its lettered and
    corner houses too; an address without a house is touched by whole streets only.
    """
    if place.city != city or not city:
        return False
    if not street:
        return True
    if place.street != street:
        return False
    return not houses.strip() or (bool(place.house) and any(_covers(item, place.house) for item in _items(houses)))


def _covers(item: str, house: str) -> bool:
    number_text = re.match(r"\d+", house)
    assert number_text is not None, "a house begins with its number"
    number = int(number_text[0])
    if (match := _RANGE.fullmatch(item)) is not None:
        is_right_side = match[3] not in (_EVEN if number % 2 else _ODD)
        return int(match[1]) <= number <= int(match[2]) and is_right_side
    wanted = house_key(item)
    return wanted == house or (wanted.isdigit() and int(wanted) == number)


def _items(houses: str) -> Sequence[str]:
    return [item for part in re.split(r"[,;]", houses) if (item := search_key(part))]


def _street_and_house(part: str) -> tuple[str, str]:
    """The two, where one part says both: "вул. хрещатик 22"."""
    match = _HOUSE_AT_THE_END.fullmatch(part)
    if match is not None and (house := house_key(match[2])):
        return street_key(re.sub(r"\s*\b(буд|будинок|д|дом)\.?$", "", match[1])), house
    return street_key(part), ""


def _has_word(part: str, words: frozenset[str] | dict[str, str]) -> bool:
    """Whether the first or last word says what it is."""
    found = _words(part)
    return len(found) > 1 and (found[0].rstrip(".") in words or found[-1].rstrip(".") in words)


def _words(text: str) -> list[str]:
    # "вул.Соборна" is written without a space as well.
    return re.sub(r"\.(?=\S)", ". ", search_key(text.translate(_QUOTES))).split()
