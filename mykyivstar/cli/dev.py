"""`mykyivstar dev`."""

import click

from mykyivstar.settings import settings


@click.command("dev")
def dev_command() -> None:
    """Serve for developers: a change in the code is on the screen at once. Takes PORT and the two ports after it."""
    # Needs packages that only a development installation has.
    from mykyivstar.serving.development import develop

    raise SystemExit(develop(settings()))
