"""Commands for books and their imports: new, settings, imports, undo, check, backup."""

from pathlib import Path

import click

from core.money import exponent_of, plain
from core.store.book import Book, open_book
from core.usecases.books import back_up, book_path, change_settings, check_book, new_book, settings_of
from core.usecases.import_files import list_imports, undo_import
from ui.cli_output import PROGRESS, Attention, print_json, print_table

BOOK = click.argument("book", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")


def opened(path: Path, *, read_only: bool = False) -> Book:
    """Open a book named on the command line, with or without its suffix. Raises BookError."""
    book = open_book(path if path.exists() else book_path(path), read_only=read_only)
    if book.held_by and not read_only:
        click.echo(f"quintile: {book.held_by.sentence} It is read here, not written.", err=True)
    return book


@click.command()
@BOOK
@click.option("--client", required=True, help="The client's name.")
@click.option("--currency", default="USD", show_default=True, help="The currency of the client's books.")
@click.option(
    "--year-start", type=int, default=1, show_default=True, help="Month in which the fiscal year starts."
)
@JSON
def new(book: Path, client: str, currency: str, year_start: int, *, as_json: bool) -> None:
    """Make a client's BOOK."""
    with new_book(book_path(book), client=client, currency=currency, year_start=year_start) as made:
        path = made.path
    if as_json:
        print_json({"book": str(path), "client": client, "currency": currency.upper()})
    else:
        click.echo(f"Made {path} for {client}, in {currency.upper()}.")


@click.command()
@BOOK
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@JSON
def settings(book: Path, changes: tuple[str, ...], *, as_json: bool) -> None:
    """Show the settings of BOOK, or change some (client_name, firm_name, accent, paper ...)."""
    if any("=" not in change for change in changes):
        message = "write changes as NAME=VALUE, such as firm_name='Larkspur Bookkeeping'"
        raise click.UsageError(message)
    with opened(book, read_only=not changes) as found:
        if changes:
            change_settings(found, dict(change.split("=", 1) for change in changes))
        values = settings_of(found)
    if as_json:
        print_json(values)
    else:
        print_table(("Setting", "Value"), sorted(values.items()))


@click.command()
@BOOK
@JSON
def imports(book: Path, *, as_json: bool) -> None:
    """List the imports of BOOK, the newest first."""
    with opened(book, read_only=True) as found:
        stored = list_imports(found)
        exponent = exponent_of(settings_of(found)["currency"])
    rows = [
        {
            "import_id": one.id,
            "file": one.file_name,
            "format": one.format,
            "imported_at": one.imported_at,
            "undone_at": one.undone_at,
            "documents": one.totals["documents"],
            "postings": one.totals["postings"],
            "net_total": plain(int(str(one.totals["net_total"])), exponent),
            "sha256": one.sha256,
        }
        for one in stored
    ]
    if as_json:
        print_json({"imports": rows})
        return
    print_table(
        ("Import", "File", "Format", "Read", "Taken back", "Documents", "Postings", "Net"),
        [list(row.values())[:8] for row in rows],
        right=(0, 5, 6, 7),
    )


@click.command()
@BOOK
@click.argument("import_id", type=int, metavar="IMPORT")
@JSON
def undo(book: Path, import_id: int, *, as_json: bool) -> None:
    """Take an IMPORT of BOOK back, as if it had not been made."""
    with opened(book) as found:
        stored = undo_import(found, import_id, progress=PROGRESS)
    if as_json:
        print_json({"import_id": import_id, "file": stored.file_name, "status": "undone"})
    else:
        click.echo(f"Took import {import_id} ({stored.file_name}) back.")


@click.command()
@BOOK
@JSON
def check(book: Path, *, as_json: bool) -> None:
    """Verify that BOOK holds exactly what was written to it."""
    result = check_book(book if book.exists() else book_path(book), PROGRESS)
    if as_json:
        print_json(
            {
                "sound": result.is_sound,
                "findings": list(result.findings),
                "imports_checked": result.imports_checked,
                "events_checked": result.events_checked,
                "digest": result.digest,
            }
        )
    else:
        click.echo(f"{result.imports_checked} imports and {result.events_checked} events checked.")
        click.echo("\n".join(result.findings) or "Everything is as it was written.")
        click.echo(f"Digest {result.digest}")
    if not result.is_sound:
        raise Attention


@click.command()
@BOOK
@click.option(
    "--to", type=click.Path(path_type=Path), help="Where; by default beside the book, with date and time."
)
@JSON
def backup(book: Path, to: Path | None, *, as_json: bool) -> None:
    """Copy BOOK to a verified backup."""
    with opened(book, read_only=True) as found:
        target = back_up(found, to)
    if as_json:
        print_json({"backup": str(target), "bytes": target.stat().st_size})
    else:
        click.echo(f"Backed up to {target}.")
