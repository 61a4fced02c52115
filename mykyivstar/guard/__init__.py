"""Who is calling, and whether they may: every event and every request passes here first."""

from mykyivstar.guard.action import action
from mykyivstar.guard.caller import Caller, actor, caller, calling, staff_actor

__all__ = ["Caller", "action", "actor", "caller", "calling", "staff_actor"]
