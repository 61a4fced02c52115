"""A letter as it travels: MIME, with a Message-ID that is always the same for the same letter."""

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from mykyivstar.ports.mail import Letter


def mime(letter: Letter, *, sender: str, at: datetime) -> EmailMessage:
    """The letter from `sender` ("My Kyivstar <no-reply@example.ua>"), written at `at`."""
    name, address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{message_name(letter.key)}@{address.rpartition('@')[2]}>"
    message["Date"] = format_datetime(at)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    # Nobody wrote it by hand: holiday answers and bounces of bounces are not wanted (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for attachment in letter.attachments:
        kind, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, maintype=kind, subtype=subtype, filename=attachment.name)
    return message


def message_name(key: str) -> str:
    """What is unique about the letter, safe in a Message-ID and in a file name."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
