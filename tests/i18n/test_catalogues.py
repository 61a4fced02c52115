"""Every sentence has its translations, and nothing else stands in the files."""

import re

import pytest

from mykyivstar.i18n.catalogue import LOCALE_ROOT, Catalogue, read_catalogue
from mykyivstar.i18n.languages import PLURAL_FORMS
from mykyivstar.i18n.usage import Usage, used_sentences

PLACEHOLDER = re.compile(r"\{(\w*)\}")
LATIN = re.compile(r"[A-Za-z][A-Za-z@.\-]*")
#: Names and marks that are written in Latin letters in Ukrainian too.
LATIN_NAMES = {"DJUICE", "SMS", "SIM", "PIN", "PUK", "QR", "USSD", "PDF", "CSV", "XLSX", "JSON", "GeoJSON", "KML", "TV"}
LATIN_NAMES |= {"eSIM", "Visa", "Mastercard", "Wi-Fi", "IMEI", "CVV", "ID", "JavaScript"}
LATIN_NAMES |= {"Apple", "Google", "Android", "iPhone", "Windows"}


@pytest.fixture(scope="module")
def used() -> Usage:
    return used_sentences()


@pytest.fixture(scope="module", params=("uk", "ru"))
def catalogue(request) -> Catalogue:
    return read_catalogue(request.param)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_every_call_names_its_sentence_literally(used: Usage) -> None:
    assert used.unreadable == []


def test_no_sentence_is_translated_in_two_ways(catalogue: Catalogue) -> None:
    assert catalogue.conflicts == []


def test_every_sentence_is_translated(used: Usage, catalogue: Catalogue) -> None:
    missing = {msgid: places for msgid, places in used.texts.items() if msgid not in catalogue.texts}
    missing |= {pair[0]: places for pair, places in used.plurals.items() if pair[0] not in catalogue.plurals}
    assert missing == {}


def test_no_translation_outlives_its_sentence(used: Usage, catalogue: Catalogue) -> None:
    assert set(catalogue.texts) - set(used.texts) == set()
    assert set(catalogue.plurals) - {singular for singular, _ in used.plurals} == set()


def test_plurals_stand_in_the_files_as_in_the_code(used: Usage, catalogue: Catalogue) -> None:
    different = {s: p for s, p in used.plurals if catalogue.plural_ids.get(s, p) != p}
    assert different == {}


def test_plural_sentences_have_all_the_forms_of_the_language(catalogue: Catalogue) -> None:
    forms = len(PLURAL_FORMS[catalogue.language])
    assert {msgid: found for msgid, found in catalogue.plurals.items() if len(found) != forms} == {}


def test_translations_keep_the_placeholders(catalogue: Catalogue) -> None:
    differing = {m: text for m, text in catalogue.texts.items() if placeholders(m) != placeholders(text)}
    for singular, forms in catalogue.plurals.items():
        wanted = placeholders(catalogue.plural_ids[singular])
        differing |= {form: singular for form in forms if placeholders(form) != wanted}
    assert differing == {}


def test_translations_keep_the_outer_spaces_and_the_last_sign(catalogue: Catalogue) -> None:
    def ends(text: str) -> tuple[bool, bool, str]:
        return text[:1].isspace(), text[-1:].isspace(), text[-1] if text[-1] in ".?!:…" else ""

    assert {m: text for m, text in catalogue.texts.items() if ends(m) != ends(text)} == {}


def test_ukrainian_and_russian_texts_are_not_left_in_english(catalogue: Catalogue) -> None:
    texts = dict(catalogue.texts)
    texts |= {form: form for forms in catalogue.plurals.values() for form in forms}
    foreign = {}
    for msgid, text in texts.items():
        words = {word.strip(".-") for word in LATIN.findall(PLACEHOLDER.sub("", text))} - LATIN_NAMES
        if words:
            foreign[msgid] = sorted(words)
    assert foreign == {}


def test_ukrainian_has_no_russian_letters_nor_the_other_way_round() -> None:
    def wrong(language: str, letters: str) -> dict[str, str]:
        return {m: text for m, text in read_catalogue(language).texts.items() if set(text.lower()) & set(letters)}

    assert wrong("uk", "ыэёъ") == {}
    assert wrong("ru", "іїєґ") == {}


def test_the_files_say_their_language_and_plural_rule() -> None:
    for language in ("uk", "ru"):
        for path in (LOCALE_ROOT / language).glob("*.po"):
            head = path.read_text(encoding="utf-8")[:600]
            assert f"Language: {language}\\n" in head, path
            assert "Plural-Forms: nplurals=3;" in head, path
