"""Who we are to authenticators: a passkey belongs to one host name for ever."""

from functools import cache
from urllib.parse import urlsplit

from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from mykyivstar.settings import settings


@cache
def relying_party() -> RelyingParty:
    """The host of the first public origin; in the demo this machine by name, since an address cannot have passkeys."""
    origins = settings().origins or (f"http://localhost:{settings().port}",)
    host = urlsplit(origins[0]).hostname
    assert host, "an origin has a host"
    return RelyingParty(id=host, name="My Kyivstar", origins=origins)
