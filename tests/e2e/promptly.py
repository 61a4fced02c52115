"""That something is quick, said so that a machine with other work to do does not make a lie of it."""

from collections.abc import Callable

_TRIES = 3
_PATIENCE_MS = 30_000


def once_within(milliseconds: int, act: Callable[[int], object], see: Callable[[int, int], object]) -> None:
    """Of three tries one is quick: `act(turn)`, and `see(turn, timeout)` expects within that time what it leads to.

    Each time it must come. What is looked for every few seconds, or needs a reload, is never that quick; what is quick
    is held up now and then.
    """
    for turn in range(_TRIES):
        act(turn)
        try:
            see(turn, milliseconds)
        except AssertionError:
            see(turn, _PATIENCE_MS)
        else:
            return
    raise AssertionError(f"it came each time, and not once within {milliseconds} ms")
