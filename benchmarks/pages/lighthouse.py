"""Lighthouse on a simulated cheap phone; installed once into .cache, under its lock."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.chromium import FLAGS, chromium
from benchmarks.site import PROJECT

_HERE = Path(__file__).parent
_MADE_OF = (_HERE / "package.json", _HERE / "package-lock.json", PROJECT / ".npmrc")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# What Lighthouse calls them, and what they are called everywhere else.
_MOMENTS = {
    "first-contentful-paint": "FCP ms",
    "largest-contentful-paint": "LCP ms",
    "total-blocking-time": "TBT ms",
    "cumulative-layout-shift": "CLS",
    "total-byte-weight": "bytes",
}


@dataclass(frozen=True, slots=True)
class Report:
    """One run: scores of 100, moments, and what cost points outside performance."""

    scores: dict[str, float]
    moments: dict[str, float]
    complaints: tuple[str, ...]


def run(address: str) -> Report:
    """Have the page judged once, as a phone."""
    environment = os.environ | {"CHROME_PATH": chromium(), "PATH": _path()}
    flags = " ".join(("--headless=new", *FLAGS))
    command = [
        "node",
        str(_installed() / "node_modules" / "lighthouse" / "cli" / "index.js"),
        address,
        "--quiet",
        "--output=json",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}",
    ]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    audits = found["audits"]
    return Report(
        scores={name: found["categories"][name]["score"] * 100 for name in CATEGORIES},
        moments={short: audits[name]["numericValue"] for name, short in _MOMENTS.items()},
        complaints=tuple(
            part["id"]
            for name in CATEGORIES[1:]
            for part in found["categories"][name]["auditRefs"]
            if part["weight"] and audits[part["id"]]["score"] == 0
        ),
    )


def middle(reports: list[Report]) -> Report:
    """The medians, and every complaint."""
    return Report(
        scores={name: median(each.scores[name] for each in reports) for name in CATEGORIES},
        moments={name: median(each.moments[name] for each in reports) for name in _MOMENTS.values()},
        complaints=tuple(sorted({complaint for each in reports for complaint in each.complaints})),
    )


def _installed() -> Path:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in _MADE_OF)).hexdigest()[:16]
    folder = PROJECT / ".cache" / "lighthouse" / digest
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for path in _MADE_OF:
            shutil.copy(path, folder)
        command = ["npm", "ci", "--ignore-scripts", "--silent"]
        subprocess.run(command, cwd=folder, env=os.environ | {"PATH": _path()}, check=True)
        (folder / "done").touch()
    return folder


def _path() -> str:
    """Node and npm come with our Python packages and stand beside Python."""
    return str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
