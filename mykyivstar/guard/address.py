"""Where a request comes from, believing proxies only when they are ours."""

from collections.abc import Mapping
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from mykyivstar.kit.msisdn import Msisdn, NotANumber
from mykyivstar.settings import settings


def client_address(scope: Mapping[str, Any]) -> str:
    """The caller's network address: the peer, or what the last trusted proxy says of it."""
    peer = (scope.get("client") or ("",))[0]
    if not _is_trusted(peer):
        return peer
    forwarded = _header(scope, b"x-forwarded-for")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    # From the right: the first address that is not one of our own proxies is the caller's.
    for hop in reversed(hops):
        if not _is_trusted(hop):
            return hop[:45]
    return hops[0][:45] if hops else peer


def network_msisdn(scope: Mapping[str, Any]) -> str:
    """A9: digits of the number that the operator's network vouches for, "" unless a trusted proxy says so."""
    header = settings().network_msisdn_header.lower().encode()
    peer = (scope.get("client") or ("",))[0]
    if not header or not _is_trusted(peer):
        return ""
    try:
        return Msisdn.parse(_header(scope, header)).digits
    except NotANumber:
        return ""


def _header(scope: Mapping[str, Any], name: bytes) -> str:
    values = [value for key, value in scope["headers"] if key == name]
    return b",".join(values).decode("latin-1")


def _is_trusted(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in _trusted())


@cache
def _trusted() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip()) for part in settings().trusted_proxies.split(",") if part.strip())
