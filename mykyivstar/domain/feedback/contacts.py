"""Where somebody wants the answer: one field that takes an e-mail address or a mobile number."""

from dataclasses import dataclass

from mykyivstar.domain.feedback.errors import ContactTakesNoSms, ContactUnfit
from mykyivstar.domain.support.tickets.models import AnswerBy
from mykyivstar.kit.email import NotAnEmail, parse_email
from mykyivstar.kit.msisdn import Msisdn, NotANumber, NotMobile


@dataclass(frozen=True, slots=True)
class Contact:
    """Where an answer goes: `email` or `phone`, neither for a customer's own number and My Kyivstar."""

    email: str | None = None
    phone: Msisdn | None = None

    @property
    def way(self) -> AnswerBy:
        """How it goes there."""
        return AnswerBy.EMAIL if self.email else AnswerBy.SMS

    @property
    def key(self) -> str:
        """What is counted of it, "" for neither: however an address is written, it is one person's."""
        return (self.email or "").lower() or (self.phone.digits if self.phone else "")


def parse_contact(typed: str) -> Contact:
    """The address or number as it was meant. Raises ContactUnfit, ContactTakesNoSms."""
    try:
        return Contact(email=parse_email(typed)) if "@" in typed else Contact(phone=Msisdn.parse_mobile(typed))
    except NotMobile:
        raise ContactTakesNoSms from None
    except (NotAnEmail, NotANumber):
        raise ContactUnfit from None
