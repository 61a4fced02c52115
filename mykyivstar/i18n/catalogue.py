"""Reads the .po files: several small ones per language, merged into one catalogue."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from babel.messages.pofile import read_po

_T = TypeVar("_T")

LOCALE_ROOT = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All translations of one language: sentences, and plural sentences by their singular.

    `conflicts` are sentences that two files translate differently: a mistake that a test reports; the first one wins.
    """

    language: str
    texts: dict[str, str]
    plurals: dict[str, tuple[str, ...]]
    plural_ids: dict[str, str]
    conflicts: list[str]


def read_catalogue(language: str, root: Path = LOCALE_ROOT) -> Catalogue:
    """Merge every .po file of `language`, in the order of their names."""
    found = Catalogue(language, {}, {}, {}, [])
    for path in sorted((root / language).glob("*.po")):
        with path.open("rb") as file:
            messages = list(read_po(file, locale=language))
        for message in messages:
            if not message.id or message.fuzzy or not message.string:
                continue
            if isinstance(message.id, list | tuple):
                singular, plural = message.id
                forms = tuple(message.string)
                if all(forms):
                    _keep(found, found.plurals, singular, forms)
                    found.plural_ids[singular] = plural
            else:
                _keep(found, found.texts, str(message.id), str(message.string))
    return found


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue that ships with the app, read once per process."""
    return read_catalogue(language)


def _keep(found: Catalogue, known: dict[str, _T], msgid: str, translation: _T) -> None:
    if known.setdefault(msgid, translation) != translation:
        found.conflicts.append(msgid)
