"""The words of the SMS about home internet (H1, H3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.i18n import tr

OF_INTERNET: Final = frozenset(
    {
        SmsTemplate.INTERNET_OFF,
        SmsTemplate.INTERNET_ON,
        SmsTemplate.INTERNET_SUSPENDED,
        SmsTemplate.INTERNET_HOLIDAY_REFUSED,
    }
)


def internet_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent; see `sms_texts`."""
    number = params["number"]
    match template:
        case SmsTemplate.INTERNET_OFF:
            amount = _amount(int(params["kopiykas"]), language)
            return tr(language, "Home internet {number} is off for debt. Top up {amount}", number=number, amount=amount)
        case SmsTemplate.INTERNET_ON:
            return tr(language, "Home internet {number} works again. My Kyivstar", number=number)
        case SmsTemplate.INTERNET_SUSPENDED:
            return tr(language, "Home internet {number} is suspended, as you asked. My Kyivstar", number=number)
        case SmsTemplate.INTERNET_HOLIDAY_REFUSED:
            day = format_date(datetime.fromisoformat(params["at"]), language, "short")
            return tr(language, "Home internet {number}: no suspension from {day}", number=number, day=day) + tr(
                language, ", its price is back"
            )
        case _:
            raise AssertionError(f"{template} has no words")


def _amount(kopiykas: int, language: Language) -> str:
    """In English in words: the sign of the hryvnia is none of the basic SMS alphabet."""
    written = format_money(kopiykas, language)
    return f"{written[:-2]} UAH" if language is Language.EN else written
