from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from core.errors import UnknownFormat
from core.importing.importer import ColumnMapping, Importer, Recognition
from core.importing.records import SalesLine
from core.importing.source import Source
from importers.mapped_table import MappedTable
from importers.reading import read_source
from importers.shelf import clear_answer, importer, importers, recognise

SHARED = Path(__file__).resolve().parents[3] / "shared"


def test_every_format_has_its_own_key_and_a_label() -> None:
    keys = [candidate.key for candidate in importers()]
    assert len(set(keys)) == len(keys)
    assert {"invoice_lines", "general_ledger", "items", "customers"} <= set(keys)
    assert all(candidate.label for candidate in importers())
    assert importer("items").yields == "items"


def test_an_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(UnknownFormat, match="general_ledger"):
        importer("nonsense")


def answers(*confidences: float, refusal: str = "") -> list[tuple[Importer, Recognition]]:
    return [
        (each, Recognition(sure, (), refusal)) for each, sure in zip(importers(), confidences, strict=False)
    ]


@pytest.mark.parametrize(
    ("confidences", "taken"),
    [
        ((0.95, 0.7), True),
        ((0.95, 0.9), False),
        ((0.7, 0.5), True),
        ((0.7, 0.69), False),
        ((0.4,), False),
        ((), False),
    ],
)
def test_a_format_is_taken_only_when_it_is_clearly_ahead(confidences: tuple[float, ...], taken: bool) -> None:
    assert (clear_answer(answers(*confidences)) is importers()[0]) == taken


def test_a_refused_file_is_never_taken() -> None:
    assert clear_answer(answers(0.95, refusal="These are purchases.")) is None


def test_the_likeliest_format_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Invoice no,Date,Customer,Net\n1,2026-01-01,Ada,5.00\n")
    found = recognise(read_source(path))
    assert found[0][0].key == "invoice_lines"
    assert clear_answer(found) is importer("invoice_lines")


def shared(name: str) -> Source:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the repository")
    return read_source(path)


def lines_of(source: Source) -> list[SalesLine]:
    chosen = clear_answer(recognise(source))
    assert chosen is importer("invoice_lines")
    parsing = chosen.parse(source, ColumnMapping(), "USD")
    lines = [cast("SalesLine", record) for batch in parsing.batches for record in batch]
    assert parsing.rejected_rows == []
    return lines


def count(lines: list[SalesLine], of: Callable[[SalesLine], object]) -> int:
    return len({of(line) for line in lines} - {""})


def test_online_retail_adds_up_to_its_control_totals() -> None:
    lines = lines_of(shared("data/online-retail-4m/online_retail_2010-12_2011-03.csv.gz"))
    assert sum(line.net_minor for line in lines) == 249028701
    assert len(lines) == 142083
    assert sum(not line.customer for line in lines) == 45136
    assert count(lines, lambda line: line.customer) == 2189
    assert count(lines, lambda line: line.number) == 6877
    assert count(lines, lambda line: line.item) == 3269


def test_adventureworks_adds_up_to_its_control_totals() -> None:
    lines = lines_of(shared("data/adventureworks-internet/fact_internet_sales.csv.gz"))
    assert sum(line.net_minor for line in lines) == 2935867789
    # The amounts of the file have four decimals: 29 358 677.2207 are stored as 29 358 677.89.
    assert sum(line.residue for line in lines) == round((29358677.89 - 29358677.2207) * 100 * 10000)
    assert sum(line.cost_minor or 0 for line in lines) == 1727785806
    assert count(lines, lambda line: line.number) == 27659
    assert count(lines, lambda line: line.customer) == 18484


def test_chinook_and_the_orders_of_the_rfm_package_add_up() -> None:
    assert sum(line.net_minor for line in lines_of(shared("data/chinook/invoice.csv"))) == 232860
    orders = lines_of(shared("data/rfm-orders/rfm_data_orders.csv"))
    assert (len(orders), sum(line.net_minor for line in orders)) == (4906, 46415800)
    assert count(orders, lambda line: line.customer) == 995


def test_real_lists_are_recognised() -> None:
    for name, key in (
        ("data/northwind/customers.csv", "customers"),
        ("data/chinook/customer.csv", "customers"),
        ("samples/crm_generic/Contacts.csv", "customers"),
        ("data/adventureworks-internet/products.csv", "items"),
        ("samples/fec/0000000001FEC20220831.txt", "general_ledger"),
    ):
        source = shared(name)
        chosen = clear_answer(recognise(source))
        assert chosen is importer(key), name
        assert isinstance(chosen, MappedTable)
        assert chosen.questions(source, ColumnMapping()) == []


def test_files_without_date_or_amount_are_left_to_the_mapping() -> None:
    for name in (
        "data/northwind/order_details.csv",
        "samples/quickbooks_online/qbo_trial_balance_formula_strings.xlsx",
    ):
        assert clear_answer(recognise(shared(name))) is None, name
