"""What a raw socket can send to the handlers of ways in and of security: anything, by anybody."""

from contextlib import nullcontext, suppress
from typing import Any, get_type_hints

import pytest
from typing_extensions import is_typeddict

from mykyivstar.domain.identity.models import AuthSession
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.login import LoginState
from mykyivstar.state.other_ways import AccessCodeLoginState, PasskeyLoginState
from mykyivstar.state.proof import ProofState
from mykyivstar.state.recover import RecoverState
from mykyivstar.state.register import RegisterState
from mykyivstar.state.security.access_code import AccessCodeState
from mykyivstar.state.security.overview import SecurityState
from mykyivstar.state.security.passkeys import PasskeysState
from mykyivstar.state.security.password import PasswordState
from mykyivstar.state.security.places import PlacesState
from mykyivstar.state.security.question import QuestionState
from mykyivstar.state.security.sms import SmsSwitchState
from mykyivstar.state.session import SessionState
from mykyivstar.state.welcome import WelcomeState
from tests.domain.identity.conftest import World
from tests.domain.identity.safety import living, noted, signed_in
from tests.state.tab import Tab, tab_of

WAYS_IN = [LoginState, RegisterState, RecoverState, WelcomeState, PasskeyLoginState, AccessCodeLoginState]
SECURITY = [
    *(SecurityState, PasswordState, PasskeysState, SmsSwitchState, AccessCodeState, PlacesState, QuestionState),
    ProofState,
]
WRONG: list[Any] = [None, 5, -1, 2**70, 1.5, True, [], {}, [[]], {"x": 1}, "x" * 5000, "\0", "\udfff", "\u202e", "0"]


def handlers(kind: Any) -> dict[str, Any]:
    """Every handler of this state that has a policy, by name."""
    found = {name: handler.fn for name, handler in kind.event_handlers.items()}
    return {name: fn for name, fn in found.items() if policy_of(fn) is not None}


def calls(fn: Any) -> list[dict[str, Any]]:
    """Wrong in whole, and for forms wrong in each of their fields."""
    hints = {name: hint for name, hint in get_type_hints(fn).items() if name != "return"}
    made = [dict.fromkeys(hints, wrong) for wrong in WRONG] + [{}, {"evil": 1}]
    for name, hint in hints.items():
        if is_typeddict(hint):
            fields = get_type_hints(hint)
            made += [{name: dict.fromkeys(fields, wrong)} for wrong in WRONG]
    return made


async def bombard(tab: Tab, kind: Any) -> None:
    for name, fn in handlers(kind).items():
        for arguments in calls(fn):
            # States that have no form leave the sentence to the page.
            with nullcontext() if hasattr(kind, "_refuse") else suppress(CustomerError):
                await tab.do(kind, name, **arguments)


@pytest.mark.parametrize("kind", WAYS_IN, ids=lambda kind: kind.__name__)
async def test_nobody_gets_in_or_trips_the_server_with_anything(world: World, kind: Any) -> None:
    await world.profile(await world.line())
    tab = tab_of(None)
    await bombard(tab, kind)
    assert (await tab.state(SessionState)).ticket == ""
    assert await living(world) == []


@pytest.mark.parametrize("kind", SECURITY, ids=lambda kind: kind.__name__)
async def test_nothing_of_a_profile_changes_by_anything(world: World, kind: Any) -> None:
    """With a session that has no fresh proof: what a finder of a phone has."""
    actor = await signed_in(world, await world.profile(await world.line()), proved=False)
    tab = tab_of(actor)
    await bombard(tab, kind)
    assert await noted(world) == []
    async with world.database.reading() as session:
        assert (await session.get_one(AuthSession, actor.session_id)).proved_at is None


@pytest.mark.parametrize("kind", SECURITY, ids=lambda kind: kind.__name__)
def test_nothing_of_security_is_for_nobody(kind: Any) -> None:
    policies = {name: policy_of(fn) for name, fn in handlers(kind).items()}
    assert policies
    assert not [name for name, policy in policies.items() if policy is None or policy.is_public or policy.staff]
