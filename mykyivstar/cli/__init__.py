"""The command line: everything an operator does with an installation."""

from importlib import import_module
from typing import Any

import click
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from mykyivstar.settings import UnsafeSettings

# Loaded when asked for: `migrate` should not wait for what `serve` needs.
_COMMANDS = {
    "build": "mykyivstar.cli.build:build_command",
    "check-config": "mykyivstar.cli.check_config:check_config_command",
    "demo": "mykyivstar.cli.demo:demo_command",
    "dev": "mykyivstar.cli.dev:dev_command",
    "faults": "mykyivstar.cli.faults:faults_command",
    "import": "mykyivstar.cli.import_:import_command",
    "jobs": "mykyivstar.cli.jobs:jobs_command",
    "issue-temporary-password": "mykyivstar.cli.identity:issue_temporary_password_command",
    "migrate": "mykyivstar.cli.migrate:migrate_command",
    "prove-ledger": "mykyivstar.cli.ledger:prove_ledger_command",
    "refund-payment": "mykyivstar.cli.refunds:refund_payment_command",
    "partner": "mykyivstar.cli.partner:partner_command",
    "serve": "mykyivstar.cli.serve:serve_command",
    "staff": "mykyivstar.cli.staff:staff_command",
    "worker": "mykyivstar.cli.worker:worker_command",
}


class Commands(click.Group):
    """The commands by name; what is wrong with the settings is said in one sentence, whichever command met it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnsafeSettings as unsafe:
            raise click.ClickException(str(unsafe)) from unsafe
        except ValidationError as invalid:
            if invalid.title != "Settings":
                raise
            wrong = [
                f"{'.'.join(map(str, error['loc'])).upper()}: {error['msg'].removeprefix('Value error, ')}"
                for error in invalid.errors()
            ]
            raise click.ClickException("; ".join(wrong)) from invalid
        except (SQLAlchemyError, OSError) as error:
            # Imported when it is wanted: it needs the database, and most commands fail at nothing.
            from mykyivstar.cli.trouble import sentence

            if (told := sentence(error)) is None:
                raise
            raise click.ClickException(told) from error


@click.group(cls=Commands)
@click.version_option(package_name="mykyivstar")
def main() -> None:
    """My Kyivstar. Settings come from the environment; docs/operations.md explains each."""
