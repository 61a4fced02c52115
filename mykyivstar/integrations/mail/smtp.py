"""Mail through an SMTP server, one connection a letter."""

import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import aiosmtplib

from mykyivstar.integrations.mail.message import mime
from mykyivstar.kit.clock import Clock
from mykyivstar.ports.mail import Letter, MailRejected, MailUnanswered, MailUnavailable

TIMEOUT_S = 30.0
GOODBYE_S = 3.0
_PERMANENT = 500

Encryption = Literal["starttls", "tls", "none"]


class SmtpMailGateway:
    """Hands letters to one relay. What the relay refuses for good is rejected; our own troubles there are not."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        encryption: Encryption,
        user: str,
        password: str,
        sender: str,
        clock: Clock,
        ca_file: Path | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """No `user`, no sign-in. `ca_file` is who vouches for a relay that no public authority knows."""
        trusted = None if encryption == "none" else ssl.create_default_context(cafile=ca_file)
        self._connection: Callable[[], aiosmtplib.SMTP] = lambda: aiosmtplib.SMTP(
            hostname=host,
            port=port,
            use_tls=encryption == "tls",
            start_tls=encryption == "starttls",
            tls_context=trusted,
            username=user or None,
            password=password or None,
            timeout=timeout_s,
        )
        self._sender = sender
        self._clock = clock

    async def send(self, letter: Letter) -> None:
        """Hand the letter over."""
        message = mime(letter, sender=self._sender, at=self._clock.now())
        relay = self._connection()
        try:
            # Greeting, encryption and sign-in: whatever fails here is between us and the relay, not the letter's fault.
            await relay.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailUnavailable(_about(error)) from None
        try:
            await relay.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            _refuse(error.recipients[0])
        except aiosmtplib.SMTPSenderRefused as error:
            raise MailUnavailable(_about(error)) from None
        except aiosmtplib.SMTPResponseException as error:
            _refuse(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailUnanswered(_about(error)) from None
        else:
            # The relay has the letter; whether it also hears the goodbye does not matter.
            with suppress(aiosmtplib.SMTPException, OSError):
                await relay.quit(timeout=GOODBYE_S)
        finally:
            relay.close()


def _refuse(error: aiosmtplib.SMTPResponseException) -> None:
    """Say whether trying again is of use: 4xx means later, 5xx never."""
    refusal = MailRejected if error.code >= _PERMANENT else MailUnavailable
    raise refusal(_about(error)) from None


def _about(error: Exception) -> str:
    """What happened, without the recipient's address, which belongs into no log."""
    if isinstance(error, aiosmtplib.SMTPRecipientRefused):
        return f"recipient refused: {error.code}"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{type(error).__name__}: {error.code} {error.message}"
    return f"{type(error).__name__}: {error}"
