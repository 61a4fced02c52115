"""Imports every module that declares jobs, so that a worker knows them all."""

from mykyivstar.jobs import (
    auto_top_up,
    billing,
    blocking,
    bonuses,
    faults,
    internet,
    ledger,
    mail,
    payments,
    promises,
    reports,
    retention,
    sms,
    support,
    transfers,
    usage,
)
from mykyivstar.jobs.registry import Registry, registry

__all__ = [
    "auto_top_up",
    "billing",
    "blocking",
    "bonuses",
    "every_job",
    "faults",
    "internet",
    "ledger",
    "mail",
    "payments",
    "promises",
    "reports",
    "retention",
    "sms",
    "support",
    "transfers",
    "usage",
]


def every_job() -> Registry:
    """The registry, filled."""
    return registry
