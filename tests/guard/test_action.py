"""`@action`: strict arguments, refusals, and no handler without a policy."""

from typing import Any, Literal

import pytest
import reflex as rx
from typing_extensions import TypedDict

from mykyivstar.domain.identity.models import Language
from mykyivstar.guard import action
from mykyivstar.guard.action import TEXT_MAX, policy_of
from mykyivstar.kit.errors import CustomerError, Malformed, NotFound


class Form(TypedDict):
    number: str


ran: list[Any] = []


class ProbeState(rx.State):
    refused: str = ""

    async def _refuse(self, refusal: CustomerError, handler: str, arguments: Any) -> None:
        self.refused = refusal.code

    @action(public=True)
    async def take_number(self, value: int) -> None:
        ran.append(value)

    @action(public=True)
    async def take_text(self, value: str) -> None:
        ran.append(value)

    @action(public=True)
    async def take_flag(self, value: bool) -> None:
        ran.append(value)

    @action(public=True)
    async def take_choice(self, value: Literal["a", "b"]) -> None:
        ran.append(value)

    @action(public=True)
    async def take_language(self, value: Language) -> None:
        ran.append(value)

    @action(public=True)
    async def take_texts(self, value: list[str]) -> None:
        ran.append(value)

    @action(public=True)
    async def take_form(self, form: Form) -> None:
        ran.append(form)

    @action
    async def refuse(self) -> None:
        raise NotFound


async def call(handler: str, /, *values: Any, **named: Any) -> str:
    ran.clear()
    state = ProbeState(_reflex_internal_init=True)
    await ProbeState.event_handlers[handler].fn(state, *values, **named)
    return state.refused


@pytest.mark.parametrize(
    ("handler", "value", "reaches"),
    [
        ("take_number", 5, 5),
        ("take_text", "x", "x"),
        ("take_flag", True, True),
        ("take_choice", "a", "a"),
        ("take_language", "uk", Language.UK),
        ("take_texts", ["a", "b"], ["a", "b"]),
        ("take_form", {"number": "067", "extra": 1}, {"number": "067"}),
    ],
)
async def test_what_fits_reaches_the_handler(handler: str, value: Any, reaches: Any) -> None:
    assert await call(handler, value) == ""
    assert ran == [reaches]


@pytest.mark.parametrize(
    ("handler", "value"),
    [
        ("take_number", "5"),
        ("take_number", True),
        ("take_number", 2.7),
        ("take_number", None),
        ("take_number", [1]),
        ("take_number", 2**63),
        ("take_number", -(10**30)),
        ("take_text", 5),
        ("take_text", None),
        ("take_text", {"a": 1}),
        ("take_text", "a\0b"),
        ("take_text", "x" * (TEXT_MAX + 1)),
        ("take_flag", "false"),
        ("take_flag", 1),
        ("take_choice", "c"),
        ("take_language", "de"),
        ("take_texts", ["a", "\0"]),
        ("take_texts", ["a", "x" * (TEXT_MAX + 1)]),
        ("take_form", {}),
        ("take_form", {"number": 5}),
        ("take_form", {"number": "\0"}),
        ("take_form", {"number": "x" * (TEXT_MAX + 1)}),
        ("take_form", "number"),
    ],
)
async def test_what_does_not_fit_never_reaches_the_handler(handler: str, value: Any) -> None:
    assert await call(handler, value) == Malformed.code
    assert ran == []


async def test_a_missing_and_an_unknown_argument_are_refused() -> None:
    assert await call("take_number") == Malformed.code
    assert await call("take_number", value=1, other=2) == Malformed.code
    assert ran == []


async def test_a_refusal_is_shown_and_not_raised() -> None:
    assert await call("refuse") == NotFound.code


def test_a_policy_is_declared_or_absent() -> None:
    assert policy_of(ProbeState.event_handlers["refuse"].fn).is_public is False
    assert policy_of(ProbeState.event_handlers["take_text"].fn).is_public is True
    assert policy_of(ProbeState.event_handlers["setvar"].fn) is None


def test_a_synchronous_or_untyped_handler_cannot_be_declared() -> None:
    with pytest.raises(AssertionError):

        @action
        def waits(self: Any) -> None: ...

    with pytest.raises(AssertionError):

        @action
        async def untyped(self: Any, value) -> None: ...
