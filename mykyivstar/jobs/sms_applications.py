"""The words of SMS about applications, and of codes to new contacts."""

from collections.abc import Mapping

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.i18n import tr

OF_APPLICATIONS = {
    SmsTemplate.CODE_CONTACT,
    SmsTemplate.APPLICATION_FILED,
    SmsTemplate.APPLICATION_NEEDS_MORE,
    SmsTemplate.APPLICATION_APPROVED,
    SmsTemplate.APPLICATION_DECLINED,
}


def application_text(template: SmsTemplate, language: Language, params: Mapping[str, str]) -> str:
    """The message as it is sent."""
    match template:
        case SmsTemplate.CODE_CONTACT:
            return tr(language, "{code} is the code for your new contact phone. Never share it", **params)
        case SmsTemplate.APPLICATION_FILED:
            return tr(language, "Application {number} to change your data is received. Not you? Call 466", **params)
        case SmsTemplate.APPLICATION_NEEDS_MORE:
            return tr(language, "Application {number} needs something more: see Applications", **params)
        case SmsTemplate.APPLICATION_APPROVED:
            return tr(language, "Application {number} is approved, your data changed. Not you? Call 466", **params)
        case _:
            return tr(language, "Application {number} is declined. The reason: see Applications", **params)
