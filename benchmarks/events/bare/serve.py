"""Serves the bare app like ours: `python serve.py <port>` in this folder, the framework's variables being set."""

import gc
import multiprocessing
import sys
from importlib import import_module

from granian.constants import Interfaces, Loops
from granian.server import Server


def main(port: int) -> None:
    """Until told to stop: one worker, forked from a process in which everything is loaded."""
    import_module("bare.bare")
    multiprocessing.set_start_method("fork", force=True)
    gc.collect()
    gc.freeze()
    Server(
        target="bare.bare:app",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.auto,
        workers=1,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
