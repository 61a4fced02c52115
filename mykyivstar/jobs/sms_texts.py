"""The words of every SMS. A code stands first, what it allows next (O9), and all of it fits one part."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.dates import format_date, format_time
from mykyivstar.i18n import tr


def sms_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent; signs outside the basic SMS alphabet are avoided in English."""
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


def _new_sign_in(language: Language, params: Mapping[str, str]) -> str:
    at = datetime.fromisoformat(params["at"])
    moment = f"{format_date(at, language, 'short')} {format_time(at)}"
    browser = params["browser"] or tr(language, "Unknown browser")
    return tr(language, "New sign-in: {browser}, {moment}. Not you? Call 466", browser=browser, moment=moment)
