"""`GET /metrics`: the counters of this installation, for Prometheus."""

import os
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.domain.ledger import proving
from mykyivstar.domain.ledger.models import LedgerProof
from mykyivstar.domain.notifications import queries
from mykyivstar.guard.address import client_address
from mykyivstar.jobs import standing
from mykyivstar.kit.secret import same
from mykyivstar.settings import settings


class Gauges(Collector):
    """Figures that were read from the database for this one answer."""

    def __init__(self, figures: Sequence[Metric]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        return self._figures


async def metrics(request: Request) -> Response:
    """All figures as text; for the bearer of METRICS_TOKEN or, when there is none, for this machine alone."""
    if not _may_see(request):
        return PlainTextResponse("Not for you.", status_code=403)
    kept: CollectorRegistry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        kept = CollectorRegistry()
        MultiProcessCollector(kept)  # type: ignore[no-untyped-call]
    read = CollectorRegistry()
    read.register(Gauges(await _figures()))
    return Response(generate_latest(kept) + generate_latest(read), media_type=CONTENT_TYPE_LATEST)


def _may_see(request: Request) -> bool:
    if token := settings().metrics_token.get_secret_value():
        return same(request.headers.get("authorization", ""), f"Bearer {token}")
    # Through a proxy on this machine everybody would seem to be local.
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ip_address(client_address(request.scope)).is_loopback
    except ValueError:
        return False


async def _figures() -> list[Metric]:
    at = wiring.clock().now()
    async with wiring.reading() as session:
        queue = await standing.standing(session, at=at)
        by_state = await queries.count_by_state(session)
        letters = await queries.count_mail_by_state(session)
        books = await proving.last_proof(session)
    sms = GaugeMetricFamily("mykyivstar_sms", "SMS that are kept, by state.", labels=["state"])
    for state, number in by_state.items():
        sms.add_metric([state.value], number)
    mail = GaugeMetricFamily("mykyivstar_mail", "Letters that are kept, by state.", labels=["state"])
    for letter_state, number in letters.items():
        mail.add_metric([letter_state.value], number)
    dead = GaugeMetricFamily("mykyivstar_jobs_dead", "Jobs that were given up: a person has to look.", labels=["kind"])
    for kind, number in queue.dead:
        dead.add_metric([kind], number)
    due = GaugeMetricFamily("mykyivstar_jobs_due", "Jobs that should be running and wait.", value=queue.due)
    oldest = queue.oldest_due.total_seconds()
    age = GaugeMetricFamily("mykyivstar_jobs_oldest_due_seconds", "For how long the oldest of them has.", value=oldest)
    return [sms, mail, dead, due, age, *_of_the_books(books)]


def _of_the_books(proof: LedgerProof | None) -> Iterable[Metric]:
    """Nothing until the books have been proved for the first time."""
    if proof is None:
        return
    wrong = GaugeMetricFamily("mykyivstar_ledger_wrong", "What the last proof of the books found.", labels=["what"])
    wrong.add_metric(["balances"], proof.wrong_balances)
    wrong.add_metric(["operations"], proof.wrong_operations)
    wrong.add_metric(["totals"], proof.wrong_totals)
    yield wrong
    proved_at = proof.at.timestamp()
    yield GaugeMetricFamily("mykyivstar_ledger_proved_timestamp_seconds", "When that was.", value=proved_at)


routes = [Route("/metrics", metrics)]
