"""Lines become documents: by kind and number, by row where there is none."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.columns import NONE, UNKNOWN, millionths
from core.importing.matching import key_namespace, same_name, unique_names
from core.importing.records import SalesLine
from core.importing.sales_stage import SalesStage, StagedSales


def line(row: int, number: str = "1", net: int = 1000, **other: object) -> SalesLine:
    plain: dict[str, object] = {
        "row": row, "kind": "invoice", "number": number, "date": "2026-10-05", "customer": "Tern Café",
        "customer_name": "", "item": "House Blend", "item_name": "", "category": "", "description": "", "quantity": "1",
        "gross_minor": net, "discount_minor": 0, "net_minor": net, "tax_minor": 0, "cost_minor": None, "currency": "",
        "rate": "", "channel": "", "residue": 0,
    }  # fmt: skip
    return SalesLine(**(plain | other))  # type: ignore[arg-type]


def staged(*lines: SalesLine) -> StagedSales:
    stage = SalesStage("USD")
    stage.add(lines)
    return stage.finish()


def digests(sales: StagedSales) -> dict[str, int]:
    return {document.key: document.digest for document in sales.documents}


def test_lines_with_one_number_are_one_document() -> None:
    sales = staged(line(2), line(3, net=500), line(4, number="2"))
    assert [document.key for document in sales.documents] == ["invoice:1", "invoice:2"]
    assert sales.lines.document.tolist() == [0, 0, 1]
    assert sales.lines.net.tolist() == [1000, 500, 1000]


def test_the_same_number_of_another_kind_is_another_document() -> None:
    sales = staged(line(2), line(3, kind="credit note", net=-100))
    assert [document.key for document in sales.documents] == ["invoice:1", "credit note:1"]


def test_without_a_kind_the_sum_of_the_document_decides() -> None:
    sales = staged(line(2, kind="", net=-100), line(3, kind="", net=40), line(4, kind="", number="2", net=0))
    assert [document.kind for document in sales.documents] == ["credit note", "invoice"]


def test_without_a_number_every_row_is_a_document_and_equal_rows_are_counted() -> None:
    sales = staged(line(2, number=""), line(3, number=""), line(4, number="", net=7))
    keys = [document.key for document in sales.documents]
    assert len(set(keys)) == 3
    assert keys[0].removesuffix(":1") == keys[1].removesuffix(":2")


def test_a_number_under_two_customers_is_two_documents_that_keep_their_keys() -> None:
    one = staged(line(2, customer="A"), line(3, customer="B"))
    other = staged(line(2, customer="B"), line(3, customer="A"))
    assert set(digests(one)) == {"invoice:1:A", "invoice:1:B"}
    assert digests(one) == digests(other)


def test_a_number_that_comes_back_next_year_is_another_document() -> None:
    sales = staged(line(2, date="2025-01-10"), line(3, date="2026-01-12"))
    assert [document.key for document in sales.documents] == ["invoice:1:2025", "invoice:1:2026"]


def test_lines_of_two_days_close_together_are_one_document_with_a_warning() -> None:
    stage = SalesStage("USD")
    stage.add([line(2), line(3, date="2026-10-06")])
    sales = stage.finish()
    assert [document.date for document in sales.documents] == ["2026-10-05"]
    assert "2026-10-05, 2026-10-06" in stage.issues[0].message


@pytest.mark.parametrize(
    "change",
    [{"net_minor": 999}, {"item": "Other"}, {"quantity": "2"}, {"description": "x"}, {"cost_minor": 1}, {"tax_minor": 1},
     {"date": "2026-10-06"}, {"customer": "Tern"}, {"channel": "shop"}],
)  # fmt: skip
def test_any_change_of_a_document_changes_its_digest(change: dict[str, object]) -> None:
    assert staged(line(2)).documents[0].digest != staged(line(2, **change)).documents[0].digest


def test_the_row_a_line_stands_in_changes_nothing() -> None:
    assert digests(staged(line(2), line(3, number="2"))) == digests(staged(line(17, number="2"), line(90)))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-500, 500)), min_size=1, max_size=40), st.randoms())
def test_neither_order_nor_batches_change_a_document(
    rows: list[tuple[int, int]], chance: random.Random
) -> None:
    lines = [line(row, number=str(number), net=net) for row, (number, net) in enumerate(rows, 2)]
    whole = staged(*lines)
    chance.shuffle(lines)
    stage = SalesStage("USD")
    for one in lines:
        stage.add([one])
    assert digests(stage.finish()) == digests(whole)
    assert int(whole.lines.net.sum()) == sum(net for _, net in rows)


def test_no_lines_are_no_documents() -> None:
    sales = SalesStage("USD").finish()
    assert sales.documents == []
    assert len(sales.lines) == 0


def test_what_is_not_there_is_marked_as_such() -> None:
    sales = staged(line(2, customer="", item="", quantity="", cost_minor=None))
    assert sales.documents[0].customer == NONE
    assert sales.lines.item.tolist() == [NONE]
    assert sales.lines.quantity.tolist() == [UNKNOWN]
    assert sales.lines.cost.tolist() == [UNKNOWN]


def test_a_description_that_only_repeats_the_item_is_not_kept() -> None:
    sales = staged(line(2, description="House Blend"), line(3, description="with love"))
    assert sales.lines.description == ["", "with love"]


@pytest.mark.parametrize(
    ("text", "value"), [("1.5", 1_500_000), ("-2", -2_000_000), ("", UNKNOWN), ("two", UNKNOWN)]
)
def test_quantities_are_whole_millionths(text: str, value: int) -> None:
    assert millionths(text) == value


def test_names_are_the_same_whatever_their_case_and_spacing() -> None:
    assert same_name("  TERN   Cafe\u0301 ") == same_name("tern café")
    assert same_name("Acme 1 Ltd") != same_name("Acme 2 Ltd")


def test_a_name_that_two_customers_share_is_nobodys() -> None:
    assert unique_names([(1, "Jo Brown"), (2, "JO BROWN"), (3, "Al")]) == {"al": 3}


def test_mapped_tables_share_their_keys() -> None:
    assert key_namespace("invoice_lines") == key_namespace("customers") != key_namespace("xero")


def test_a_batch_without_lines_adds_nothing() -> None:
    stage = SalesStage("USD")
    stage.add([])
    stage.add([line(2)])
    stage.add([])
    assert [document.key for document in stage.finish().documents] == ["invoice:1"]


def test_one_number_in_two_currencies_is_two_documents() -> None:
    sales = staged(line(2, currency="EUR"), line(3, currency="USD"), line(4, currency="EUR"))
    assert [(one.key, one.currency) for one in sales.documents] == [
        ("invoice:1:EUR", "EUR"),
        ("invoice:1:USD", "USD"),
    ]
    assert sales.lines.document.tolist() == [0, 1, 0]
