"""What is kept under version control names no machine, no registry and no address that only its author has."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import PROJECT

# Put together here, so that this file does not name them either.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"/ro" + r"ot/",
            r"/wo" + r"rk/(main|shared)",
            r"/tmp/" + r"w/",
            r"pypi\." + r"org",
            r"python" + r"hosted\.",
            r"registry\.npm" + r"js",
            r"npm" + r"mirror",
            r"deb\.deb" + r"ian",
            r"(?:^|\n)--(extra-)?index" + r"-url",
        ]
    )
)
PICTURES = {".png", ".ico", ".woff2", ".jpg", ".webp", ".gz", ".br", ".mo"}


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a checkout: git lists no files here")
    paths = [PROJECT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in PICTURES]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {
        f"{path.relative_to(PROJECT)}: {match[0]}"
        for path in tracked_files()
        for match in [FORBIDDEN.search(path.read_text(encoding="utf-8", errors="replace"))]
        if match
    }
    assert found == set()


def test_every_package_is_pinned_with_its_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        pins = [line for line in (PROJECT / name).read_text().splitlines() if line and not line.startswith((" ", "#"))]
        assert pins
        assert [pin for pin in pins if "==" not in pin or not pin.endswith("\\")] == []


def test_both_locks_agree() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"(?m)^[a-z][^ ]+==[^ ]+", (PROJECT / name).read_text()))

    assert versions("requirements.lock") - versions("requirements-dev.lock") == set()
