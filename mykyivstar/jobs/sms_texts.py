"""The words of every SMS. A code stands first, what it allows next (O9), and all of it fits one part."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.delivery import Wording
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.dates import format_date, format_time
from mykyivstar.formatting.money import format_money
from mykyivstar.i18n import tr
from mykyivstar.jobs.sms_applications import OF_APPLICATIONS, application_text
from mykyivstar.jobs.sms_automatic import OF_AUTOMATIC, automatic_text
from mykyivstar.jobs.sms_billing import OF_BILLING, billing_text
from mykyivstar.jobs.sms_blocking import OF_BLOCKING, blocking_text
from mykyivstar.jobs.sms_faults import OF_FAULTS, fault_text
from mykyivstar.jobs.sms_internet import OF_INTERNET, internet_text
from mykyivstar.jobs.sms_limits import OF_LIMITS, limit_text
from mykyivstar.jobs.sms_support import OF_SUPPORT, support_text
from mykyivstar.jobs.sms_visits import OF_VISITS, visit_text

_OF_OTHERS = (
    (OF_APPLICATIONS, application_text),
    (OF_AUTOMATIC, automatic_text),
    (OF_INTERNET, internet_text),
    (OF_FAULTS, fault_text),
    (OF_LIMITS, limit_text),
    (OF_BILLING, billing_text),
    (OF_BLOCKING, blocking_text),
)
_OF_TRANSFERS = {SmsTemplate.CODE_TRANSFER, SmsTemplate.TRANSFER_GIVEN, SmsTemplate.TRANSFER_GOT}


def wording(site: str) -> Wording:
    """What the outbox is given to write SMS with; `site` is our address for the links in them."""

    def words(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
        return sms_text(template, language, params, site=site)

    return words


def sms_text(template: SmsTemplate, language: Language, params: Mapping[str, str], *, site: str = "") -> str:
    """The message as it is sent; signs outside the basic SMS alphabet are avoided in English."""
    if template in OF_SUPPORT:
        return support_text(template, language, params, site)
    if template in OF_VISITS:
        return visit_text(template, language, params, site)
    if template in _OF_TRANSFERS:
        return _transfer(template, language, params)
    for which, words in _OF_OTHERS:
        if template in which:
            return words(template, language, params)
    return _code(template, language, params["code"]) if "code" in params else _notice(template, language, params)


def _notice(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    match template:
        case SmsTemplate.NEW_SIGN_IN:
            return _new_sign_in(language, params)
        case SmsTemplate.PASSWORD_CHANGED:
            return tr(language, "Your My Kyivstar password was changed. Not you? Call 466")
        case SmsTemplate.TEMPORARY_PASSWORD:
            return tr(language, "My Kyivstar: login {login}, password {password} for 3 days. Never share it", **params)
        case SmsTemplate.SECRET_QUESTION_USED:
            return tr(language, "Your secret question was answered to recover My Kyivstar. Not you? Call 466")
        case SmsTemplate.PASSKEY_ADDED:
            return tr(language, "A passkey was added to your My Kyivstar. Not you? Call 466")
        case SmsTemplate.SMS_SWITCHED_OFF:
            return tr(language, "SMS at sign-in to My Kyivstar is now off. Not you? Call 466")
        case _:
            raise AssertionError(f"{template} has no words")


def _code(template: SmsTemplate, language: Language, code: str) -> str:
    match template:
        case SmsTemplate.CODE_REGISTER:
            return tr(language, "{code} is your code to register in My Kyivstar. Never share it", code=code)
        case SmsTemplate.CODE_SIGN_IN:
            return tr(language, "{code} is your code to sign in to My Kyivstar. Never share it", code=code)
        case SmsTemplate.CODE_RECOVER:
            return tr(language, "{code} is your code for a new My Kyivstar password. Never share it", code=code)
        case SmsTemplate.CODE_ADD_LINE:
            return tr(language, "{code} is the code that adds your number to a profile. Never share it", code=code)
        case SmsTemplate.CODE_SWITCH_OFF_SMS:
            return tr(language, "{code} is your code to switch off SMS at sign-in. Never share it", code=code)
        case SmsTemplate.CODE_FRESH_PROOF:
            return tr(language, "{code} is your code to confirm it is you in My Kyivstar. Never share it", code=code)
        case _:
            raise AssertionError(f"{template} has no words")


def _transfer(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    said = {name: params[name] for name in ("code", "to", "by") if name in params}
    said["amount"] = _amount(int(params["kopiykas"]), language)
    match template:
        case SmsTemplate.CODE_TRANSFER:
            return tr(language, "{code} is the code for your transfer of {amount} to {to}. Never share it", **said)
        case SmsTemplate.TRANSFER_GIVEN:
            return tr(language, "Transferred {amount} to {to}. Not you? Call 466", **said)
        case SmsTemplate.TRANSFER_GOT:
            return tr(language, "{amount} arrived on your account, transferred from {by}. My Kyivstar", **said)
        case _:
            raise AssertionError(f"{template} has no words")


def _amount(kopiykas: int, language: Language) -> str:
    """As everywhere, but in English in words: the sign of the hryvnia is none of the basic SMS alphabet."""
    written = format_money(kopiykas, language)
    return f"{written[:-2]} UAH" if language is Language.EN else written


def _new_sign_in(language: Language, params: Mapping[str, str]) -> str:
    at = datetime.fromisoformat(params["at"])
    moment = f"{format_date(at, language, 'short')} {format_time(at)}"
    browser = params["browser"] or tr(language, "Unknown browser")
    return tr(language, "New sign-in: {browser}, {moment}. Not you? Call 466", browser=browser, moment=moment)
