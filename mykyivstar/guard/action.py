"""`@action`: the only way to declare an event handler.

Reflex registers every public function of a state as a handler that any browser can call with anything. `@action`
says who may call it and validates the arguments strictly by their annotations; the guard refuses handlers without it.
"""

import functools
import inspect
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, get_type_hints, overload

import reflex as rx
from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import is_typeddict

from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.kit.errors import CustomerError, Malformed
from mykyivstar.metrics import timed_event

# No form of ours sends a longer text, but for messages, whose handlers say how long; files have their own way.
TEXT_MAX = 2000

_Validated = Callable[[tuple[Any, ...], dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call a handler."""

    is_public: bool
    # The desk's: only for a member of the staff in at least this role, and never for a customer.
    staff: StaffRole | None = None


@overload
def action(handler: Callable[..., Any], /) -> Any: ...
@overload
def action(
    *, public: bool = False, staff: StaffRole | None = None, background: bool = False, text_max: int = TEXT_MAX
) -> Callable[..., Any]: ...
def action(
    handler: Callable[..., Any] | None = None,
    /,
    *,
    public: bool = False,
    staff: StaffRole | None = None,
    background: bool = False,
    text_max: int = TEXT_MAX,
) -> Any:
    """Declare an event handler: for signed-in customers, for anybody when `public`, for the desk with a `staff` role.

    A CustomerError that the handler raises goes to the state's `_refuse` (see `state.forms.Refusals`), so a handler
    reads as the good case. Arguments that do not fit their annotations never reach it (`Malformed`).
    """
    if handler is None:
        return functools.partial(_declare, public=public, staff=staff, background=background, text_max=text_max)
    return _declare(handler, public=public, staff=staff, background=background, text_max=text_max)


def policy_of(handler: Callable[..., Any]) -> Policy | None:
    """The declared policy, None when there is none and so nobody may call."""
    return getattr(handler, "__policy__", None)


def _declare(
    handler: Callable[..., Any], *, public: bool, staff: StaffRole | None, background: bool, text_max: int
) -> Any:
    assert not (public and staff), "a handler is for anybody or for the desk"
    signature, checks = inspect.signature(handler), _argument_checks(handler)

    def validated(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        return _validated(signature, checks, args, kwargs, text_max)

    wrapped = _stream(handler, validated) if inspect.isasyncgenfunction(handler) else _single(handler, validated)
    wrapped.__policy__ = Policy(is_public=public, staff=staff)  # type: ignore[attr-defined]
    return rx.event(background=True)(wrapped) if background else rx.event(wrapped)


def _single(handler: Callable[..., Any], validated: _Validated) -> Callable[..., Any]:
    assert inspect.iscoroutinefunction(handler), "a handler is async: a synchronous one stops every other user"

    @functools.wraps(handler)
    async def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            with timed_event(handler.__qualname__):
                return await handler(self, **validated(args, kwargs))
        except CustomerError as refusal:
            return await _refuse(self, refusal, handler, kwargs)

    return wrapped


def _stream(handler: Callable[..., Any], validated: _Validated) -> Callable[..., Any]:
    @functools.wraps(handler)
    async def wrapped(self: Any, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        try:
            with timed_event(handler.__qualname__):
                async for update in handler(self, **validated(args, kwargs)):
                    yield update
        except CustomerError as refusal:
            yield await _refuse(self, refusal, handler, kwargs)

    return wrapped


async def _refuse(state: Any, refusal: CustomerError, handler: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    if (refuse := getattr(state, "_refuse", None)) is None:
        raise refusal
    return await refuse(refusal, handler.__name__, arguments)


def _argument_checks(handler: Callable[..., Any]) -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(handler)
    names = [name for name in inspect.signature(handler).parameters if name != "self"]
    missing = [name for name in names if name not in hints]
    assert not missing, f"{handler.__qualname__}: every argument needs an annotation: {missing}"
    return {name: _adapter(hints[name]) for name in names}


def _adapter(hint: Any) -> TypeAdapter[Any]:
    if is_typeddict(hint):
        # Browsers add fields of their own to a form; only the declared ones reach the handler.
        hint.__pydantic_config__ = ConfigDict(strict=True, extra="ignore")
        return TypeAdapter(hint)
    return TypeAdapter(hint, config=ConfigDict(strict=True))


def _validated(
    signature: inspect.Signature,
    checks: dict[str, TypeAdapter[Any]],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    text_max: int,
) -> dict[str, Any]:
    if not (checks or args or kwargs):
        return {}
    given = dict(zip(checks, args, strict=False)) | kwargs
    try:
        # As JSON: strict there still makes an enum of its value, and nothing else is converted.
        valid = {name: checks[name].validate_json(json.dumps(value)) for name, value in given.items()}
        signature.bind(None, **valid)
    except (ValidationError, KeyError, TypeError) as unfit:
        raise Malformed from unfit
    if not all(_is_storable(value, text_max) for value in _leaves(valid)):
        raise Malformed
    return valid


def _is_storable(value: Any, text_max: int) -> bool:
    """Whether databases take it: PostgreSQL has no text with a NUL, and no whole number is longer than 64 bits."""
    match value:
        case str():
            return len(value) <= text_max and "\0" not in value
        case int():
            return abs(value) < 2**63
        case _:
            return True


def _leaves(value: Any) -> list[Any]:
    match value:
        case dict():
            return [leaf for item in value.values() for leaf in _leaves(item)]
        case list() | tuple():
            return [leaf for item in value for leaf in _leaves(item)]
        case _:
            return [value]
