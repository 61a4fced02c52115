"""The words of the SMS about limits (N5)."""

from collections.abc import Mapping

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.volumes import format_volume
from mykyivstar.i18n import tr

OF_LIMITS = {SmsTemplate.LIMIT_NEAR, SmsTemplate.LIMIT_REACHED, SmsTemplate.LIMIT_PAUSED}


def limit_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent; see `sms_texts`."""
    said = {"number": params["number"], "limit": _limit(params["unit"], int(params["most"]), language)}
    match template:
        case SmsTemplate.LIMIT_NEAR:
            return tr(language, "{number}: 80 % of the month's limit {limit} is used. My Kyivstar", **said)
        case SmsTemplate.LIMIT_REACHED:
            return tr(language, "{number}: the month's limit {limit} is reached. My Kyivstar", **said)
        case SmsTemplate.LIMIT_PAUSED:
            return tr(language, "{number}: the limit {limit} is reached, mobile data is paused", **said)
        case _:
            raise AssertionError(f"{template} has no words")


def _limit(unit: str, most: int, language: Language) -> str:
    """In English in letters: neither the sign of the hryvnia nor the hard space is of the basic SMS alphabet."""
    if unit == "bytes":
        written = format_volume(most, language)
    else:
        written = format_money(most, language)
        written = f"{written[:-2]} UAH" if language is Language.EN else written
    return written.replace("\u00a0", " ") if language is Language.EN else written
