"""Passwords: what is a good one (A7), and how they are kept."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from passlib.context import CryptContext

from mykyivstar.domain.identity.errors import LoginMissing, PasswordMissing
from mykyivstar.kit.errors import CustomerError

LENGTH_MIN = 8
LENGTH_MAX = 128
SAME_CHARACTER_MAX = 2

# OWASP's argon2id parameters: about 20 ms a hash; run in a thread, or everybody waits.
_CONTEXT = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__memory_cost=19456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)

# A Ukrainian keyboard left on: "йцукен123" is as common as "qwerty123".
_LAYOUT = str.maketrans("йцукенгшщзхїфівапролджєячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")


class PasswordRule(StrEnum):
    """One rule of A7; the meter shows which are met while the password is typed."""

    LENGTH = "length"
    UPPER = "upper"
    LOWER = "lower"
    DIGIT = "digit"
    REPEATS = "repeats"
    COMMON = "common"
    LOGIN = "login"


class PasswordTooWeak(CustomerError):
    """At least one rule of A7 is broken; `broken` names them."""

    code = "identity.password_too_weak"
    sentence = "This password breaks the rules shown beside it. Choose another one."
    field = "password"

    def __init__(self, broken: frozenset[PasswordRule]) -> None:
        super().__init__()
        self.broken = broken


class PasswordsDiffer(CustomerError):
    """The two new passwords are not the same."""

    code = "identity.passwords_differ"
    sentence = "The two passwords are not the same. Type the new password again."
    field = "password_again"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a password, and how strong it is, 0 to 4."""

    broken: frozenset[PasswordRule]
    strength: int


def judge(password: str, *, login: str) -> Judgement:
    """Check a password against A7. Never raises, whatever is typed."""
    broken = {
        rule
        for rule, holds in (
            (PasswordRule.LENGTH, LENGTH_MIN <= len(password) <= LENGTH_MAX),
            (PasswordRule.UPPER, any(c.isupper() for c in password)),
            (PasswordRule.LOWER, any(c.islower() for c in password)),
            (PasswordRule.DIGIT, any(c.isdigit() for c in password)),
            (PasswordRule.REPEATS, all(password.count(c) <= SAME_CHARACTER_MAX for c in set(password))),
            (PasswordRule.COMMON, not _is_common(password)),
            (PasswordRule.LOGIN, not _is_login(password, login)),
        )
        if not holds
    }
    return Judgement(frozenset(broken), _strength(password, broken))


def require_good(password: str, again: str, *, login: str) -> None:
    """Raise PasswordTooWeak or PasswordsDiffer unless this may become a password."""
    if broken := judge(password, login=login).broken:
        raise PasswordTooWeak(broken)
    if password != again:
        raise PasswordsDiffer


def require_typed(login: str, password: str) -> None:
    """Raise LoginMissing or PasswordMissing for an empty field, before it counts as a try."""
    if not login.strip():
        raise LoginMissing
    if not password:
        raise PasswordMissing


async def hash_password(password: str) -> str:
    """What is kept of a password or of a secret answer (argon2id)."""
    return await asyncio.to_thread(_CONTEXT.hash, password[:LENGTH_MAX])


async def matches(password: str, stored: str | None) -> bool:
    """Whether this is the password; takes as long when there is none to compare with."""
    if stored is None:
        await asyncio.to_thread(_CONTEXT.dummy_verify)
        return False
    return await asyncio.to_thread(_CONTEXT.verify, password[:LENGTH_MAX], stored)


def _is_common(password: str) -> bool:
    folded = password.casefold()
    plain = folded.translate(_LAYOUT)
    stem = plain.rstrip("0123456789!?.,*#-_ ")
    return bool({folded, plain, stem} & _common())


def _is_login(password: str, login: str) -> bool:
    folded, login = password.casefold(), login.casefold()
    return bool(login) and (folded == login or (len(login) >= LENGTH_MIN and login in folded))


def _strength(password: str, broken: set[PasswordRule]) -> int:
    if not password:
        return 0
    kinds = sum(any(test(c) for c in password) for test in (str.isupper, str.islower, str.isdigit)) + any(
        not c.isalnum() for c in password
    )
    points = min(len(password) // 4, 4) + kinds - 3 - (0 if len(set(password)) > len(password) // 2 else 1)
    return max(1, min(points, 1 if broken else 4))


@cache
def _common() -> frozenset[str]:
    text = resources.files("mykyivstar.domain.identity").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
