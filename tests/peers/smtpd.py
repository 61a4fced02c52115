"""A mail server that is not ours (aiosmtpd), which does what a test tells it."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "selfcare", "correct horse"


@dataclass
class Relay:
    """What it took, and what it answers instead when told to."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    to_recipient: str = ""
    to_sender: str = ""
    to_data: str = ""
    # "before": hang up when the letter comes, "after": when it has come whole, without an answer.
    hangs_up: str = ""

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, _o: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.to_sender or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _o: Any) -> str:  # noqa: N802
        if self.hangs_up == "before":
            server.transport.abort()
        if not self.to_recipient:
            envelope.rcpt_tos.append(address)
        return self.to_recipient or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.to_data:
            return self.to_data
        assert isinstance(envelope.original_content, bytes)
        self.taken.append((envelope.rcpt_tos[0], envelope.original_content))
        if self.hangs_up == "after":
            server.transport.abort()
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        self.users.append(data.login.decode())
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        # Not "handled": the server says 535 itself.
        return AuthResult(success=is_right, handled=False)


@contextmanager
def relay(*, certificate: Path | None = None, is_tls: bool = False, asks_who: bool = False) -> Iterator[Relay]:
    """A server on a free port of this machine; with a certificate it speaks STARTTLS, or TLS from the first byte."""
    state, context = Relay(), None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": 0, "auth_required": asks_who}
    if asks_who:
        options |= {"authenticator": state.authenticate}
    if is_tls:
        options["ssl_context"] = context
    elif context:
        options |= {"tls_context": context, "require_starttls": True}
    controller = FreePortController(state, **options)
    controller.start()
    state.port = controller.server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        controller.stop()


class FreePortController(Controller):
    """The library greets its server on the port it asked for, which is not known yet when any port will do."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def certificate(folder: Path, *, name: str = "127.0.0.1") -> Path:
    """A key and a certificate that nobody but itself vouches for, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A relay of our own")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
