"""What was curated by hand is whole: names in three languages, known codes, places where they should be."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from mykyivstar.demo import cast, catalogue, files
from mykyivstar.demo.chance import chance
from mykyivstar.demo.cities import cities
from mykyivstar.domain.catalogue.models import FeePeriod, TariffKind
from mykyivstar.domain.identity.passwords import judge
from mykyivstar.domain.lines.models import Billing, Brand
from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

TODAY = date(2026, 11, 22)
LANGUAGES = {"uk", "en", "ru"}
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def every_text() -> list[tuple[str, dict[str, str]]]:
    texts = []
    for tariff in catalogue.tariffs():
        texts += [(tariff.code, tariff.name), (tariff.code, tariff.description)]
    for service in catalogue.services():
        texts += [(service.code, service.name), (service.code, service.description)]
    for announcement in catalogue.announcements(TODAY):
        texts += [(announcement.code, announcement.title), (announcement.code, announcement.body)]
    for city in cities():
        texts += [(city.code, city.name), *((city.code, district.name) for district in city.districts)]
    texts += [
        (row["en"], {lang: row[lang] for lang in LANGUAGES}) for row in (*files.rows("streets"), *files.rows("malls"))
    ]
    return texts + list(files.table("notes").items())


@pytest.mark.parametrize(("code", "text"), every_text())
def test_every_text_is_in_three_languages(code: str, text: dict[str, str]) -> None:
    assert set(text) == LANGUAGES
    assert all(said == said.strip() and said for said in text.values())
    assert CYRILLIC.search(text["uk"]) or code.startswith("home_") or "DJUICE" in text["uk"]
    assert not CYRILLIC.search(text["en"])
    assert not re.search("[іїєґ]", text["ru"].replace("«Дію»", ""))
    assert not re.search("[ыэъё]", text["uk"])


def test_the_catalogue_is_of_the_promised_size() -> None:
    assert 12 <= len(catalogue.tariffs()) <= 18
    assert 28 <= len(catalogue.services()) <= 36
    assert 55 <= len(cities()) <= 70


def test_codes_are_unique() -> None:
    for codes in (
        [tariff.code for tariff in catalogue.tariffs()],
        [service.code for service in catalogue.services()],
        [announcement.code for announcement in catalogue.announcements(TODAY)],
        [city.code for city in cities()],
    ):
        assert len(codes) == len(set(codes))


def test_each_way_of_paying_and_each_brand_has_a_tariff() -> None:
    tariffs = catalogue.tariffs()
    assert {tariff.kind for tariff in tariffs} == set(TariffKind)
    assert {tariff.brand for tariff in tariffs} == set(Brand)
    assert {FeePeriod.MONTH, FeePeriod.FOUR_WEEKS, FeePeriod.DAY} <= {tariff.fee_period for tariff in tariffs}
    assert any(tariff.excludes_bonuses for tariff in tariffs)
    assert any(tariff.kind is TariffKind.INTERNET and tariff.fee == Money.uah(100) for tariff in tariffs)


def test_packages_and_prices_name_what_the_domain_knows() -> None:
    for offer in (*catalogue.tariffs(), *catalogue.services()):
        for part in offer.package:
            assert AllowanceKind(part["kind"])
            assert part.get("is_unlimited") or part["amount"] > 0
    for tariff in catalogue.tariffs():
        assert {UsageCategory(category) for category in tariff.prices} <= set(UsageCategory)


def test_packages_are_in_seconds_and_bytes() -> None:
    wide = {part["kind"]: part["amount"] for part in catalogue.tariff("wide").package}
    assert wide["minutes_ukraine"] == 700 * 60
    assert wide["data"] == 40 * 1024**3
    assert wide["sms"] == 100


def test_exclusions_are_mutual_and_needs_can_be_met() -> None:
    services = {service.code: service for service in catalogue.services()}
    for service in services.values():
        for other in service.excludes:
            assert service.code in services[other].excludes
        for other in service.needs:
            assert other not in service.excludes
            assert services[other].for_internet == service.for_internet


def test_announcements_run_today_and_fit_different_people() -> None:
    announcements = catalogue.announcements(TODAY)
    noon = kyiv_midnight(TODAY) + timedelta(hours=12)
    assert all(a.starts_at < noon < (a.ends_at or noon) for a in announcements)
    assert {key for a in announcements for key in a.audience} == {"brand", "payment", "has_internet"}
    assert {a.kind.value for a in announcements} == {"offer", "news"}


def test_the_fixed_people_are_there() -> None:
    people = {part.key: part for part in cast.cast()}
    assert people["olena"].numbers == ["380671000001", "380671000002", "380671000003", "0004477622"]
    assert people["andrii"].numbers == ["380682000001"]
    assert people["iryna"].numbers == ["380973000001", "0007730015"]
    assert people["iryna"].lines[0].payment is Billing.CONTRACT
    assert people["maksym"].numbers == ["380964000001"]
    assert people["maksym"].lines[0].brand is Brand.DJUICE
    assert people["oksana"].numbers == [f"3806750000{suffix:02d}" for suffix in range(41)]
    assert {part.owner_kind.value for part in people.values()} == {"individual", "legal"}
    for line in cast.lines():
        assert Msisdn(line.number)
        assert len(line.nickname) <= 40


def test_the_demo_password_keeps_the_rules() -> None:
    for part in cast.cast():
        assert not judge(cast.PASSWORD, login=part.login).broken


def test_cities_lie_in_ukraine_and_districts_in_their_city() -> None:
    for city in cities():
        assert 44.3 < city.spot.latitude < 52.4
        assert 22.1 < city.spot.longitude < 40.3
        for district in city.districts:
            assert abs(district.latitude - city.spot.latitude) < 0.13
            assert abs(district.longitude - city.spot.longitude) < 0.2


def test_crimea_is_ukraine() -> None:
    named = {city.code: city for city in cities()}
    assert {"simferopol", "sevastopol", "yalta", "kerch"} <= set(named)
    assert all(named[code].stores > 0 for code in ("simferopol", "sevastopol", "yalta", "kerch"))


def test_chance_repeats_and_subjects_are_apart() -> None:
    assert chance(1, "a").random() == chance(1, "a").random()
    draws = [chance(1, "a").random(), chance(2, "a").random(), chance(1, "b").random(), chance(1, "a", 1).random()]
    assert all(left != right for left, right in pairwise(sorted(draws)))
