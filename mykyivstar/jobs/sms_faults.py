"""The words of the SMS about repairs and about the network at somebody's address (H4, N7)."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.formatting.dates import format_date, format_time
from mykyivstar.formatting.money import format_money
from mykyivstar.i18n import tr
from mykyivstar.kit.clock import kyiv_date

OF_FAULTS = {
    template for template in SmsTemplate if template.value.startswith(("fault_", "outage_", "works_", "downtime_"))
}


def fault_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent; see `sms_texts`."""
    said = {"number": params["number"]} if "number" in params else {}
    if "until" in params:
        said["when"] = _span(datetime.fromisoformat(params["at"]), datetime.fromisoformat(params["until"]), language)
    return _visit(template, language, said) or _other(template, language, {**said, **_amount(params, language)})


def _visit(template: SmsTemplate, language: Language, said: Mapping[str, str]) -> str:
    match template:
        case SmsTemplate.FAULT_BOOKED:
            return tr(language, "Technician's visit: {when}. To change it: My Kyivstar", **said)
        case SmsTemplate.FAULT_MOVED:
            return tr(language, "The technician's visit is moved: {when}. My Kyivstar", **said)
        case SmsTemplate.FAULT_REMINDER:
            return tr(language, "A technician comes tomorrow: {when}. My Kyivstar", **said)
        case SmsTemplate.FAULT_CONFIRMED:
            return tr(language, "The technician's visit is confirmed: {when}. My Kyivstar", **said)
        case SmsTemplate.FAULT_CALLED_OFF:
            return tr(language, "The technician cannot come {when}. Choose another time in My Kyivstar", **said)
        case _:
            return ""


def _other(template: SmsTemplate, language: Language, said: Mapping[str, str]) -> str:
    match template:
        case SmsTemplate.FAULT_TAKEN:
            return tr(language, "Repair request {number} is taken. Choose the technician's time: My Kyivstar", **said)
        case SmsTemplate.FAULT_CANCELLED:
            return tr(language, "Repair request {number} is cancelled. My Kyivstar", **said)
        case SmsTemplate.FAULT_DONE:
            return tr(language, "The repair for request {number} is done. Rate it in My Kyivstar", **said)
        case SmsTemplate.OUTAGE_OVER:
            return tr(language, "The home internet at your address works again. My Kyivstar")
        case SmsTemplate.WORKS_PLANNED:
            return tr(language, "Planned works {when}: the home internet may be off", **said)
        case SmsTemplate.DOWNTIME_CREDITED:
            return tr(language, "We return {amount} for the time without home internet. My Kyivstar", **said)
        case _:
            raise AssertionError(f"{template} has no words")


def _span(start: datetime, end: datetime, language: Language) -> str:
    """Both ends, the day once when it is the same."""
    first, last = format_date(start, language, "short"), format_date(end, language, "short")
    if kyiv_date(start) == kyiv_date(end):
        return f"{first} {format_time(start)}-{format_time(end)}"
    return f"{first} {format_time(start)} - {last} {format_time(end)}"


def _amount(params: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """In English in words: the sign of the hryvnia is none of the basic SMS alphabet."""
    if "kopiykas" not in params:
        return {}
    written = format_money(int(params["kopiykas"]), language)
    return {"amount": f"{written[:-2]} UAH" if language is Language.EN else written}
