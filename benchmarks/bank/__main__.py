"""The bank test: transfers by the domain's own doors while processes and the database are killed; then all is counted.

    python -m benchmarks.bank [--kills 60] [--transfers 100000] [--known-bad] [--on sqlite postgresql]

Half of the kills and transfers fall on each database. With --known-bad a careless teller does the work, and the test
fails unless it catches it: exit 0 means caught. SIGKILL is not a power cut; durability against that is fsync's, which
is on in both databases.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.bank.run import Bank, Outcome, Plan
from benchmarks.postgres import our_postgres
from benchmarks.verdicts import Verdict, judge

DATABASES = ("sqlite", "postgresql")


def on_sqlite(plan: Plan) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
        return Bank(f"sqlite+aiosqlite:///{folder}/bank.db", Path(folder), plan, None).run()


def on_postgresql(plan: Plan) -> Outcome:
    with our_postgres() as server, tempfile.TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
        server.run("createdb", "bank")
        return Bank(server.url("bank"), Path(folder), plan, server).run()


def show(name: str, outcome: Outcome) -> None:
    found = outcome.findings
    kills = ", ".join(f"{count} of {victim}" for victim, count in sorted(outcome.kills.items()))
    print(f"{name}: {outcome.kills.total()} SIGKILLs ({kills}) in {outcome.seconds:.0f} s")
    print(f"  {found.acknowledged:,} transfers acknowledged: {found.lost} lost, {found.twice} doubled")
    proof = "holds" if found.is_proved else "FAILS"
    print(f"  accounts that have too much or too little: {found.drifted}; the proof of the books {proof}")
    print(f"  posted unasked {found.invented}, posted yet refused {found.refused_yet_posted}, open {found.unanswered}")
    looks = f"{outcome.wrong_looks} with another total, {outcome.overdrawn_looks} overdrawn"
    print(f"  {outcome.looks:,} snapshots: {looks}", flush=True)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.bank")
    asked.add_argument("--kills", type=int, default=60)
    asked.add_argument("--transfers", type=int, default=100_000)
    asked.add_argument("--known-bad", action="store_true", help="a careless teller, which must be caught")
    asked.add_argument("--on", nargs="+", choices=DATABASES, default=DATABASES)
    given = asked.parse_args()
    outcomes = {}
    for name in given.on:
        kills, transfers = -(-given.kills // len(given.on)), -(-given.transfers // len(given.on))
        plan = Plan(kills, transfers)
        if given.known_bad:
            plan = Plan(min(kills, 6), min(transfers, 500), tellers=("naive", "naive"))
        outcomes[name] = on_sqlite(plan) if name == "sqlite" else on_postgresql(plan)
        show(name, outcomes[name])
    if given.known_bad:
        missed = [name for name, outcome in outcomes.items() if outcome.is_right]
        print(f"NOT CAUGHT on {', '.join(missed)}" if missed else "caught on every database")
        return int(bool(missed))
    found = [outcome.findings for outcome in outcomes.values()]
    return judge(
        [
            Verdict("kills", sum(outcome.kills.total() for outcome in outcomes.values()), at_least=given.kills),
            Verdict("transfers acknowledged", sum(each.acknowledged for each in found), at_least=given.transfers),
            Verdict("lost", sum(each.lost for each in found), at_most=0),
            Verdict("doubled", sum(each.twice + each.drifted for each in found), at_most=0),
            Verdict("snapshots with another total", sum(one.wrong_looks for one in outcomes.values()), at_most=0),
            Verdict("anything else wrong", sum(not outcome.is_right for outcome in outcomes.values()), at_most=0),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
