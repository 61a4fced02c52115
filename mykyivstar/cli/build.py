"""`mykyivstar build`."""

import click

from mykyivstar.serving import build


@click.command("build")
@click.option("--force", is_flag=True, help="Build even when nothing has changed since the last time.")
def build_command(force: bool) -> None:
    """Compile the front end, if anything that goes into it has changed. Needs Node, which the packages bring."""
    try:
        built = build.build(force=force)
    except build.BuildFailed as failed:
        raise click.ClickException(str(failed)) from failed
    click.echo("The front end is built." if built else "The front end is up to date.")
