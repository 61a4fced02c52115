"""The gate in front of every event: who is it, may they, and not too often. Whatever is not allowed is refused."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.middleware import Middleware
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from mykyivstar import routes, wiring
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.guard import desk_presence, handshake, presence
from mykyivstar.guard.action import policy_of
from mykyivstar.guard.binding import BoundState
from mykyivstar.guard.caller import Caller, caller, set_caller
from mykyivstar.guard.connections import connections, desk_connections
from mykyivstar.guard.pace import Pace
from mykyivstar.guard.pushes import pushes
from mykyivstar.settings import settings

_HYDRATE = {"hydrate", "hydrate_and_load"}
_FRAMEWORK = ("reflex.", "reflex_base.", "reflex_components")


class Forbidden(Exception):
    """Somebody called what nobody may call."""


class Guard(Middleware):
    """Refuses by default: a handler of ours runs only when `@action` allows this caller."""

    def __init__(self, leave: Callable[[str], Any]) -> None:
        """`leave(path)` is the event that loads a page anew, so that nothing of a lost session stays in the browser."""
        self._leave = leave
        self._pace = Pace(per_second=settings().events_per_second, burst=settings().events_burst)

    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:
        """Decide before the event runs; an update instead of None means that it does not run."""
        root = state._get_root_state()  # noqa: SLF001
        # As it is: what the framework wraps around it, to notice changes, costs more than what is done here.
        data = root.get_value("router_data")
        token = data.get("token", "")
        pushes.begun(token, event.name)
        if not self._pace.allows(token):
            return StateUpdate()
        headers = data.get("headers", {})
        actor = await _actor(int(headers.get(handshake.SESSION_HEADER, "0")))
        staff = await _staff(int(headers.get(handshake.STAFF_HEADER, "0")))
        set_caller(_caller(headers, actor, staff))
        again = await self._bind(app, root, event)
        if again is not None:
            return again
        if actor and token:
            connections.seen(token, actor, data)
        if staff and token:
            desk_connections.seen(token, staff, data)
        return self.judge(root, event)

    async def _bind(self, app: Any, root: Any, event: Event) -> StateUpdate | None:
        """Keep one state tree to one session. A tree that was lost is loaded again before the event goes on."""
        bound, who = await root.get_state(BoundState), caller()
        session_id = who.actor.session_id if who.actor else 0
        staff_session_id = who.staff.session_id if who.staff else 0
        belongs = (bound._session_id, bound._staff_session_id)  # noqa: SLF001
        if belongs == (session_id, staff_session_id):
            return None
        was, is_hydrate = any(belongs), event.name.rpartition(".")[2] in _HYDRATE
        if was:
            _empty(root)
            bound = await root.get_state(BoundState)
        bound._session_id, bound._staff_session_id = session_id, staff_session_id  # noqa: SLF001
        if is_hydrate:
            return None
        if was:
            # Signed out or somebody else: nothing of the old page may stay.
            return StateUpdate(events=Event.from_event_type(self._leave(_sign_in(root))))
        loads = Event.from_event_type(app.get_load_events(root.router_data.get("pathname", "/")))
        return StateUpdate(events=[*loads, event]) if loads and event.name not in {e.name for e in loads} else None

    def judge(self, root: Any, event: Event) -> StateUpdate | None:
        """Whether the caller may have this event's handler run; an update instead of None means that they may not."""
        name = event.name.rpartition(".")[2]
        handler = RegistrationContext.get().event_handlers[event.name].handler.fn
        policy = policy_of(handler)
        if policy is None:
            if name != "setvar" and handler.__module__.startswith(_FRAMEWORK):
                return None
            raise Forbidden(event.name)
        if policy.is_public:
            return None
        who, is_at_desk = caller(), _is_at_desk(root)
        if policy.staff is not None:
            if who.staff is not None and who.staff.role.includes(policy.staff):
                return None
            if who.staff is not None or not is_at_desk:
                raise Forbidden(event.name)
        elif who.actor is not None:
            return None
        elif is_at_desk:
            raise Forbidden(event.name)
        return StateUpdate(events=Event.from_event_type(rx.redirect(_sign_in(root), replace=True)))


def _sign_in(root: Any) -> str:
    here = root.router_data.get("asPath") or "/"
    if _is_at_desk(root):
        return f"{routes.DESK_LOGIN}?next={quote(here, safe='')}"
    return f"{routes.LOGIN}?next={quote(here, safe='')}"


def _is_at_desk(root: Any) -> bool:
    path = str(root.router_data.get("pathname", ""))
    return path == routes.DESK or path.startswith(f"{routes.DESK}/")


def _empty(root: Any) -> None:
    kept = dict(root.router_data)
    root.reset()
    root._update_router_vars(kept, {})  # noqa: SLF001
    root.router_data = kept


def _caller(headers: dict[str, str], actor: Actor | None, staff: StaffActor | None) -> Caller:
    return Caller(
        actor=actor,
        staff=staff,
        visitor=headers.get(handshake.VISITOR_HEADER, ""),
        device=headers.get(handshake.DEVICE_HEADER, ""),
        address=headers.get(handshake.ADDRESS_HEADER, ""),
        browser=headers.get("user-agent", "")[:400],
        network_msisdn=headers.get(handshake.NETWORK_HEADER, ""),
    )


async def _actor(session_id: int) -> Actor | None:
    return await presence.by_reference(session_id, wiring.clock().now()) if session_id else None


async def _staff(session_id: int) -> StaffActor | None:
    return await desk_presence.by_reference(session_id, wiring.clock().now()) if session_id else None
