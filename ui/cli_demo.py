"""Commands that show and prove the program: demo, self-test."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from core.money import plain
from core.usecases.books import check_book
from ui.cli_books import JSON
from ui.cli_figures import tie_out_json
from ui.cli_output import PROGRESS, Attention, money, print_json, print_table
from ui.demo import DemoResult, make_demo

_LEAST_PAGES = 8


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("demo"), show_default=True, help="Folder."
)
@JSON
def demo(out: Path, *, as_json: bool) -> None:
    """Do the whole job on the sample client: import, tie out, segment, close two months, write the pack."""
    result = make_demo(out, PROGRESS)
    if as_json:
        print_json(_as_json(result))
    else:
        _tell(result)


def _tell(result: DemoResult) -> None:
    exponent, currency = result.figures.exponent, result.figures.currency
    for one in result.imports:
        totals = one.preview.totals
        counts = ("documents", "lines", "postings", "items", "customers", "duplicates")
        said = ", ".join(f"{getattr(totals, name)} {name}" for name in counts if getattr(totals, name))
        click.echo(f"Imported {one.preview.source.path.name}: {said}")
    customers = result.figures.ladder.customers
    click.echo(f"\nFigures for {result.figures.facts.period.label}")
    click.echo(f"Net revenue   {plain(customers.net_revenue, exponent)} {currency}")
    click.echo(f"Contribution  {money(customers.contribution, exponent) or 'unknown'} {currency}\n")
    rows = [
        (one.segment.name, one.customers, money(one.net_revenue, exponent), money(one.contribution, exponent))
        for one in result.segments
    ]
    print_table(("Segment", "Customers", "Net revenue", "Contribution"), rows, right=(1, 2, 3))
    click.echo(f"\n{result.tie_out.sentence} (difference {money(result.tie_out.difference_minor, exponent)})")
    click.echo(f"Book      {result.book}")
    for path in result.pack.files:
        click.echo(f"Wrote     {path}" + (f", {result.pack.pages} pages" if path.suffix == ".pdf" else ""))


def _as_json(result: DemoResult) -> dict[str, object]:
    exponent = result.figures.exponent
    customers = result.figures.ladder.customers
    return {
        "book": str(result.book),
        "files": [str(path) for path in result.pack.files],
        "pages": result.pack.pages,
        "period": result.figures.facts.period.key,
        "net_revenue": plain(customers.net_revenue, exponent),
        "contribution": money(customers.contribution, exponent),
        "segments": [{"name": one.segment.name, "customers": one.customers} for one in result.segments],
        "tie_out": tie_out_json(result.tie_out, exponent),
    }


@click.command("self-test")
@JSON
def self_test(*, as_json: bool) -> None:
    """Prove that this installation works: the demo in a scratch folder, its sums and its book checked."""
    with TemporaryDirectory() as folder:
        result = make_demo(Path(folder), PROGRESS)
        findings = _findings(result)
    if as_json:
        print_json({"passed": not findings, "findings": findings})
    else:
        click.echo(
            "\n".join(findings)
            or "Everything works: import, tie-out, segments, check of the book, PDF and workbook."
        )
    if findings:
        raise Attention


def _findings(result: DemoResult) -> list[str]:
    figures, ladder = result.figures, result.figures.ladder
    segments = result.segments
    checks = {
        "segments do not add up to all customers": sum(one.customers for one in segments)
        == len(figures.facts.customers),
        "segments' revenue does not add up": sum(one.net_revenue or 0 for one in segments)
        == ladder.customers.net_revenue,
        "customers and others do not add up": ladder.customers.net_revenue + ladder.no_customer.net_revenue
        == ladder.total.net_revenue,
        "a pool is not shared out in full": all(
            not pool.unassigned_minor for pool in figures.allocation.pools
        ),
        "the months do not tie out": all(not month.difference_minor for month in result.tie_out.months),
        "the PDF is too short": result.pack.pages >= _LEAST_PAGES,
    }
    found = [finding for finding, holds in checks.items() if not holds]
    return [*found, *check_book(result.book).findings]
