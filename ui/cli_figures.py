"""Commands that show figures: customers, tie-out, pools."""

import csv
import io
from datetime import date
from pathlib import Path

import click

from core.analysis.metric_shelf import all_metrics
from core.analysis.tie_out_result import Check, TieOut
from core.money import plain
from core.period import Period, parse_day, parse_period
from core.store.customers import customer_key_lists
from core.store.pools import DRIVERS, CostPool
from core.unit import Unit
from core.usecases.cost_pools import list_pools, save_pools
from core.usecases.figures import Figures, load_figures
from core.usecases.tie_out import tie_out_book
from reports.export import write_file
from ui.cli_books import BOOK, JSON, opened
from ui.cli_output import PROGRESS, Attention, money, print_json, print_table, value_for_json

PERIOD = click.option("--period", "period_text", help="2026-10, 2026-Q3, 2026, 2025-11..2026-10 or all.")
AS_OF = click.option("--as-of", "as_of_text", help="The day that counts as today, such as 2026-10-31.")
_SHOWN = (
    "net_revenue",
    "gross_margin",
    "cost_to_serve",
    "contribution",
    "orders",
    "last_purchase",
    "rfm_segment",
)


def asked(period_text: str | None, as_of_text: str | None = None) -> tuple[Period | None, date | None]:
    """Read the period and day of a command. Raises UsageError."""
    return parse_period(period_text) if period_text else None, parse_day(as_of_text) if as_of_text else None


@click.command()
@BOOK
@PERIOD
@AS_OF
@click.option(
    "--csv", "csv_file", type=click.Path(path_type=Path), help="Write all metrics to this CSV file."
)
@JSON
def customers(
    book: Path, period_text: str | None, as_of_text: str | None, csv_file: Path | None, *, as_json: bool
) -> None:
    """Every metric of every customer in BOOK; by default for the last 12 full months."""
    period, as_of = asked(period_text, as_of_text)
    with opened(book, read_only=True) as found:
        figures = load_figures(found, period, as_of, progress=PROGRESS)
        keys = customer_key_lists(found.connection)
    rows = customer_rows(figures, keys)
    if as_json:
        facts = figures.facts
        print_json({"as_of": facts.as_of.isoformat(), "period": facts.period.key, "customers": rows})
    if csv_file:
        _write_csv(csv_file, rows)
    if not as_json and not csv_file:
        shown = [(row["name"], *(_shown(row["metrics"].get(key)) for key in _SHOWN)) for row in rows]  # type: ignore[attr-defined]
        print_table(("Customer", *_SHOWN), shown, right=range(1, 6))


def customer_rows(figures: Figures, keys: dict[int, list[str]]) -> list[dict[str, object]]:
    """Return name, keys and metrics of each customer, the highest net revenue first."""
    metrics = [metric for metric in all_metrics() if metric.key in figures.metrics]
    columns = {
        metric.key: [
            value_for_json(value, metric.unit, figures.exponent) for value in figures.metrics[metric.key]
        ]
        for metric in metrics
    }
    names, ids = figures.facts.customers["name"].tolist(), figures.facts.customers["customer_id"].tolist()
    rows: list[dict[str, object]] = [
        {
            "name": name,
            "keys": keys.get(int(number), []),
            "metrics": {key: column[index] for key, column in columns.items()},
        }
        for index, (name, number) in enumerate(zip(names, ids, strict=True))
    ]
    revenue = figures.metrics["net_revenue"].fillna(0).tolist()
    order = sorted(range(len(rows)), key=lambda index: (-revenue[index], names[index]))
    return [rows[index] for index in order]


def _shown(value: object) -> object:
    return f"{value:.1%}" if isinstance(value, float) else value  # the only floats shown are ratios


def _write_csv(path: Path, rows: list[dict[str, object]]) -> None:
    metrics = [metric.key for metric in all_metrics()]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["name", "keys", *metrics])
    for row in rows:
        values = row["metrics"]
        assert isinstance(values, dict)
        joined = "; ".join(row["keys"])  # type: ignore[arg-type]
        writer.writerow(
            [_as_text(row["name"]), _as_text(joined), *(_as_text(values.get(key)) for key in metrics)]
        )
    write_file(path, text.getvalue().encode())


def _as_text(value: object) -> object:
    # A spreadsheet would run a name such as "=1+1" as a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+@\t\r" and value[:1] else value


@click.command("tie-out")
@BOOK
@PERIOD
@click.option(
    "--paper",
    "papers",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Write the working paper to this .pdf or .xlsx file; can be given twice.",
)
@JSON
def tie_out(book: Path, period_text: str | None, papers: tuple[Path, ...], *, as_json: bool) -> None:
    """Prove that BOOK adds up to the ledger; exit 1 where a difference is not explained."""
    period, _ = asked(period_text)
    with opened(book, read_only=True) as found:
        result, exponent = tie_out_book(found, period, progress=PROGRESS)
        if papers:
            from ui.working_paper import write_working_paper  # with the renderers

            for path in write_working_paper(found, papers, period=period, progress=PROGRESS):
                click.echo(f"Wrote {path}", err=as_json)
    if as_json:
        print_json(tie_out_json(result, exponent))
    else:
        click.echo(f"{result.sentence} ({result.period.label})")
        rows = [
            (check.group, check.label, *_sides(check, exponent), check.result.value, check.note)
            for check in result.checks
        ]
        print_table(
            ("Group", "Check", "Ledger", "Quintile", "Difference", "Result", "Note"), rows, right=(2, 3, 4)
        )
    if result.tied is not True:
        raise Attention


def tie_out_json(result: TieOut, exponent: int) -> dict[str, object]:
    """Return the tie-out as other tools read it."""
    return {
        "period": result.period.key,
        "tied": result.tied,
        "difference": money(result.difference_minor, exponent),
        "sentence": result.sentence,
        "checks": [_check_json(check, exponent) for check in result.checks],
        "months": [
            {
                "month": month.month.key,
                "ledger": plain(month.ledger_minor, exponent),
                "on_customers": plain(month.on_customers_minor, exponent),
                "on_no_customer": plain(month.on_no_customer_minor, exponent),
                "named_items": plain(month.named_items_minor, exponent),
                "difference": plain(month.difference_minor, exponent),
            }
            for month in result.months
        ],
    }


def _sides(check: Check, exponent: int) -> tuple[str | None, str | None, str | None]:
    amounts = (check.ledger_minor, check.quintile_minor, check.difference_minor)
    if check.unit is Unit.MONEY:
        ledger, quintile, difference = (money(amount, exponent) for amount in amounts)
    else:
        ledger, quintile, difference = (None if amount is None else str(amount) for amount in amounts)
    return ledger, quintile, difference


def _check_json(check: Check, exponent: int) -> dict[str, object]:
    ledger, quintile, difference = _sides(check, exponent)
    return {
        "check": check.key,
        "group": check.group,
        "label": check.label,
        "ledger": ledger,
        "quintile": quintile,
        "difference": difference,
        "result": check.result.value,
        "note": check.note,
        "items": [
            {
                "kind": item.kind.value,
                "date": item.day.isoformat(),
                "entry": item.entry,
                "customer": item.customer or None,
                "memo": item.memo,
                "account": item.account or None,
                "amount": plain(item.amount_minor, exponent),
                "file": item.file,
                "row": item.row,
            }
            for item in check.items
        ],
    }


@click.command()
@BOOK
@click.option(
    "--pool",
    "stated",
    multiple=True,
    metavar="NAME:DRIVER:ACCOUNT[,ACCOUNT...]",
    help=f"Replace all pools by these; drivers: {', '.join(DRIVERS)}.",
)
@JSON
def pools(book: Path, stated: tuple[str, ...], *, as_json: bool) -> None:
    """Show or set the cost pools of BOOK: expense accounts that are shared out to customers by a driver."""
    with opened(book, read_only=not stated) as found:
        if stated:
            save_pools(found, [_pool(text) for text in stated])
        listed = list_pools(found)
    if as_json:
        print_json(
            {
                "pools": [
                    {"name": one.name, "driver": one.driver, "accounts": list(one.accounts)} for one in listed
                ]
            }
        )
    else:
        print_table(
            ("Pool", "Driver", "Accounts"),
            [(one.name, one.driver, ", ".join(one.accounts)) for one in listed],
        )


def _pool(text: str) -> CostPool:
    name, driver, codes = [*text.rsplit(":", 2), "", ""][:3]
    if not (name and driver and codes):
        message = f"'{text}' is not a pool; write it as 'Delivery:orders:6210,6215'."
        raise click.UsageError(message)
    return CostPool(name.strip(), driver.strip(), tuple(code.strip() for code in codes.split(",")))
