"""What the framework reads from the environment, derived from our settings so that nobody has to know both."""

import os
import sys
from pathlib import Path

from mykyivstar.settings import Settings


def prepare_environment(chosen: Settings) -> None:
    """Set the framework's variables for a production process; before the framework is imported for the first time."""
    os.environ.update(framework_variables(chosen))
    # Node and npm come with the Python packages; the front end is built with these and no others.
    beside_python = str(Path(sys.executable).parent)
    if beside_python not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = beside_python + os.pathsep + os.environ.get("PATH", "")


def framework_variables(chosen: Settings) -> dict[str, str]:
    """The variables themselves. Two underscores mark what the framework calls internal; serving needs one of those."""
    variables = {
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_USE_NPM": "true",
        # The framework's default lets every site read what we answer.
        "REFLEX_CORS_ALLOWED_ORIGINS": ",".join(chosen.origins or _local_origins(chosen.port)),
        "__REFLEX_SKIP_COMPILE": "true",
    }
    if chosen.redis_url:
        # Without the optimistic lock two workers handle a third of the events that one does.
        return variables | {"REFLEX_REDIS_URL": chosen.redis_url, "REFLEX_OPLOCK_ENABLED": "true"}
    # Never the framework's default: it writes the state of every browser to disk in the clear.
    return variables | {"REFLEX_STATE_MANAGER_MODE": "memory"}


def _local_origins(port: int) -> tuple[str, ...]:
    return tuple(f"http://{host}:{port}" for host in ("localhost", "127.0.0.1", "[::1]"))
