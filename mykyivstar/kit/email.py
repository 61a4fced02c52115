"""E-mail addresses as people type them."""

import re

from mykyivstar.kit.errors import CustomerError

# One address that mail programs and servers agree on: no comments, no quoted names, no address literals.
_LOCAL = r"[A-Za-z0-9_+\-](?:[A-Za-z0-9_+.\-]{0,62}[A-Za-z0-9_+\-])?"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_LOCAL})@({_LABEL}(?:\.{_LABEL})+)")
LENGTH_MAX = 254


class NotAnEmail(CustomerError):
    """What was typed is not an e-mail address."""

    code = "email.not_an_email"
    sentence = "Enter an e-mail address, for example {example}."
    field = "email"

    def __init__(self) -> None:
        super().__init__(example="olena@example.com")


def parse_email(text: str) -> str:
    """The address as it is written to, its domain in lower case; domains in national letters as punycode.

    Raises NotAnEmail.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        domain = domain.lower().encode("idna").decode("ascii") if at else ""
    except UnicodeError:
        raise NotAnEmail from None
    address = f"{local}@{domain}"
    if len(address) > LENGTH_MAX or ".." in local or not _ADDRESS.fullmatch(address):
        raise NotAnEmail
    return address
