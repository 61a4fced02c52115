"""The words of SMS about requests, and of the desk's codes."""

from collections.abc import Mapping

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.i18n import tr

OF_SUPPORT = {SmsTemplate.CODE_STAFF, SmsTemplate.TICKET_ANSWERED}


def support_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent."""
    if template is SmsTemplate.CODE_STAFF:
        return tr(language, "{code} is your code to sign in to the My Kyivstar desk. Never share it", **params)
    return tr(language, "Your request {number} has an answer: see Support in My Kyivstar", **params)
