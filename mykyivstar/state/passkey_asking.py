"""What every state that asks for a passkey has in common."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar.domain.identity.passkey_ceremony import Assertion, Attestation
from mykyivstar.domain.identity.security_errors import PasskeyKnown
from mykyivstar.kit.errors import CustomerError

Reason = Literal["cancelled", "known", "address", "failed"]


class Made(TypedDict):
    """A browser's answer when a passkey was made."""

    id: str
    client_data: str
    attestation: str


class Used(TypedDict):
    """A browser's answer when a passkey was used."""

    id: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str


class PasskeyCancelled(CustomerError):
    """The person closed the browser's dialog, or let it time out."""

    code = "passkey.cancelled"
    sentence = "The passkey was not used. Try once more, or choose another way."


class PasskeyWrongAddress(CustomerError):
    """The page was opened under an address that the passkeys are not for."""

    code = "passkey.address"
    sentence = "Passkeys do not work at this address. Open My Kyivstar by its usual name."


class PasskeyFailed(CustomerError):
    """The browser or the device could not do it."""

    code = "passkey.failed"
    sentence = "This device could not use a passkey. Choose another way."


class AsksPasskey(rx.State, mixin=True):
    """Mixin: `passkey_request` makes the page's `passkey()` ask; it is lowered as soon as there is an answer."""

    passkey_request: str = ""

    def _passkey_failed(self, reason: Reason) -> None:
        """Refuse with what the browser said."""
        self.passkey_request = ""
        match reason:
            case "cancelled":
                raise PasskeyCancelled
            case "known":
                raise PasskeyKnown
            case "address":
                raise PasskeyWrongAddress
            case "failed":
                raise PasskeyFailed


def attestation(made: Made) -> Attestation:
    """The answer as the domain takes it."""
    return Attestation(made["id"], made["client_data"], made["attestation"])


def assertion(used: Used) -> Assertion:
    """The answer as the domain takes it."""
    return Assertion(
        used["id"], used["client_data"], used["authenticator_data"], used["signature"], used["user_handle"]
    )
