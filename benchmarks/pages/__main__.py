"""Page weight in an empty browser, and Lighthouse on `/`, of the production server with the demo world.

    python -m benchmarks.pages [--runs 3]

The front end must be built (`make build`). Lighthouse's performance moves with whatever else the machine does, so it
runs several times and the median counts; bytes are the same each time.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from benchmarks.pages import lighthouse
from benchmarks.pages.weight import Download, browser, downloads
from benchmarks.people import sign_in
from benchmarks.site import Running, our_site
from benchmarks.verdicts import Verdict, judge
from mykyivstar import routes
from mykyivstar.serving.build import web_folder

PAGE_KIB_MAX = 300
CHUNK_KB_MAX = 100
PERFORMANCE_MIN = 90
# Files that are worth a line of their own.
_SHOWN_FROM_BYTES = 8_000


def main() -> int:
    """Measure, print, judge."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    asked.add_argument("--runs", type=int, default=3, help="of Lighthouse; 0 leaves it out")
    given = asked.parse_args()
    with our_site() as ours:
        verdicts = _weights(ours)
        if given.runs:
            verdicts += _opinion(ours, given.runs)
    print()
    return judge(verdicts)


def _weights(ours: Running) -> list[Verdict]:
    [person] = asyncio.run(sign_in(ours.database, 1))
    verdicts = []
    with browser() as opened:
        for path, cookie in ((routes.LANDING, ""), (routes.LOGIN, ""), (routes.HOME, person.cookie)):
            found = downloads(opened, ours.address, path, cookie)
            _show(path, found)
            total = sum(each.size for each in found) / 1024
            verdicts.append(Verdict(f"{path}: transferred to an empty browser", total, " KiB", at_most=PAGE_KIB_MAX))
    return [*verdicts, _heaviest_chunk()]


def _heaviest_chunk() -> Verdict:
    """Of the whole build, whatever page it belongs to; the framework's own are not spared."""
    chunks = sorted(
        (web_folder() / "build" / "client" / "assets").glob("*.js.br"), key=lambda each: -each.stat().st_size
    )
    listed = ", ".join(f"{each.name.removesuffix('.br')} {each.stat().st_size / 1000:.1f} kB" for each in chunks[:5])
    print(f"  {len(chunks)} chunks in the build, brotli; the heaviest: {listed}")
    return Verdict("heaviest chunk of the build", chunks[0].stat().st_size / 1000, " kB", at_most=CHUNK_KB_MAX)


def _show(path: str, found: Sequence[Download]) -> None:
    print(f"  {path}: {sum(each.size for each in found) / 1024:.1f} KiB in {len(found)} files, brotli")
    rest = [each for each in found if each.size < _SHOWN_FROM_BYTES]
    for each in found[: len(found) - len(rest)]:
        print(f"    {each.size / 1000:>7.1f} kB  {each.name}")
    print(f"    {sum(each.size for each in rest) / 1000:>7.1f} kB  {len(rest)} smaller ones", flush=True)


def _opinion(ours: Running, runs: int) -> list[Verdict]:
    reports = []
    for number in range(1, runs + 1):
        report = lighthouse.run(ours.address + routes.LANDING)
        reports.append(report)
        _say(f"Lighthouse, phone, {number} of {runs}", report)
    found = lighthouse.middle(reports)
    if found.complaints:
        print(f"  complaints: {', '.join(found.complaints)}")
    wanted = dict.fromkeys(lighthouse.CATEGORIES, 100) | {"performance": PERFORMANCE_MIN}
    return [Verdict(f"/: Lighthouse {name}", found.scores[name], at_least=least) for name, least in wanted.items()]


def _say(label: str, report: lighthouse.Report) -> None:
    scores = ", ".join(f"{name} {score:.0f}" for name, score in report.scores.items())
    moments = ", ".join(
        f"{name} {value:.2f}" if value < 1 else f"{name} {value:.0f}" for name, value in report.moments.items()
    )
    print(f"  {label}: {scores}; {moments}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
