"""The command line: the same use cases as the window, for scripts and for month end over many clients."""

import sys
from collections.abc import Sequence

import click

from core.errors import UserError
from core.progress import Cancelled
from ui.cli_books import backup, check, imports, new, settings, undo
from ui.cli_demo import demo, self_test
from ui.cli_figures import customers, pools, tie_out
from ui.cli_import import formats, identify, import_
from ui.cli_output import NEEDS_ATTENTION, Attention
from ui.cli_report import month_end, report
from ui.cli_segments import assign, close, movement, reopen, segments

_COMMANDS = (
    new, import_, formats, identify, imports, undo, tie_out, customers, segments, assign, close, reopen, movement, pools,
    settings, report, month_end, check, backup, demo, self_test,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def quintile() -> None:
    """Customer segments that tie to the ledger. Without arguments the window opens.

    Exit codes: 0 done, 1 done but something needs attention, 2 wrong usage, 3 the input could not be used.
    """


for _command in _COMMANDS:
    quintile.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; messages go to standard error."""
    try:
        quintile.main(list(arguments), prog_name="quintile", standalone_mode=False)
    except Attention:
        return NEEDS_ATTENTION
    except UserError as error:
        click.echo(f"quintile: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
    except (click.Abort, Cancelled, KeyboardInterrupt):
        click.echo("quintile: stopped; nothing was changed.", err=True)
        return NEEDS_ATTENTION
    return 0
