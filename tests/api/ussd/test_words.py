"""Every text of the menu fits 182 characters in each language, with the longest values there can be (I5)."""

import inspect
import pkgutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest

from mykyivstar import domain
from mykyivstar.api.ussd_words import ussd_text
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.ussd.promising import SUMS_MAX
from mykyivstar.domain.ussd.reading import TariffStanding
from mykyivstar.domain.ussd.screens import Place, Screen, ScreenName
from mykyivstar.domain.ussd.terms import TEXT_MAX
from mykyivstar.kit import email, errors, money, msisdn
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money

GSM_LETTERS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;?!'\"()-+/@_*#\n")
MOST = Money.uah(-999_999, 99)
DAY = date(2026, 12, 30)
MOMENT = datetime(2026, 12, 30, 12, tzinfo=UTC)
LONG_NAME = {"uk": "Щ" * 200, "en": "W" * 200, "ru": "Щ" * 200}

VALUES: dict[str, Any] = {
    "balance": MOST,
    "bonus": MOST,
    "has_code": True,
    "sums": [Money.uah(9_999)] * SUMS_MAX,
    "price": MOST,
    "day": DAY,
    "amount": MOST,
    "total": MOST,
    "number": "380671000002",
    "least": MOST,
    "most": MOST,
    "left": MOST,
    "needs_code": True,
    "numbers": ["9999999999"] * 5,
    "has_grace": True,
    "has_contact": True,
    "time": MOMENT,
}


def standing(period: FeePeriod) -> TariffStanding:
    return TariffStanding(LONG_NAME, MOST, period, DAY, 999 * 2**30, 44_639 * 60 + 59)


def screens() -> Iterator[Screen]:
    """Every screen with the longest values, and the variants that look otherwise."""
    for name in ScreenName:
        if name is ScreenName.REFUSED:
            continue
        if name is ScreenName.TARIFF:
            for period in FeePeriod:
                yield Screen(name, {"standing": standing(period)}, Place.TARIFF)
            yield Screen(name, {"standing": None}, Place.TARIFF)
        elif name is ScreenName.INTERNET:
            for state in InternetState:
                yield Screen(name, VALUES | {"state": state, "day": MOMENT}, Place.INTERNET)
        elif name is ScreenName.BLOCK_CHECK:
            for has_contact in (True, False):
                yield Screen(name, VALUES | {"has_contact": has_contact}, Place.BLOCK_CHECK)
        else:
            yield Screen(name, VALUES, Place.MENU)


SCREENS = list(screens())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name.value)
def test_every_text_fits_and_is_in_its_language(screen: Screen, language: Language) -> None:
    text = ussd_text(screen, language)
    assert 0 < len(text) <= TEXT_MAX, (len(text), text)
    assert "{" not in text
    if screen.name is not ScreenName.INTERNET_CHOICE or language is not Language.EN:
        assert bool(set(text.lower()) & set("абвгдежзик")) is (language is not Language.EN)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name.value)
def test_it_still_fits_when_it_is_asked_again(screen: Screen, language: Language) -> None:
    if screen.place is None:
        return
    asked = Screen(screen.name, screen.values, screen.place, screen.typed, is_again=True)
    assert len(ussd_text(asked, language)) <= TEXT_MAX, ussd_text(asked, language)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name.value)
def test_english_stays_in_the_basic_alphabet(screen: Screen) -> None:
    assert set(ussd_text(screen, Language.EN)) <= GSM_LETTERS


def refusals() -> list[type[CustomerError]]:
    """Everything that any part of the domain refuses with: whichever of it the menu meets fits a phone."""
    for module in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        if module.name.rpartition(".")[2].endswith("errors"):
            import_module(module.name)
    assert all((email, errors, money, msisdn))
    found: list[type[CustomerError]] = []
    waiting = [CustomerError]
    while waiting:
        each = waiting.pop()
        waiting += each.__subclasses__()
        # Whatever else some other test has loaded is not asked for here.
        if each.__module__.startswith("mykyivstar.kit.") or each.__module__.endswith("errors"):
            found.append(each)
    return sorted(set(found), key=lambda each: each.code)


class _Longest(dict[str, Any]):
    """A long value for every placeholder."""

    def __missing__(self, name: str) -> Any:
        if name in {"day", "until", "at", "first", "last"}:
            return MOMENT
        if name in {"days", "minutes", "tries_left", "hours", "records"}:
            return 999
        if name in {"typed", "number", "example", "name"}:
            return "+380 67 123 45 67"
        return MOST


def made(refusal: type[CustomerError]) -> CustomerError:
    if "params" in inspect.signature(refusal).parameters:
        names = {part.partition("}")[0] for part in refusal.sentence.split("{")[1:]}
        return refusal(**{name: _Longest()[name] for name in names})
    return refusal()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.code)
def test_every_refusal_fits_and_ends_as_a_sentence(refusal: type[CustomerError], language: Language) -> None:
    text = ussd_text(Screen(ScreenName.REFUSED, refusal=made(refusal)), language)
    assert 0 < len(text) <= TEXT_MAX, (len(text), text)
    assert text[-1] in ".?!"
    assert not set(text) & set("₴“”–—−…•\u00a0\u202f")
