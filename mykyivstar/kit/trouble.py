"""Telling of what fails again and again, twice a second if need be, without filling the log with it."""

import logging

from mykyivstar.kit.clock import monotonic

AGAIN_AFTER_S = 60.0


class Trouble:
    """Something outside that comes and goes: told when it begins or changes, once a minute, and when it ends."""

    def __init__(self, log: logging.Logger, what: str) -> None:
        """`what` is said in each line: "jobs wait for the database"."""
        self._log = log
        self._what = what
        self._reason = ""
        self._told_at = 0.0

    def met(self, error: BaseException) -> None:
        """It failed, with this; without a traceback, since the cause is not in the code."""
        reason = " ".join(str(getattr(error, "orig", None) or error).split()) or type(error).__name__
        now = monotonic()
        if reason != self._reason or now - self._told_at >= AGAIN_AFTER_S:
            self._reason, self._told_at = reason, now
            self._log.error(self._what, extra={"reason": reason})

    def over(self) -> None:
        """It worked."""
        if self._reason:
            self._reason = ""
            self._log.info("%s: over", self._what)
