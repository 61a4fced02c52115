"""The key that a form is given when it opens and sends back: what it orders is ordered once, however often sent."""

import re

from mykyivstar.guard import actor
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.secret import new_token

_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")


def new_form_key() -> str:
    """For a form that opens; nobody can guess it."""
    return new_token()[:32]


def demand_form_key(key: str) -> str:
    """The key that came with a form. Raises Malformed for what no form of ours was given."""
    if not _KEY.fullmatch(key):
        raise Malformed
    return key


def own_key(key: str) -> str:
    """The same within the actor's own: nobody's form can stand in for another's. Raises Malformed."""
    return f"{actor().profile_id}:{demand_form_key(key)}"
