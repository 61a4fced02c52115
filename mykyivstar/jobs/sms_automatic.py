"""The words of the SMS about promised payments and auto top-ups (N1, N2)."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.i18n import tr

OF_AUTOMATIC = {template for template in SmsTemplate if template.value.startswith(("promise_", "auto_top_up_"))}


def automatic_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent; see `sms_texts`."""
    said = {name: value for name, value in params.items() if name in {"number", "card"}}
    for name, value in params.items():
        if name.endswith("kopiykas"):
            said[name.removesuffix("kopiykas").removesuffix("_") or "amount"] = _amount(int(value), language)
    if "at" in params:
        said["day"] = format_date(datetime.fromisoformat(params["at"]), language, "short")
    if "reason" in params:
        said["reason"] = _reason(params["reason"], language)
    return _promise(template, language, said) or _auto(template, language, said)


def _promise(template: SmsTemplate, language: Language, said: Mapping[str, str]) -> str:
    match template:
        case SmsTemplate.PROMISE_GIVEN:
            words = tr(language, "Promised payment: {amount}, price {price}. Goes back from your next top-up", **said)
            return words + tr(language, ", at the latest after {day}", **said)
        case SmsTemplate.PROMISE_DUE:
            return tr(language, "Promised payment: top up {amount} by {day}, or it is taken from the balance", **said)
        case SmsTemplate.PROMISE_REPAID:
            return tr(language, "Promised payment is paid back: {amount} taken from the balance. Thank you", **said)
        case SmsTemplate.PROMISE_PARTLY_REPAID:
            return tr(language, "Promised payment: {amount} went back, {owed} is left until {day}", **said)
        case _:
            return ""


def _auto(template: SmsTemplate, language: Language, said: Mapping[str, str]) -> str:
    match template:
        case SmsTemplate.AUTO_TOP_UP_SOON:
            return tr(language, "Auto top-up: {day} {number} gets {amount} from card {card}. Off: My Kyivstar", **said)
        case SmsTemplate.AUTO_TOP_UP_DONE:
            return tr(language, "Auto top-up: {number} has got {amount} from your card. My Kyivstar", **said)
        case SmsTemplate.AUTO_TOP_UP_FAILED:
            return tr(language, "Auto top-up of {number} failed: {reason}. We try again on {day}", **said)
        case SmsTemplate.AUTO_TOP_UP_PAUSED:
            return tr(language, "Auto top-up of {number} is paused: {reason}. Mend it in My Kyivstar", **said)
        case _:
            raise AssertionError(f"{template} has no words")


def _reason(code: str, language: Language) -> str:
    card = tr(language, "the bank refuses this card")
    limit = tr(language, "the limit of the card is reached")
    words = {
        "card_expired": card,
        "wrong_card": card,
        "suspected_fraud": card,
        "card_limit": limit,
        "internet_not_allowed": limit,
        "card_removed": tr(language, "its card was removed"),
        "not_enough_money": tr(language, "not enough money on the card"),
        "month_cap": tr(language, "your limit for the month is reached"),
        "target_gone": tr(language, "the number takes no money"),
        "unreachable": tr(language, "the bank did not answer"),
    }
    return words.get(code) or tr(language, "the bank refused the payment")


def _amount(kopiykas: int, language: Language) -> str:
    """In English in words: the sign of the hryvnia is none of the basic SMS alphabet."""
    written = format_money(kopiykas, language)
    return f"{written[:-2]} UAH" if language is Language.EN else written
