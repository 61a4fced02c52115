"""The words of SMS about requests, and of the desk's codes."""

from collections.abc import Mapping

from mykyivstar.domain.feedback.requests import address_of
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.i18n import tr

OF_SUPPORT = {SmsTemplate.CODE_STAFF, SmsTemplate.TICKET_ANSWERED, SmsTemplate.REQUEST_ANSWERED}
# Signs of an SMS that is one part, in Cyrillic.
_PART = 70


def support_text(template: SmsTemplate, language: Language, params: Mapping[str, str], site: str) -> str:
    """The message as it is sent; `site` is our address for the links in it."""
    if template is SmsTemplate.CODE_STAFF:
        return tr(language, "{code} is your code to sign in to the My Kyivstar desk. Never share it", **params)
    if template is SmsTemplate.REQUEST_ANSWERED:
        return _with_link(language, params["number"], address_of(site, params["request"]))
    return tr(language, "Your request {number} has an answer: see Support in My Kyivstar", **params)


def _with_link(language: Language, number: str, link: str) -> str:
    """The address has to be whole, so at a long one the number is left out."""
    whole = tr(language, "Answer to {number}: {link}", number=number, link=link)
    return whole if len(whole) <= _PART else tr(language, "My Kyivstar, answer: {link}", link=link)
