"""Fresh proof (O9): what could hurt asks again who it is, unless that was proved in the last minutes."""

from datetime import datetime

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.security_errors import ProofNeeded


def require_fresh(actor: Actor, at: datetime) -> None:
    """Raise ProofNeeded unless the actor proved who they are in the last ten minutes.

    The first line of every service that needs it. The edge asks for a proof (see `proving`) and repeats the request.
    """
    if not actor.has_fresh_proof(at):
        raise ProofNeeded
