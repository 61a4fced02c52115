"""Which mail settings an installation may have, and what they become."""

from pathlib import Path
from typing import Any

import pytest

from mykyivstar import adapters
from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.integrations.mail.smtp import SmtpMailGateway
from mykyivstar.kit.clock import FixedClock
from mykyivstar.settings import Settings, UnsafeSettings
from tests.peers.smtpd import certificate

REAL: dict[str, Any] = {
    "environment": "production",
    "sms_gateway": "smpp",
    "mail": "smtp",
    "acquirer": "monobank",
    "monobank_token": "token",
    "secret_key": "s" * 32,
    "public_origins": "https://my.example.ua",
}


def chosen(**options: Any) -> Settings:
    return Settings(**(REAL | options))


def test_a_production_whose_letters_nobody_gets_does_not_start() -> None:
    assert chosen().mail == "smtp"
    with pytest.raises(UnsafeSettings, match="MAIL"):
        chosen(mail="embedded")


def test_a_production_that_would_send_its_password_in_the_clear_does_not_start() -> None:
    assert chosen(smtp_encryption="none").smtp_user == ""
    with pytest.raises(UnsafeSettings, match="SMTP_PASSWORD"):
        chosen(smtp_encryption="none", smtp_user="selfcare")


def test_the_settings_choose_the_gateway(clock: FixedClock, tmp_path: Path) -> None:
    embedded = adapters.mail_gateway(Settings(environment="demo", mail="embedded", data_dir=tmp_path), clock)
    assert isinstance(embedded, EmbeddedMailGateway)
    smtp = adapters.mail_gateway(chosen(smtp_ca_file=str(certificate(tmp_path))), clock)
    assert isinstance(smtp, SmtpMailGateway)


def test_links_lead_to_our_first_address() -> None:
    assert chosen(public_origins="https://my.example.ua/, https://old.example.ua").site == "https://my.example.ua"
    assert Settings(environment="demo", public_origins="", port=3001).site == "http://localhost:3001"
