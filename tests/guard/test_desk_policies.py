"""Customers at a handler of the desk are refused, and the staff at a customer's; neither session becomes the other."""

from types import SimpleNamespace
from typing import Any

import pytest
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from mykyivstar import routes
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.guard.action import policy_of
from mykyivstar.guard.caller import Caller, calling
from mykyivstar.guard.middleware import Forbidden, Guard
from mykyivstar.state.session import SessionState

OLENA = Actor(profile_id=1, session_id=1)
CONSULTANT = StaffActor(staff_id=1, session_id=1, role=StaffRole.CONSULTANT)
LEAD = StaffActor(staff_id=2, session_id=2, role=StaffRole.LEAD)


@pytest.fixture(scope="module")
def app() -> Any:
    from mykyivstar.mykyivstar import app

    return app


def judged(app: Any, who: Caller, handler: str, path: str) -> str:
    """What the guard says: "runs", "forbidden", or where it sends the browser."""
    guard = Guard(leave=SessionState.leave)
    root = SimpleNamespace(router_data={"pathname": path, "asPath": path})
    with app.set_contexts(), calling(who):
        names = [name for name in RegistrationContext.get().event_handlers if name.endswith(handler)]
        assert len(names) == 1
        try:
            update = guard.judge(root, Event(name=names[0], payload={}))
        except Forbidden:
            return "forbidden"
    return "runs" if update is None else str(update.events[0].payload)


@pytest.mark.parametrize("path", [routes.SUPPORT, routes.DESK])
def test_a_customer_at_the_desk_gets_nothing(app: Any, path: str) -> None:
    done = judged(app, Caller(actor=OLENA), "____desk_chats_state.take_next", path)
    assert done == "forbidden" if path == routes.SUPPORT else routes.DESK_LOGIN in done


def test_the_staff_get_nothing_of_customers(app: Any) -> None:
    assert judged(app, Caller(staff=LEAD), "____chat_state.say", routes.DESK) == "forbidden"
    assert routes.LOGIN in judged(app, Caller(staff=LEAD), "____chat_state.say", routes.SUPPORT)


def test_each_runs_with_their_own_session_also_in_one_browser(app: Any) -> None:
    both = Caller(actor=OLENA, staff=CONSULTANT)
    assert judged(app, both, "____desk_chats_state.take_next", routes.DESK) == "runs"
    assert judged(app, both, "____chat_state.say", routes.SUPPORT) == "runs"


def test_what_needs_a_lead_is_forbidden_to_a_consultant(app: Any) -> None:
    assert judged(app, Caller(staff=CONSULTANT), "____desk_chats_state.take_over", routes.DESK) == "forbidden"
    assert judged(app, Caller(staff=LEAD), "____desk_chats_state.take_over", routes.DESK) == "runs"


def test_every_handler_of_the_desk_is_the_desks_alone(app: Any) -> None:
    with app.set_contexts():
        handlers = {
            name: policy_of(registered.handler.fn)
            for name, registered in RegistrationContext.get().event_handlers.items()
            if registered.handler.fn.__module__.startswith("mykyivstar.state.desk.") and "login_state" not in name
        }
    assert handlers
    assert sorted(name for name, policy in handlers.items() if policy is None or policy.staff is None) == []
