"""The security screen: everything that opens this profile, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.identity import devices, passkeys, profiles, security_events, sessions
from mykyivstar.domain.identity.models import AuthSession, Passkey, RememberedDevice, SecurityEvent
from mykyivstar.guard import action, actor, caller

_EVENTS_SHOWN = 15


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Somewhere this profile is signed in; moments in ISO 8601."""

    id: int
    browser: str
    address: str
    seen_at: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A browser that is not asked for codes."""

    id: int
    name: str
    used_at: str
    has_access_code: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey; `used_at` "" when it never was."""

    id: int
    name: str
    made_at: str
    used_at: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened."""

    kind: str
    detail: str
    at: str


class SecurityState(rx.State):
    """What the security screen shows; its forms have states of their own."""

    ready: bool = False
    login: str = ""
    has_password: bool = False
    password_changed_at: str = ""
    sms_on: bool = True
    question: str = ""
    sessions: list[SessionRow] = []
    devices: list[DeviceRow] = []
    passkeys: list[PasskeyRow] = []
    events: list[EventRow] = []
    # Whether this browser is remembered, and so may have an access code; and whether it has one.
    is_remembered: bool = False
    has_access_code: bool = False

    @action
    async def load(self) -> None:
        """Read everything."""
        at = wiring.clock().now()
        async with wiring.reading() as session:
            profile = await profiles.own(session, actor())
            here = await devices.known_device(session, caller().device, actor().profile_id)
            living = await sessions.list_sessions(session, actor(), at)
            remembered = await devices.own(session, actor())
            keys = await passkeys.own(session, actor())
            happened = await security_events.recent(session, actor(), limit=_EVENTS_SHOWN)
        self.login, self.has_password = profile.login, profile.password_hash is not None
        self.password_changed_at = _iso(profile.password_changed_at)
        self.sms_on, self.question = profile.sms_confirmation, profile.secret_question or ""
        self.sessions = session_rows(living, actor().session_id)
        self.devices = device_rows(remembered, here)
        self.passkeys = passkey_rows(keys)
        self.events = event_rows(happened)
        self.is_remembered = here is not None
        self.has_access_code = here is not None and here.access_code_hash is not None
        self.ready = True


def session_rows(living: Sequence[AuthSession], here: int) -> list[SessionRow]:
    """The present one first, then the latest."""
    rows = [
        SessionRow(auth.id or 0, auth.browser, auth.address, _iso(auth.last_seen_at), auth.id == here)
        for auth in living
    ]
    return sorted(rows, key=lambda row: not row.is_here)


def device_rows(remembered: Sequence[RememberedDevice], here: RememberedDevice | None) -> list[DeviceRow]:
    """As they were used."""
    return [
        DeviceRow(
            device.id or 0,
            device.name,
            _iso(device.last_used_at),
            device.access_code_hash is not None,
            here is not None and device.id == here.id,
        )
        for device in remembered
    ]


def passkey_rows(keys: Sequence[Passkey]) -> list[PasskeyRow]:
    """As they were made."""
    return [PasskeyRow(key.id or 0, key.name, _iso(key.created_at), _iso(key.last_used_at)) for key in keys]


def event_rows(happened: Sequence[SecurityEvent]) -> list[EventRow]:
    """The newest first."""
    return [EventRow(event.kind, event.detail, _iso(event.at)) for event in happened]


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
