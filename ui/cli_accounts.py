"""The command that shows the ledger's accounts and says what they hold: accounts."""

from pathlib import Path

import click

from core.importing.records import AccountType
from core.usecases.account_types import list_accounts, set_account_types
from ui.cli_books import BOOK, JSON, opened
from ui.cli_output import print_json, print_table

_TYPES = {kind.value: kind for kind in AccountType}


@click.command()
@BOOK
@click.argument("changes", nargs=-1, metavar="[CODE=TYPE]...")
@JSON
def accounts(book: Path, changes: tuple[str, ...], *, as_json: bool) -> None:
    """Show the accounts of BOOK, or say what some hold (4000=income, 5000='cost of sales', 6210=expense ...)."""
    types = dict(_change(text) for text in changes)
    with opened(book, read_only=not types) as found:
        if types:
            set_account_types(found, types)
        listed = list_accounts(found)
    rows = [{"code": one.code, "name": one.name, "type": one.type.value} for one in listed]
    if as_json:
        print_json({"accounts": rows})
    else:
        print_table(("Account", "Name", "Type"), [tuple(row.values()) for row in rows])


def _change(text: str) -> tuple[str, AccountType]:
    code, _, kind = text.rpartition("=")
    if not code or kind not in _TYPES:
        message = f"'{text}' says no type; write CODE=TYPE with one of {', '.join(_TYPES)}."
        raise click.UsageError(message)
    return code, _TYPES[kind]
