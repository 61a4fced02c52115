"""The words of the SMS about fees that wait and bonuses that arrive (I2)."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.i18n import tr

OF_BILLING = {SmsTemplate.BONUS_ARRIVED, SmsTemplate.FEE_WAITS}


def billing_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent; see `sms_texts`."""
    match template:
        case SmsTemplate.BONUS_ARRIVED:
            day = format_date(datetime.fromisoformat(params["at"]), language, "short")
            return tr(language, "Bonuses arrived: {bonuses}. Spend them before {day}. My Kyivstar", **_of(params, day))
        case SmsTemplate.FEE_WAITS:
            fee, missing = (_amount(int(params[name]), language) for name in ("kopiykas", "missing_kopiykas"))
            said = {"fee": fee, "missing": missing}
            return tr(language, "Fee {fee} was not taken: {missing} missing. Top up, and it is taken at once", **said)
        case _:
            raise AssertionError(f"{template} has no words")


def _of(params: Mapping[str, str], day: str) -> dict[str, str]:
    return {"bonuses": params["bonuses"], "day": day}


def _amount(kopiykas: int, language: Language) -> str:
    """In English in words: the sign of the hryvnia is none of the basic SMS alphabet."""
    written = format_money(kopiykas, language)
    return f"{written[:-2]} UAH" if language is Language.EN else written
