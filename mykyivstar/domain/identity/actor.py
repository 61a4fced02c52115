"""Who is asking: the argument from which every customer query starts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# O9: how long a fresh proof (a code, password or passkey just given) counts.
PROOF_IS_FRESH_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, as verified for this one event or request."""

    profile_id: int
    session_id: int
    proved_at: datetime | None = None

    def has_fresh_proof(self, at: datetime) -> bool:
        """Whether they proved who they are recently enough for what needs a fresh proof (O9)."""
        return self.proved_at is not None and at - self.proved_at <= PROOF_IS_FRESH_FOR
