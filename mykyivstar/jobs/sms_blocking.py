"""The words of SMS about blocked lines (G1)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.dates import format_time
from mykyivstar.i18n import tr

OF_BLOCKING: Final = frozenset(
    {
        SmsTemplate.CODE_UNBLOCK,
        SmsTemplate.LINE_BLOCK_ASKED,
        SmsTemplate.LINE_BLOCKED,
        SmsTemplate.LINE_UNBLOCKED,
    }
)


def blocking_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent; see `sms_texts`."""
    number = params["number"]
    match template:
        case SmsTemplate.CODE_UNBLOCK:
            return tr(language, "{code} is the code to unblock {number}. Never share it", **params)
        case SmsTemplate.LINE_BLOCK_ASKED:
            time = format_time(datetime.fromisoformat(params["at"]))
            return tr(language, "{number} will be blocked by {time}. Not you? Call 466", number=number, time=time)
        case SmsTemplate.LINE_BLOCKED:
            return tr(language, "{number} is blocked. Not you? Call 466", number=number)
        case SmsTemplate.LINE_UNBLOCKED:
            return tr(language, "{number} is unblocked. Not you? Call 466", number=number)
        case _:
            raise AssertionError(f"{template} has no words")
