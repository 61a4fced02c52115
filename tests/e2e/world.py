"""What all workers of a run share: the build, looked after once, and the demo world, made once and copied."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serving.running import Installation, install, installed


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, filled by whichever worker comes first; the others wait for it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def make_demo(folder: Path, web: Path) -> None:
    """An installation with the demo world."""
    made = install(folder, web).run("demo")
    assert made.returncode == 0, made.stderr


def copy_of_demo(demo: Path, folder: Path, web: Path, **more: str) -> Installation:
    """An installation with a demo world of its own."""
    shutil.copytree(demo / "data", folder / "data")
    return installed(folder, web, **more)
