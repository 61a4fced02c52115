"""`mykyivstar serve`."""

import asyncio
import socket
from pathlib import Path

import click

from mykyivstar import wiring
from mykyivstar.cli.trouble import release_mismatch, revision
from mykyivstar.serving import build
from mykyivstar.settings import Settings, settings


@click.command("serve")
def serve_command() -> None:
    """Serve My Kyivstar until told to stop. A worker that dies is replaced."""
    chosen = settings()
    _refuse_a_wrong_folder()
    _refuse_an_old_database()
    _refuse_a_folder_that_keeps_nothing()
    _refuse_without_a_front_end(chosen)
    _refuse_a_taken_port(chosen)
    # The framework is imported only now: it takes a second, and the refusals above should not.
    from mykyivstar.serving.launcher import serve

    raise SystemExit(serve(chosen, announce=lambda: click.echo(_announcement(chosen))))


def _refuse_a_wrong_folder() -> None:
    if not Path("rxconfig.py").exists():
        raise click.ClickException(
            f"Start this in the folder of the checkout, {build.PROJECT}: the framework looks there."
        )


def _refuse_an_old_database() -> None:
    if mismatch := release_mismatch(asyncio.run(revision())):
        raise click.ClickException(mismatch)


def _refuse_a_folder_that_keeps_nothing() -> None:
    """The demo's key is made here, where it can be said that it cannot, and not in a worker later."""
    wiring.secret_key()


def _refuse_without_a_front_end(chosen: Settings) -> None:
    if not (build.web_folder() / "build" / "client" / "index.html").exists():
        raise click.ClickException("The front end is not built. Run: mykyivstar build")
    if not build.is_current(chosen):
        click.echo(
            "The front end was built from other sources or settings; mykyivstar build makes a new one.", err=True
        )


def _refuse_a_taken_port(chosen: Settings) -> None:
    """Workers share the port, so the kernel would let a second installation share it with them."""
    with socket.socket(socket.AF_INET6 if ":" in chosen.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as error:
            raise click.ClickException(f"Port {chosen.port} on {chosen.host}: {error.strerror}. Set PORT.") from error


def _announcement(chosen: Settings) -> str:
    host = "localhost" if chosen.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else chosen.host  # noqa: S104
    address = chosen.origins[0] if chosen.origins else f"http://{host}:{chosen.port}"
    if not chosen.is_demo:
        return f"My Kyivstar: {address}"
    return "\n".join(
        [
            "",
            f"  My Kyivstar (demo):  {address}",
            "  Sign in as Olena:    067 100 00 01 by code, or with the password Kobzar-1840",
            f"  SMS with the codes:  {address}/demo/phone",
            "",
        ]
    )
