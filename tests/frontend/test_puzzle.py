"""The browser finds what the server takes."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from mykyivstar.domain.feedback.puzzle import demand_solved, new_challenge
from mykyivstar.frontend.kit_files import kit_files
from tests.factories.puzzles import solved

PROGRAM = """
import { solving } from "./puzzle.js";
const search = solving(process.argv[2]);
let step = search.next();
while (!step.done) step = search.next();
console.log(step.value);
"""
KEY, AT = b"k" * 32, datetime(2026, 11, 22, 10, tzinfo=UTC)


def found_by_the_browser(folder: Path, challenge: str) -> str:
    (folder / "puzzle.js").write_text(dict(kit_files())["utils/kit/puzzle.js"])
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "program.js").write_text(PROGRAM)
    node = Path(sys.executable).with_name("node")
    done = subprocess.run([node, "program.js", challenge], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_browser_finds_the_same_numbers_as_we_would(tmp_path: Path) -> None:
    challenge = new_challenge(KEY, bits=6, visitor="v", at=AT)
    assert f"{challenge}~{found_by_the_browser(tmp_path, challenge)}" == solved(challenge)


def test_a_search_past_many_numbers_is_taken(tmp_path: Path) -> None:
    challenge = new_challenge(KEY, bits=13, visitor="v", at=AT)
    numbers = found_by_the_browser(tmp_path, challenge)
    assert demand_solved(KEY, f"{challenge}~{numbers}", bits=13, visitor="v", at=AT)
