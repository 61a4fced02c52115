"""Times that should not be the same for everybody."""

from datetime import timedelta

_STEPS = 1_000
# Has nothing in common with the steps, so that neighbours lie far apart.
_STRIDE = 379


def fresh_for(key: int, at_most: timedelta) -> timedelta:
    """How long what is kept under this key may be believed: between half of `at_most` and all of it, ever the same.

    What was read together, after a pause for instance, is then not read anew together, with everybody waiting.
    """
    return at_most * (_STEPS + key * _STRIDE % _STEPS) / (2 * _STEPS)
