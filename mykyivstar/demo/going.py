"""Whether this installation's worker keeps the demo world going."""

from mykyivstar.settings import settings


def keep_going_if_wanted() -> None:
    """Have the worker of this process know the demo's jobs, if the demo is shown; call it before the worker is made."""
    if settings().is_demo and settings().demo_life:
        # Imported where it is wanted: importing it declares the jobs.
        import mykyivstar.demo.jobs  # noqa: F401
