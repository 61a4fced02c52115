"""The meter in the browser says the same of a password as the server."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mykyivstar.domain.identity.passwords import judge
from mykyivstar.frontend.kit_files import KIT_SOURCE, common_words, kit_files

PROGRAM = """
import { judge } from "./password_rules.js";
import common from "./common_words.js";
const asked = JSON.parse(process.argv[2]);
console.log(JSON.stringify(asked.map(([password, login]) => judge(password, login, common))));
"""
LOGINS = ("", "380671000001", "olena", "Olena.Kovalenko")
TELLING = (
    ("", ""),
    ("Kobzar-1840", "380671000001"),
    ("short1A", ""),
    ("Kyiv2026!", ""),
    ("Київ2026", ""),
    ("йцукен123", ""),
    ("Йцукен123", ""),
    ("Qwerty123!", ""),
    ("Пароль1!", ""),
    ("aaaBBB111", ""),
    ("Тиха-Вода-7", ""),
    ("380671000001", "380671000001"),
    ("X380671000001y", "380671000001"),
    ("olenaOLENA17", "olena"),
    ("Aa1" + "\N{CAT FACE}" * 3 + "xyzw", ""),
    ("Ab1" * 50, ""),
)


@pytest.fixture
def meter(tmp_path: Path):
    """The browser's own code, run in Node."""
    written = dict(kit_files())
    for name in ("password_rules", "common_words"):
        (tmp_path / f"{name}.js").write_text(written[f"utils/kit/{name}.jsx"])
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "program.js").write_text(PROGRAM)

    def ask(typed: list[tuple[str, str]]) -> list[dict[str, Any]]:
        node = Path(sys.executable).with_name("node")
        done = subprocess.run(
            [node, "program.js", json.dumps(typed)], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    return ask


def drawn(count: int) -> list[tuple[str, str]]:
    """Passwords as people and programs make them, always the same ones."""
    chance = random.Random(7)
    signs = "abcdeABCDE01239!?-_ .абвгґєіїйАБВГҐЄІЇЙ"
    words = [*common_words(), "Kobzar", "Дніпро", "olena", "380671000001"]

    def one() -> str:
        start = chance.choice([*words, ""]) if chance.random() < 0.5 else ""
        return chance.choice([start, start.capitalize()]) + "".join(chance.choices(signs, k=chance.randrange(14)))

    return [(one(), chance.choice(LOGINS)) for _ in range(count)]


def test_the_meter_judges_as_the_server_does(meter) -> None:
    asked = [*TELLING, *drawn(1000)]
    for (password, login), answer in zip(asked, meter(asked), strict=True):
        wanted = judge(password, login=login)
        assert (set(answer["broken"]), answer["strength"]) == (set(wanted.broken), wanted.strength), password


def test_the_drawn_passwords_break_and_keep_every_rule() -> None:
    seen = [judge(password, login=login) for password, login in drawn(1000)]
    for rule in ("length", "upper", "lower", "digit", "repeats", "common", "login"):
        assert 0 < sum(rule in judgement.broken for judgement in seen) < 1000, rule
    assert {judgement.strength for judgement in seen} == {0, 1, 2, 3, 4}


def test_the_meter_loads_the_list_only_when_somebody_types() -> None:
    source = (KIT_SOURCE / "password.jsx").read_text(encoding="utf-8")
    assert 'import("./common_words.jsx")' in source
    assert 'from "./common_words.jsx"' not in source
