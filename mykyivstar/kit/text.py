"""Search and sort keys: databases without ICU get Cyrillic case and order wrong, so we store our own."""

import re
import unicodedata

_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_ORDER = {letter: chr(0x430 + index) for index, letter in enumerate(_ALPHABET)}
_RUSSIAN = {"ё": _ORDER["е"] + "1", "ы": _ORDER["и"] + "1", "э": _ORDER["є"] + "1", "ъ": _ORDER["ь"] + "0"}


def search_key(text: str) -> str:
    """Casefolded, without accents, apostrophes unified, white space collapsed; compare with LIKE."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"[’ʼ`´]", "'", folded)
    return re.sub(r"\s+", " ", folded).strip()


def sort_key(text: str) -> str:
    """A key whose byte order is the Ukrainian alphabet's (Є after Е, Ґ after Г, І and Ї after И)."""
    return "".join(_ORDER.get(letter) or _RUSSIAN.get(letter) or letter for letter in search_key(text))
