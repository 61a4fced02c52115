"""Imports every module that declares jobs, so that a worker knows them all."""

from mykyivstar.jobs import ledger, retention, sms
from mykyivstar.jobs.registry import Registry, registry

__all__ = ["every_job", "ledger", "retention", "sms"]


def every_job() -> Registry:
    """The registry, filled."""
    return registry
