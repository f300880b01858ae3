"""The command line: the same use cases as the window, for scripts and for month end over many clients."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from core.errors import UserError
from core.progress import Cancelled
from ui.cli_output import NEEDS_ATTENTION, Attention

# Command -> module and name. Each is loaded on use: pandas alone takes longer than most commands.
_COMMANDS = {
    "new": "cli_books.new",
    "import": "cli_import.import_",
    "formats": "cli_import.formats",
    "identify": "cli_import.identify",
    "imports": "cli_books.imports",
    "undo": "cli_books.undo",
    "tie-out": "cli_figures.tie_out",
    "customers": "cli_figures.customers",
    "patterns": "cli_patterns.patterns",
    "segments": "cli_segments.segments",
    "assign": "cli_segments.assign",
    "close": "cli_segments.close",
    "reopen": "cli_segments.reopen",
    "movement": "cli_segments.movement_",
    "accounts": "cli_accounts.accounts",
    "pools": "cli_figures.pools",
    "settings": "cli_books.settings",
    "report": "cli_report.report",
    "month-end": "cli_report.month_end",
    "check": "cli_books.check",
    "backup": "cli_books.backup",
    "demo": "cli_demo.demo",
    "self-test": "cli_demo.self_test",
}


class LazyCommands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the routine."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(".")
        command = getattr(import_module(f"ui.{module}"), name)
        assert isinstance(command, click.Command)
        return command


@click.command(
    cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
def quintile() -> None:
    """Customer segments that tie to the ledger. Without arguments the window opens.

    Exit codes: 0 done, 1 done but something needs attention, 2 wrong usage, 3 the input could not be used.
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; messages go to standard error."""
    try:
        quintile.main(list(arguments), prog_name="quintile", standalone_mode=False)
    except Attention:
        return NEEDS_ATTENTION
    except UserError as error:
        click.echo(f"quintile: {error}", err=True)
        return error.exit_code
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        reason = error.strerror or str(error)
        click.echo(f"quintile: {place}{reason}. Choose another name or folder, or free some space.", err=True)
        return UserError.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
    except (click.Abort, Cancelled, KeyboardInterrupt):
        click.echo("quintile: stopped; nothing was changed.", err=True)
        return NEEDS_ATTENTION
    return 0
