"""The sample client from its exports to the pack: one figure is the same everywhere, and everything adds up."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from core.money import plain
from core.period import Period
from core.store.book import open_book
from core.usecases.figures import load_figures, report_period
from core.usecases.segments import list_schemes, membership_of
from core.usecases.tie_out import tie_out_book
from resources import resource_path
from tests.reports.recalculation import error_cells, recalculate
from ui.cli import run
from ui.demo import LAST_MONTH, DemoResult

pytestmark = pytest.mark.xdist_group("demo")

# Worked out from the exports with plain csv and whole cents, see tests/resources/test_sample_client.py.
NET_ON_CUSTOMERS = Decimal("1287783.89")
COUNTER_SALES = Decimal("23350.80")
POOLS = Decimal("267039.00")


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code = run(list(arguments))
    printed = capsys.readouterr().out
    assert code in (0, 1), printed
    return json.loads(printed)


@pytest.fixture(scope="session")
def pdf_text(pdf_file: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(pdf_file).pages)


def whole_dollars(amount: Decimal) -> str:
    text = f"${abs(amount):,.0f}"
    return f"({text})" if amount < 0 else text


def test_net_revenue_is_what_the_exports_say(demo: DemoResult) -> None:
    ladder = demo.figures.ladder
    assert Decimal(plain(ladder.customers.net_revenue, 2)) == NET_ON_CUSTOMERS
    assert Decimal(plain(ladder.no_customer.net_revenue, 2)) == COUNTER_SALES


def test_allocated_cost_to_serve_is_the_pools(demo: DemoResult) -> None:
    allocation = demo.figures.allocation
    assert Decimal(plain(sum(pool.ledger_minor for pool in allocation.pools), 2)) == POOLS
    assert int(allocation.shares.sum()) == sum(pool.ledger_minor for pool in allocation.pools)
    assert [pool.unassigned_minor for pool in allocation.pools] == [0] * 5


def test_segments_of_every_scheme_add_up_to_all_customers(demo: DemoResult) -> None:
    with open_book(demo.book, read_only=True) as book:
        for scheme in list_schemes(book):
            membership = membership_of(book, scheme, demo.figures)
            sizes = [len(membership.members(segment.name)) for segment in membership.segments]
            assert sum(sizes) == len(demo.figures.facts.customers), scheme.key


def test_every_month_ties_out_with_the_differences_that_were_planted(demo: DemoResult) -> None:
    planted = json.loads(resource_path("sample_client", "differences.json").read_text(encoding="utf-8"))
    with open_book(demo.book, read_only=True) as book:
        result, _ = tie_out_book(book, Period(LAST_MONTH.shift(-23).start, LAST_MONTH.end))
    assert result.tied is True
    assert len(result.months) == 24
    for month in result.months:
        named = sum(
            Decimal(entry["amount"])
            for entry in planted["differences"]
            if entry["measure"] == "income" and entry["month"] == month.month.key
        )
        assert Decimal(plain(month.named_items_minor, 2)) == named, month.month.key
        assert (
            month.ledger_minor
            == month.on_customers_minor + month.on_no_customer_minor + month.named_items_minor
        )
        assert month.difference_minor == 0


def test_the_pdf_has_eight_pages_or_more_with_bookmarks(pdf_file: Path) -> None:
    reader = PdfReader(pdf_file)
    assert len(reader.pages) >= 8
    assert len(reader.outline) >= 8
    assert f"2 of {len(reader.pages)}" in reader.pages[1].extract_text()


def test_one_figure_is_the_same_in_pdf_workbook_and_json(
    demo: DemoResult, pdf_text: str, workbook_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segments = command(capsys, "segments", str(demo.book), "--json")
    customers = command(capsys, "customers", str(demo.book), "--json")["customers"]
    net = sum(Decimal(one["metrics"]["net_revenue"]) for one in customers)
    contribution = sum(Decimal(one["metrics"]["contribution"]) for one in customers)
    assert net == NET_ON_CUSTOMERS
    assert whole_dollars(net) in pdf_text
    assert whole_dollars(contribution) in pdf_text
    workbook = load_workbook(workbook_file, data_only=True)
    assert named(workbook, "net_revenue") == net
    assert named(workbook, "contribution") == contribution
    rows = {str(row[0].value): row for row in workbook["Segments"].iter_rows() if row[0].value}
    for segment in segments["segments"]:
        cells = {as_decimal(cell.value) for cell in rows[segment["name"]]}
        assert Decimal(segment["net_revenue"]) in cells, segment["name"]
        assert Decimal(segment["contribution"]) in cells, segment["name"]
        assert whole_dollars(Decimal(segment["contribution"])) in pdf_text, segment["name"]
    assert sum(Decimal(segment["net_revenue"]) for segment in segments["segments"]) == net
    assert sum(Decimal(segment["contribution"]) for segment in segments["segments"]) == contribution


def named(workbook: Any, name: str) -> Decimal | None:
    sheet, cell = next(iter(workbook.defined_names[name].destinations))
    return as_decimal(workbook[sheet][cell.replace("$", "")].value)


def as_decimal(value: object) -> Decimal | None:
    return Decimal(str(round(value, 2))) if isinstance(value, int | float) else None


def test_libreoffice_calculates_every_formula_to_the_value_in_the_workbook(
    workbook_file: Path, tmp_path: Path
) -> None:
    data = workbook_file.read_bytes()
    formulas = recalculate(data, tmp_path)
    assert len(formulas) > 50
    assert [formula for formula in formulas if not formula.agrees] == []
    assert error_cells(data) == []


def test_every_check_of_the_workbook_is_zero(workbook_file: Path) -> None:
    sheet = load_workbook(workbook_file, data_only=True)["Checks"]
    differences = []
    column = None
    for row in sheet.iter_rows(values_only=True):
        titles = [str(value) for value in row]
        if "Difference" in titles:
            column = titles.index("Difference")
        elif column is not None and isinstance(row[column], int | float):
            differences.append(row[column])
    assert len(differences) >= 5
    assert set(differences) == {0}


def test_two_runs_of_the_report_give_the_same_bytes(
    demo: DemoResult, pdf_file: Path, workbook_file: Path, tmp_path: Path
) -> None:
    book = shutil.copy(demo.book, tmp_path / "copy.quintile")
    targets = [tmp_path / "again.pdf", tmp_path / "again.xlsx"]
    code = run(
        ["report", str(book), "--period", "2026-10", "--pdf", str(targets[0]), "--xlsx", str(targets[1])]
    )
    assert code == 0
    assert targets[0].read_bytes() == pdf_file.read_bytes()
    assert targets[1].read_bytes() == workbook_file.read_bytes()


def test_the_same_job_by_commands_gives_the_same_figures(
    demo: DemoResult, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(tmp_path / "by-hand.quintile")
    assert run(["new", book, "--client", "Alder & Finch Coffee Roasters", "--currency", "USD"]) == 0
    files = sorted(str(path) for path in resource_path("sample_client").glob("*.csv"))
    assert run(["import", book, *files]) == 0
    pools = (
        "Delivery and freight:orders:6210", "Order desk:lines:6220", "Support and visits:equal:6230",
        "Returns and spoilage:orders:6240", "Card fees and late pay:revenue:6250",
    )  # fmt: skip
    assert run(["pools", book, *(part for pool in pools for part in ("--pool", pool))]) == 0
    assert run(["close", book, "2026-09", "--author", "Dana"]) == 0
    assert run(["assign", book, "Juniper Bakery", "Loyal core", "--reason", "Closed for refit"]) == 0
    assert run(["close", book, "2026-10", "--author", "Dana", "--reason", "early"]) == 0
    capsys.readouterr()
    mine = command(capsys, "segments", book, "--json")
    theirs = command(capsys, "segments", str(demo.book), "--json")
    assert mine["segments"] == theirs["segments"]
    assert {one["customer"]: one["segment"] for one in mine["members"]} == {
        one["customer"]: one["segment"] for one in theirs["members"]
    }
    moved = command(capsys, "movement", book, "--json")
    assert moved == command(capsys, "movement", str(demo.book), "--json")


def test_a_months_figures_in_the_report_are_those_of_its_twelve_months(demo: DemoResult) -> None:
    with open_book(demo.book, read_only=True) as book:
        figures = load_figures(book, report_period(LAST_MONTH))
    assert figures.facts.period == Period(LAST_MONTH.shift(-11).start, LAST_MONTH.end)
    assert figures.ladder.customers == demo.figures.ladder.customers
