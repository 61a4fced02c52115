"""Where a request comes from, and whose network vouches for it (A9)."""

from collections.abc import Iterator
from typing import Any

import pytest

from mykyivstar.guard import address
from mykyivstar.guard.address import client_address, network_msisdn
from mykyivstar.settings import Settings

PROXY, CALLER = "10.0.0.5", "203.0.113.7"


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    chosen = Settings(trusted_proxies="10.0.0.0/8", network_msisdn_header="X-Msisdn")
    monkeypatch.setattr(address, "settings", lambda: chosen)
    address._trusted.cache_clear()
    yield
    address._trusted.cache_clear()


def scope(peer: str, **headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"client": (peer, 4711), "headers": named}


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        (CALLER, "", CALLER),
        (CALLER, "198.51.100.1", CALLER),
        (PROXY, "", PROXY),
        (PROXY, CALLER, CALLER),
        (PROXY, f"198.51.100.1, {CALLER}", CALLER),
        (PROXY, f"{CALLER}, 10.1.1.1", CALLER),
        (PROXY, "10.1.1.1, 10.2.2.2", "10.1.1.1"),
    ],
)
def test_a_forwarded_address_is_believed_from_our_proxies_only(peer: str, forwarded: str, found: str) -> None:
    assert client_address(scope(peer, x_forwarded_for=forwarded)) == found


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    ("peer", "header", "found"),
    [
        (PROXY, "380671000001", "380671000001"),
        (PROXY, "+380 67 100 00 01", "380671000001"),
        (PROXY, "nonsense", ""),
        (PROXY, "", ""),
        (CALLER, "380671000001", ""),
        ("not an address", "380671000001", ""),
    ],
)
def test_a_number_is_believed_from_a_trusted_proxy_only(peer: str, header: str, found: str) -> None:
    assert network_msisdn(scope(peer, x_msisdn=header)) == found


def test_it_is_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "settings", lambda: Settings(trusted_proxies="10.0.0.0/8"))
    address._trusted.cache_clear()
    assert network_msisdn(scope(PROXY, x_msisdn="380671000001")) == ""
    address._trusted.cache_clear()
