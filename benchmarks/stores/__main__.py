"""How long the server takes to filter and sort stores by what a page asks for (J1).

    python -m benchmarks.stores [--stores 2000] [--rounds 200]

Processor time of one search, the slowest of all rounds: services, hours at this moment, distance from where one is.
"""

import argparse
import sys
import time
from random import Random

from benchmarks.verdicts import Verdict, judge
from mykyivstar.domain.stores.geo import Point
from mykyivstar.domain.stores.models import Store, StoreKind
from mykyivstar.domain.stores.register import Place, Register, Wish
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.text import search_key

MOST_MS = 50.0
_HOURS = ("Mo-Fr 09:00-19:00; Sa 10:00-17:00; Su,PH off", "Mo-Su 10:00-21:00", "Mo-Sa 09:00-13:30,14:15-18:30")
_WISHES = (
    Wish(),
    Wish(text="вул. Прикладна 7"),
    Wish(text="Львів", open_now=True),
    Wish(origin=Point(50.45, 30.52), services=frozenset({"esim"}), open_now=True),
)


def register(stores: int) -> Register:
    """So many stores all over the country."""
    rng = Random(1)
    return Register([Place.of(_store(number, rng)) for number in range(1, stores + 1)])


def _store(number: int, rng: Random) -> Store:
    texts = {"uk": f"вул. Прикладна, {number}", "en": f"{number} Prykladna St", "ru": f"ул. Прикладная, {number}"}
    return Store(
        id=number,
        code=f"s-{number}",
        kind=rng.choice(list(StoreKind)),
        name=texts,
        city={"uk": "Місто", "en": "City", "ru": "Город"},
        address=texts,
        latitude=rng.uniform(44.4, 52.3),
        longitude=rng.uniform(22.2, 40.2),
        opening_hours=rng.choice(_HOURS),
        services=rng.sample(["connect", "esim", "repair", "top_up"], 2),
        search_key=search_key(" ".join(texts.values())),
    )


def main() -> int:
    """Search again and again; 1 when the target is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.stores")
    asked.add_argument("--stores", type=int, default=2_000)
    asked.add_argument("--rounds", type=int, default=200)
    given = asked.parse_args()
    known, taken = register(given.stores), []
    for number in range(given.rounds):
        began = time.process_time()
        known.find(_WISHES[number % len(_WISHES)], SystemClock().now())
        taken.append((time.process_time() - began) * 1000)
    print(f"{given.stores:,} stores, {given.rounds} searches: {sorted(taken)[len(taken) // 2]:.1f} ms at the median")
    return judge([Verdict("stores: filter and sort, the slowest", max(taken), " ms", at_most=MOST_MS)])


if __name__ == "__main__":
    sys.exit(main())
