"""Commands that write the client's pack: report, month-end."""

from pathlib import Path

import click

from core.errors import UsageError, UserError
from core.period import Period, parse_period
from core.store.book import SUFFIX, open_book
from core.usecases.books import settings_of
from core.usecases.months_with_sales import has_sales, require_sales
from core.usecases.tie_out import tie_out_book
from ui.cli_books import BOOK, JSON, opened
from ui.cli_output import PROGRESS, Attention, print_json, print_table
from ui.cli_tied import say_if_not_tied
from ui.pack import Pack, pack_name, write_pack

_FILE = click.Path(path_type=Path)


@click.command()
@BOOK
@click.option("--period", "period_text", required=True, help="The month, such as 2026-10.")
@click.option("--pdf", "pdf_file", type=_FILE, help="Write the PDF here.")
@click.option("--xlsx", "xlsx_file", type=_FILE, help="Write the workbook here.")
@click.option("--json", "json_file", type=_FILE, help="Write the figures as JSON here.")
def report(
    book: Path, period_text: str, pdf_file: Path | None, xlsx_file: Path | None, json_file: Path | None
) -> None:
    """Write the client's pack of a month of BOOK; without a file name both PDF and workbook, beside the book.

    The exit status is 0 for a month that is not tied to the ledger too; standard error says so.
    """
    period = parse_period(period_text)
    with opened(book) as found:
        require_sales(found, period)
        if not (pdf_file or xlsx_file or json_file):
            stem = found.path.with_name(pack_name(settings_of(found)["client_name"], period))
            pdf_file, xlsx_file = Path(f"{stem}.pdf"), Path(f"{stem}.xlsx")
        pack = write_pack(found, period, pdf=pdf_file, xlsx=xlsx_file, json_file=json_file, progress=PROGRESS)
        say_if_not_tied(found, period)
    for path in pack.files:
        click.echo(f"Wrote {path}" + (f", {pack.pages} pages" if path == pdf_file else ""))
    for warning in pack.warnings:
        click.echo(f"quintile: {warning}", err=True)


@click.command("month-end")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--period", "period_text", required=True, help="The month, such as 2026-10.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the packs.")
@JSON
def month_end(folder: Path, period_text: str, out: Path, *, as_json: bool) -> None:
    """Write the packs of every book in FOLDER, with a list of what needs attention at the end."""
    period = parse_period(period_text)
    books = sorted(path for path in folder.rglob(f"*{SUFFIX}") if " backup " not in path.name)
    if not books:
        message = f"There is no book (*{SUFFIX}) in {folder}."
        raise UsageError(message)
    out.mkdir(parents=True, exist_ok=True)
    rows = [_one_book(path, period, out) for path in books]
    if as_json:
        print_json({"period": period.key, "books": rows})
    else:
        print_table(
            ("Book", "State", "Needs attention"),
            [(row["book"], row["state"], row["attention"]) for row in rows],
        )
    if any(row["attention"] for row in rows):
        raise Attention


def _one_book(path: Path, period: Period, out: Path) -> dict[str, object]:
    try:
        with open_book(path) as book:
            if not has_sales(book, period):
                words = f"no sales in {period.label}"
                return {"book": path.name, "state": "not written", "attention": words, "files": []}
            stem = out / f"{path.stem}-{pack_name(settings_of(book)['client_name'], period)}"
            pack: Pack = write_pack(
                book, period, pdf=Path(f"{stem}.pdf"), xlsx=Path(f"{stem}.xlsx"), progress=PROGRESS
            )
            tied, _ = tie_out_book(book, period, progress=PROGRESS)
    except UserError as error:
        return {"book": path.name, "state": "failed", "attention": str(error), "files": []}
    attention = "" if tied.tied else tied.sentence
    return {
        "book": path.name,
        "state": "written",
        "attention": attention,
        "files": [str(one) for one in pack.files],
    }
