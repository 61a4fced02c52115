"""What the SMS say."""

import pytest

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.jobs.sms_texts import sms_text

CODES = [template for template in SmsTemplate if "code" in template.params]
GSM_LETTERS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;?!'\"()-+/@_*%\n")
ONE_PART = {Language.UK: 70, Language.RU: 70, Language.EN: 160}
VALUES = {"code": "K7MD", "browser": "Chrome", "at": "2026-11-22T10:05:00+00:00", "login": "0004477622"}
VALUES |= {"password": "q8Rt2mZx", "kopiykas": "100000", "to": "067*****02", "by": "067*****01"}

VALUES |= {"price_kopiykas": "500", "owed_kopiykas": "2500", "number": "067 100 00 01", "card": "*1902"}
VALUES |= {"reason": "not_enough_money"}
VALUES |= {"until": "2026-11-23T04:05:00+00:00"}
VALUES |= {"request": "Kq7wRt2mZx9pLs4v"}
VALUES |= {"bonuses": "50", "missing_kopiykas": "2500"}
VALUES |= {"place": "Kyiv, 1 Khreshchatyk St", "purpose": "access", "visit": "Kq7wRt2mZx9pLs4v"}
VALUES |= {"unit": "bytes", "most": "21474836480"}
# Said in other words than these.
UNSAID = {"missing_kopiykas", "unit", "most", "at", "until", "kopiykas", "price_kopiykas", "owed_kopiykas", "reason"}
UNSAID |= {"purpose"}


def text_of(template: SmsTemplate, language: Language) -> str:
    return sms_text(template, language, {name: VALUES[name] for name in template.params})


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("template", CODES)
def test_a_code_stands_first_is_not_to_be_told_and_fits_one_part(template: SmsTemplate, language: Language) -> None:
    text = text_of(template, language)
    assert text.startswith("K7MD ")
    assert {"uk": "не кажіть", "ru": "не говорите", "en": "Never share"}[language] in text
    assert len(text) <= ONE_PART[language], text


@pytest.mark.parametrize("language", Language)
def test_every_code_says_something_else_about_what_it_allows(language: Language) -> None:
    assert len({text_of(template, language) for template in CODES}) == len(CODES)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("template", SmsTemplate)
def test_every_template_has_words_in_every_language(template: SmsTemplate, language: Language) -> None:
    text = text_of(template, language)
    assert "{" not in text
    assert all(VALUES[name] in text for name in template.params - UNSAID)
    assert bool(set(text.lower()) & set("абвгдежзик")) is (language is not Language.EN)


@pytest.mark.parametrize("template", SmsTemplate)
def test_english_stays_in_the_basic_alphabet_where_a_part_has_160_signs(template: SmsTemplate) -> None:
    text = text_of(template, Language.EN)
    assert set(text) <= GSM_LETTERS
    assert len(text) <= 160


@pytest.mark.parametrize("language", Language)
def test_a_new_sign_in_is_told_with_the_kyiv_time(language: Language) -> None:
    assert "22.11.2026 12:05" in text_of(SmsTemplate.NEW_SIGN_IN, language)


@pytest.mark.parametrize("language", Language)
def test_a_browser_without_a_name_is_told_as_unknown(language: Language) -> None:
    text = sms_text(SmsTemplate.NEW_SIGN_IN, language, {"browser": "", "at": VALUES["at"]})
    assert {"uk": "Невідомий браузер", "ru": "Неизвестный браузер", "en": "Unknown browser"}[language] in text
    assert len(text) <= ONE_PART[language]


@pytest.mark.parametrize(("language", "amount"), [("uk", "1 000,00 ₴"), ("ru", "1 000,00 ₴"), ("en", "1,000.00 UAH")])
@pytest.mark.parametrize("template", [SmsTemplate.CODE_TRANSFER, SmsTemplate.TRANSFER_GIVEN, SmsTemplate.TRANSFER_GOT])
def test_a_transfer_is_told_with_its_sum_in_one_part(template: SmsTemplate, language: str, amount: str) -> None:
    text = text_of(template, Language(language))
    assert amount in text.replace("\u00a0", " ")
    assert len(text) <= ONE_PART[Language(language)], text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("site", ["https://my.kyivstar.ua", "http://localhost:3000", "https://my.kyivstar-test.com.ua"])
def test_an_answer_is_told_with_its_whole_address_in_one_part(language: Language, site: str) -> None:
    params = {"number": "T-000123", "request": "Kq7wRt2mZx9pLs4v"}
    text = sms_text(SmsTemplate.REQUEST_ANSWERED, language, params, site=site)
    assert text.endswith(f" {site}/contact/Kq7wRt2mZx9pLs4v")
    assert len(text) <= ONE_PART[language], text
