"""Which acquirer an installation has, and what it refuses to start with."""

from pathlib import Path
from typing import Any

import pytest

from mykyivstar import adapters
from mykyivstar.kit.clock import FixedClock
from mykyivstar.settings import Settings, UnsafeSettings

PRODUCTION: dict[str, Any] = {
    "environment": "production",
    "sms_gateway": "smpp",
    "mail": "smtp",
    "secret_key": "s" * 32,
    "public_origins": "https://my.example.ua",
}
WAYFORPAY = {"wayforpay_account": "a", "wayforpay_secret": "s", "wayforpay_domain": "my.example.ua"}


def test_production_takes_no_test_cards() -> None:
    with pytest.raises(UnsafeSettings, match="ACQUIRER"):
        Settings(**PRODUCTION)
    Settings(**PRODUCTION, acquirer="monobank", monobank_token="t")
    Settings(**PRODUCTION, acquirer="wayforpay", **WAYFORPAY)


def test_an_acquirer_needs_its_secrets() -> None:
    with pytest.raises(UnsafeSettings, match="MONOBANK_TOKEN"):
        Settings(acquirer="monobank")
    for missing in WAYFORPAY:
        with pytest.raises(UnsafeSettings, match="WAYFORPAY"):
            Settings(acquirer="wayforpay", **{**WAYFORPAY, missing: ""})


def test_whoever_took_payments_before_is_still_known_by_name(clock: FixedClock) -> None:
    chosen = Settings(acquirer="wayforpay", monobank_token="t", **WAYFORPAY)
    known = adapters.acquirers(chosen, clock, demo_token=lambda: "d")
    assert {name: acquirer.name for name, acquirer in known.items()} == {
        "monobank": "monobank",
        "wayforpay": "wayforpay",
    }
    assert adapters.embedded_bank(chosen, clock, demo_token=lambda: "d", tr=str.format) is None
    assert set(adapters.acquirers(Settings(), clock, demo_token=lambda: "d")) == {"embedded"}


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", "http://127.0.0.1:3000"),
        ("0.0.0.0", "http://127.0.0.1:3000"),
        ("::", "http://[::1]:3000"),
        ("10.0.0.5", "http://10.0.0.5:3000"),
    ],
)
def test_we_reach_ourselves_whatever_we_listen_on(host: str, loopback: str) -> None:
    assert Settings(host=host).loopback == loopback


def test_making_the_bank_touches_no_file(tmp_path: Path, clock: FixedClock) -> None:
    def token() -> str:
        raise AssertionError

    assert adapters.embedded_bank(Settings(data_dir=tmp_path), clock, demo_token=token, tr=str.format) is not None
    assert list(tmp_path.iterdir()) == []
