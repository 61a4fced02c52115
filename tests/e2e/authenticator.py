"""Chromium's virtual authenticator: a device that always recognises its owner's finger."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page


@dataclass
class VirtualAuthenticator:
    """What the device holds, and whether it lets its owner through."""

    cdp: CDPSession
    id: str

    def passkeys(self) -> list[dict[str, Any]]:
        answer = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        found: list[dict[str, Any]] = answer["credentials"]
        return found

    def refuse(self) -> None:
        """From now on the wrong finger lies on the sensor."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


@contextmanager
def virtual_authenticator(page: Page) -> Iterator[VirtualAuthenticator]:
    """The page's browser has a finger sensor inside the block."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    try:
        yield VirtualAuthenticator(cdp, made["authenticatorId"])
    finally:
        cdp.detach()
