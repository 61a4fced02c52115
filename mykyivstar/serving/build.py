"""Compiles the front end when something that goes into it has changed."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from mykyivstar.serving.environment import framework_variables, prepare_environment
from mykyivstar.settings import Settings, settings

PACKAGE = Path(__file__).parents[1]
PROJECT = PACKAGE.parent
# Parts of the package that never reach a browser; everything else may, so a change of it means a new build.
_SERVER_ONLY = {"api", "cli", "db", "demo", "integrations", "jobs", "serving"}
_BESIDE = ("rxconfig.py", "requirements.lock", "assets", "reflex.lock")
_STAMP = "mykyivstar.stamp"


class BuildFailed(Exception):
    """The compilation ended with an error; what it was has been printed."""


def web_folder() -> Path:
    """Where the framework compiles."""
    return Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web"))


def is_current(chosen: Settings) -> bool:
    """Whether the build that is there was made from exactly these sources and settings."""
    stamp = web_folder() / "build" / _STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint(chosen)


def build(*, force: bool = False) -> bool:
    """Compile; False when there was nothing to do. Raises BuildFailed."""
    chosen = settings()
    if not force and is_current(chosen):
        return False
    prepare_environment(chosen)
    environment = {name: value for name, value in os.environ.items() if name not in _not_for_building(chosen)}
    environment |= _npm_settings(environment)
    command = [str(Path(sys.executable).with_name("reflex")), "export", "--frontend-only", "--no-zip"]
    if subprocess.run(command, env=environment, check=False).returncode != 0:  # noqa: S603 -- our own words
        raise BuildFailed("The front end could not be compiled; the reason stands above.")
    (web_folder() / "build" / _STAMP).write_text(fingerprint(chosen), encoding="utf-8")
    return True


def fingerprint(chosen: Settings) -> str:
    """A hash of everything that the compiled front end depends on."""
    digest = hashlib.sha256(
        f"{chosen.environment} {chosen.sms_gateway} {chosen.public_origins} {chosen.offers_bank_qr}".encode()
    )
    for path in _sources():
        digest.update(f"\0{path.relative_to(PROJECT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    inside = [path for path in PACKAGE.iterdir() if path.name not in _SERVER_ONLY]
    for root in [*inside, *(PROJECT / name for name in _BESIDE)]:
        files = sorted(root.rglob("*")) if root.is_dir() else [root]
        yield from (path for path in files if path.is_file() and _counts(path))


def _counts(path: Path) -> bool:
    # The framework links files of its packages into assets/external.
    return path.suffix != ".pyc" and "external" not in path.parts


def _not_for_building(chosen: Settings) -> set[str]:
    """Serving must not compile, and compiling needs no Redis."""
    return {"__REFLEX_SKIP_COMPILE", "REFLEX_REDIS_URL"} & set(framework_variables(chosen))


def _npm_settings(environment: dict[str, str]) -> dict[str, str]:
    """The registry npm is set up for, or the framework would measure two it knows; and a lock without addresses."""
    npm = ["npm", "config", "get", "registry"]
    registry = subprocess.run(npm, env=environment, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    chosen = {"NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true", "REFLEX_STATE_MANAGER_MODE": "memory"}
    return chosen | ({"NPM_CONFIG_REGISTRY": registry} if registry.startswith("http") else {})
