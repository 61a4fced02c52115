"""Runs the workers, and another one when one dies."""

import gc
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from granian.constants import Interfaces, Loops
from granian.server import Server

from mykyivstar import logs
from mykyivstar.kit.clock import monotonic
from mykyivstar.serving.environment import prepare_environment
from mykyivstar.settings import Settings

log = logging.getLogger(__name__)

_APPLICATION = "mykyivstar.serving.application:create"
# The server gives up when one worker dies twice within seconds. We start again, unless that happens over and over.
_RESTARTS_MAX = 5
_RESTARTS_WITHIN_S = 60.0
_GRACE_S = 10
_THROUGH_OUR_LOGS = {
    "loggers": {
        "_granian": {"handlers": [], "level": "INFO", "propagate": True},
        "granian.access": {"handlers": [], "propagate": False},
    }
}


def serve(chosen: Settings, *, announce: Callable[[], None]) -> int:
    """Serve until told to stop; the exit status of this process. `announce` is called once the port is ours."""
    prepare_environment(chosen)
    with _metrics_of_all_workers(chosen):
        return _supervise(chosen, announce)


def _supervise(chosen: Settings, announce: Callable[[], None]) -> int:
    from mykyivstar.serving import application  # after the environment: importing it reads that

    logs.configure(chosen.log_format)
    application.preload()
    # Forked workers share what is loaded by now; frozen, the collector of each does not copy it page by page.
    multiprocessing.set_start_method("fork", force=True)
    gc.collect()
    gc.freeze()
    deaths: list[float] = []
    while (status := _serve_once(chosen, announce if not deaths else _quietly)) != 0:
        deaths = [moment for moment in deaths if monotonic() - moment < _RESTARTS_WITHIN_S] + [monotonic()]
        if len(deaths) > _RESTARTS_MAX:
            log.error("the workers die as soon as they start; giving up")
            return status
        log.warning("starting all workers again")
    return 0


def _serve_once(chosen: Settings, announce: Callable[[], None]) -> int:
    server = Server(
        target=_APPLICATION,
        factory=True,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        loop=Loops.auto,
        workers=chosen.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE_S,
        log_dictconfig={"version": 1, "disable_existing_loggers": False, **_THROUGH_OUR_LOGS},
    )
    server.on_startup(announce)
    try:
        server.serve()
    except SystemExit as ended:
        # Told to stop while stopping for another reason: stopped is what was wanted.
        return 0 if server.interrupt_signal else int(ended.code or 0)
    return 0


@contextmanager
def _metrics_of_all_workers(chosen: Settings) -> Iterator[None]:
    """Several workers count into files of one folder, so that whichever is asked for metrics can tell of all."""
    if chosen.workers == 1:
        yield
        return
    assert "prometheus_client" not in sys.modules, "it reads the variable when it is imported"
    with TemporaryDirectory(prefix="mykyivstar-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _quietly() -> None:
    """Once is enough."""
