"""The screen of the first visit: A5."""

from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.identity import temporary
from mykyivstar.domain.identity.models import Passkey, Profile
from mykyivstar.state.session import SessionState
from mykyivstar.state.welcome import WelcomeState
from tests.domain.identity.conftest import ACCOUNT, OLENA, OTHER_VISITOR, World
from tests.fixtures.authenticator import SoftAuthenticator
from tests.state.tab import Tab, tab_of

NEW = "Тиха-Вода-7"


async def arrive(world: World) -> tuple[Tab, dict[str, Any]]:
    """Somebody at the confirmation page, and what they fill in."""
    await world.account()
    async with world.database.unit_of_work() as session:
        login, password = await temporary.issue(session, ACCOUNT, world.clock.now())
    tab = tab_of(None)
    await tab.do(WelcomeState, "load")
    await tab.do(WelcomeState, "sign_in", form={"login": login, "password": password})
    filled = {"own_login": "", "contact_phone": "", "question": None, "answer": None, "temporary_password": password}
    return tab, filled | {"password": NEW, "password_again": NEW, "terms": "on", "personal_data": "on"}


async def test_the_confirmation_page_shows_the_contract(world: World) -> None:
    tab, _ = await arrive(world)
    screen = await tab.state(WelcomeState)
    assert (screen.step, screen.account_number, screen.contract_phone) == ("details", ACCOUNT, OLENA.digits)
    lost, foreign = Tab(tab.who), tab_of(None, visitor=OTHER_VISITOR)
    for other, step, number in ((lost, "details", ACCOUNT), (foreign, "identify", "")):
        await other.do(WelcomeState, "load")
        found = await other.state(WelcomeState)
        assert (found.step, found.account_number) == (step, number)


async def test_with_a_question_the_visit_ends_in_a_ticket(world: World) -> None:
    tab, filled = await arrive(world)
    await tab.do(WelcomeState, "choose_recovery", choice="question")
    form = filled | {"question": "Хто ваш перший учитель?", "answer": "Марія"}
    await tab.do(WelcomeState, "complete", form=form)
    assert (await tab.state(SessionState)).ticket
    async with world.database.reading() as session:
        [profile] = await session.exec(select(Profile))
    assert profile.secret_question == "Хто ваш перший учитель?"


async def test_with_a_passkey_it_is_made_first(world: World) -> None:
    tab, filled = await arrive(world)
    await tab.do(WelcomeState, "complete", form=filled)
    screen = await tab.state(WelcomeState)
    assert (screen.step, (await tab.state(SessionState)).ticket) == ("passkey", "")
    await tab.do(WelcomeState, "passkey_failed", reason="cancelled")
    assert screen.asks_question
    await tab.do(WelcomeState, "make_passkey")
    made = SoftAuthenticator().create(screen.passkey_request)
    await tab.do(WelcomeState, "passkey_made", answer={name: getattr(made, name) for name in made.__slots__})
    assert (await tab.state(SessionState)).ticket
    async with world.database.reading() as session:
        assert len((await session.exec(select(Passkey))).all()) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"temporary_password": "AAAAAAAAAA"}, "temporary_password"),
        ({"password": "weak"}, "password"),
        ({"password_again": ""}, "password_again"),
        ({"own_login": "7"}, "login"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"terms": ""}, "agreements"),
        ({"personal_data": False}, "agreements"),
    ],
)
async def test_refusals_stand_beside_their_fields(world: World, changed: dict[str, Any], field: str) -> None:
    tab, filled = await arrive(world)
    await tab.do(WelcomeState, "complete", form=filled | changed)
    screen = await tab.state(WelcomeState)
    assert (screen.step, set(screen.field_refusals)) == ("details", {field})


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        ("sign_in", {"form": {"login": ACCOUNT}}),
        ("choose_recovery", {"choice": "luck"}),
        ("complete", {"form": {"password": ["x"]}}),
        ("passkey_made", {"answer": {}}),
        ("choose_question", {"form": {"question": "x" * 2001, "answer": ""}}),
    ],
)
async def test_arguments_of_another_shape_are_refused(world: World, handler: str, arguments: dict[str, Any]) -> None:
    tab, _ = await arrive(world)
    await tab.do(WelcomeState, handler, **arguments)
    assert (await tab.state(WelcomeState)).refusal["en"].startswith("This request could not be understood.")


async def test_no_secret_is_sent_to_the_browser(world: World) -> None:
    tab, filled = await arrive(world)
    await tab.do(WelcomeState, "complete", form=filled)
    public = repr(tab.root.dict())
    for secret in (filled["temporary_password"], NEW, "argon2"):
        assert secret not in public
