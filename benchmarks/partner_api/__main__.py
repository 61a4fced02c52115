"""Whether the partner API keeps its word, whatever is sent: schemathesis against a server, every request signed.

    python -m benchmarks.partner_api [--cases 10000] [--database sqlite|postgresql] [--seed 1840]

Cases are spread evenly over the endpoints and come on top of those that schemathesis tries first (examples of the
description, edges of every field). Checked are all answers: none of ours is an error, each is one that the description
names, with the content it says; what does not fit the description is refused and what fits it is understood. At the end
the books are proved.
"""

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlmodel import func, select

from benchmarks.partner_api.names import PARTNER
from benchmarks.postgres import our_postgres
from benchmarks.processes import free_port
from benchmarks.verdicts import Verdict, judge
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.domain.partners.keys import KeyId, key_of
from mykyivstar.domain.partners.models import PartnerRequest

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parent.parent
ENDPOINTS = 5
SECRET = "a secret for as long as this lasts"


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[str]:
    """The server's address; it ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.partner_api.server", str(port)]
    environment = os.environ | {"DATABASE_URL": database_url, "DATA_DIR": str(folder), "SECRET_KEY": SECRET}
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        client = httpx.Client(transport=httpx.HTTPTransport(retries=20))
        client.get(f"{address}/api/partner/v1/openapi.json", timeout=30).raise_for_status()
        yield address
    finally:
        server.terminate()
        server.wait(20)


def sent(address: str, folder: Path, cases: int, seed: int) -> tuple[int, str]:
    """Run schemathesis; its exit status and what it printed."""
    each = str(max(1, cases // ENDPOINTS))
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(FOLDER / "schemathesis.toml")]
    command += ["run", f"{address}/api/partner/v1/openapi.json", "--checks", "all", "--phases"]
    command += ["examples,coverage,fuzzing", "--max-examples", each, "--seed", str(seed), "--continue-on-failure"]
    command += ["--suppress-health-check", "all", "--request-timeout", "40", "--no-color"]
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "benchmarks.partner_api.hooks",
        "PARTNER_KEY": key_of(SECRET.encode(), KeyId(PARTNER, 1)),
        "PYTHONPATH": str(PROJECT),
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


async def found(database_url: str) -> tuple[Counter[str], bool]:
    """The answers by status and code, as the audit has them, and whether the books are right."""
    database = Database(database_url)
    try:
        async with database.reading() as session:
            query = select(PartnerRequest.status, PartnerRequest.outcome, func.count())
            rows = (await session.exec(query.group_by(PartnerRequest.status, PartnerRequest.outcome))).all()
            return Counter({f"{status} {outcome}": number for status, outcome, number in rows}), (
                await proof(session)
            ).holds
    finally:
        await database.dispose()


def fuzz(database_url: str, folder: Path, *, cases: int, seed: int) -> tuple[int, str, Counter[str], bool]:
    """What schemathesis says, what was answered how often, and whether the books are right."""
    with serving(database_url, folder) as address:
        status, said = sent(address, folder, cases, seed)
    answers, are_right = asyncio.run(found(database_url))
    return status, said, answers, are_right


def main() -> int:
    """1 when anything is not as it was promised."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.partner_api")
    asked.add_argument("--cases", type=int, default=10_000)
    asked.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked.add_argument("--seed", type=int, default=1840)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.database == "sqlite":
            url = f"sqlite+aiosqlite:///{folder / 'fuzz.db'}"
            status, said, answers, are_right = fuzz(url, folder, cases=chosen.cases, seed=chosen.seed)
        else:
            with our_postgres() as server:
                server.run("createdb", "fuzz")
                url = server.url("fuzz")
                status, said, answers, are_right = fuzz(url, folder, cases=chosen.cases, seed=chosen.seed)
    print(said)
    for answer, number in sorted(answers.items()):
        print(f"  {number:>7,}  {answer}")
    generated = re.search(r"([\d,]+) generated", said)
    errors = sum(number for answer, number in answers.items() if answer.startswith(("5", "None")))
    return judge(
        [
            Verdict("cases", int(generated[1].replace(",", "")) if generated else 0, at_least=chosen.cases),
            Verdict("failures that schemathesis found", int(status != 0), at_most=0),
            Verdict("errors of ours", errors, at_most=0),
            Verdict("books that are not right", int(not are_right), at_most=0),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
