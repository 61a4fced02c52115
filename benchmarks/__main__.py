"""Runs the benchmarks, all or those named: `python -m benchmarks [name…]`. Fails when a target is missed."""

import argparse
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parent


def names() -> list[str]:
    """Every folder here that can be run."""
    return sorted(path.parent.name for path in FOLDER.glob("*/__main__.py"))


def main() -> int:
    """Run one after the other, each in a process of its own; 1 when any of them ended badly."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("names", nargs="*", metavar="name", help=f"one of: {', '.join(names())}; default: all")
    chosen = asked.parse_args().names or names()
    if unknown := sorted(set(chosen) - set(names())):
        asked.error(f"there is no benchmark called {', '.join(unknown)}")
    missed = []
    for name in chosen:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=PROJECT, check=False).returncode:
            missed.append(name)
        print(flush=True)
    if missed:
        print(f"Missed or failed: {', '.join(missed)}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
