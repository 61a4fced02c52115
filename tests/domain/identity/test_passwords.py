"""Passwords: A7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.domain.identity.passwords import (
    PasswordRule,
    PasswordsDiffer,
    PasswordTooWeak,
    hash_password,
    judge,
    matches,
    require_good,
)
from tests.fixtures.passwords import AS_SHIPPED

# 128 characters, none of them more than twice.
LONGEST = "Aa1" + "".join(chr(0x4E00 + each) for each in range(125))


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Kobzar-1840", set()),
        ("Kobza-1", {PasswordRule.LENGTH}),
        ("Kobza-18", set()),
        ("kobzar-1840", {PasswordRule.UPPER}),
        ("KOBZAR-1840", {PasswordRule.LOWER}),
        ("Kobzar-Misto", {PasswordRule.DIGIT}),
        ("Kobzar-1811", {PasswordRule.REPEATS}),
        ("Kobzar-1181", {PasswordRule.REPEATS}),
        ("Kobzar-1812", set()),
        ("Qwerty123!", {PasswordRule.COMMON}),
        ("Йцукен123", {PasswordRule.COMMON}),
        ("Kyivstar067", {PasswordRule.COMMON}),
        ("Пароль2026", {PasswordRule.COMMON}),
        ("Олена-Київ26", set()),
        (LONGEST, set()),
        (LONGEST + "Ї", {PasswordRule.LENGTH}),
        ("", {PasswordRule.LENGTH, PasswordRule.UPPER, PasswordRule.LOWER, PasswordRule.DIGIT}),
    ],
)
def test_each_rule_is_kept_or_broken(password: str, broken: set[PasswordRule]) -> None:
    found = set(judge(password, login="380671000001").broken)
    assert found == broken


def test_the_login_is_no_password() -> None:
    assert PasswordRule.LOGIN in judge("Olena.K-2026", login="olena.k-2026").broken
    assert PasswordRule.LOGIN in judge("x380671000001X", login="380671000001").broken


@given(st.text(max_size=200), st.text(max_size=64))
def test_judging_never_fails_and_only_good_passwords_are_strong(password: str, login: str) -> None:
    judgement = judge(password, login=login)
    assert 0 <= judgement.strength <= 4
    if judgement.broken:
        assert judgement.strength <= 1


def test_a_weak_one_and_two_different_ones_are_refused() -> None:
    with pytest.raises(PasswordTooWeak) as weak:
        require_good("short", "short", login="")
    assert PasswordRule.LENGTH in weak.value.broken
    with pytest.raises(PasswordsDiffer):
        require_good("Kobzar-1840", "Kobzar-1841", login="")


async def test_a_password_is_kept_as_argon2id_and_matches_only_itself() -> None:
    stored = await hash_password("Kobzar-1840")
    assert stored.startswith("$argon2id$")
    assert await matches("Kobzar-1840", stored)
    assert not await matches("Kobzar-1841", stored)
    assert not await matches("Kobzar-1840", None)


def test_customers_passwords_are_hashed_as_dearly_as_owasp_asks() -> None:
    assert AS_SHIPPED.hash("Kobzar-1840").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
