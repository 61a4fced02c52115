"""A test that hangs must not stop a run for ever."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.serving.running import PROJECT

CONFIGURATION = PROJECT / "pyproject.toml"
HANGS = """
import threading


def waits_for_nothing():
    threading.Event().wait()


def test_hangs():
    waits_for_nothing()


def test_afterwards():
    pass
"""


def test_a_test_that_hangs_says_where_it_stands_and_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "test_hanging.py"
    path.write_text(HANGS)
    ours = [sys.executable, "-m", "pytest", "-c", str(CONFIGURATION), "--rootdir", str(tmp_path), "-n", "1"]
    run = subprocess.run(
        [*ours, "-o", "faulthandler_timeout=1", "-p", "no:cacheprovider", str(path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 1
    assert "in waits_for_nothing" in run.stderr
    assert "crashed while running" in run.stdout
    assert "1 failed, 1 passed" in run.stdout


def test_a_run_has_such_a_limit() -> None:
    chosen = tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert chosen["faulthandler_timeout"] > 0
    assert chosen["faulthandler_exit_on_timeout"]
