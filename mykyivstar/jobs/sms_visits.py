"""The words of SMS about visits to service centres, and what is given out there (A8)."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.visits.own import address_of
from mykyivstar.formatting.dates import format_date, format_time
from mykyivstar.i18n import tr

OF_VISITS = {
    SmsTemplate.VISIT_BOOKED,
    SmsTemplate.VISIT_MOVED,
    SmsTemplate.VISIT_REMINDER,
    SmsTemplate.VISIT_CALLED_OFF,
    SmsTemplate.TEMPORARY_PASSWORD_ISSUED,
}


def visit_text(template: SmsTemplate, language: Language, params: Mapping[str, str], site: str) -> str:
    """The message as it is sent, in one part in English and a few otherwise; `site` is our address for its link."""
    if template is SmsTemplate.TEMPORARY_PASSWORD_ISSUED:
        return tr(language, "A service centre gave out a password to your My Kyivstar. Not you? Call 466")
    at = datetime.fromisoformat(params["at"])
    said = {
        "number": params["number"],
        "when": f"{format_date(at, language, 'short')} {format_time(at)}",
        "place": params["place"],
        "link": address_of(site, params["visit"]),
    }
    if template is SmsTemplate.VISIT_CALLED_OFF:
        return tr(
            language, "Visit {number} is called off: {place} is closed on {when}. Sorry! Another visit: {link}", **said
        )
    said["bring"] = _bring(params["purpose"], language)
    match template:
        case SmsTemplate.VISIT_MOVED:
            return tr(language, "Visit {number} is moved: {when}, {place}. Bring {bring}. {link}", **said)
        case SmsTemplate.VISIT_REMINDER:
            return tr(language, "Visit {number} is tomorrow: {when}, {place}. Bring {bring}. {link}", **said)
        case _:
            return tr(language, "Visit {number}: {when}, {place}. Bring {bring}. Move or cancel: {link}", **said)


def _bring(purpose: str, language: Language) -> str:
    if purpose == "access":
        return tr(language, "your passport and the phone")
    if purpose == "sim":
        return tr(language, "your passport and the SIM, if any")
    if purpose == "data":
        return tr(language, "your passport and papers on the change")
    return tr(language, "your passport")
