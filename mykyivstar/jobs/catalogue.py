"""Imports every module that declares jobs, so that a worker knows them all."""

from mykyivstar.jobs import ledger, mail, payments, promises, retention, sms, transfers
from mykyivstar.jobs.registry import Registry, registry

__all__ = ["every_job", "ledger", "mail", "payments", "promises", "retention", "sms", "transfers"]


def every_job() -> Registry:
    """The registry, filled."""
    return registry
