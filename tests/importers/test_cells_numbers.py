from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.source import TypedText
from importers.cells import (
    COMMA,
    POINT,
    CellError,
    MinorMemo,
    NumberReader,
    NumberScan,
    NumberStyle,
    decide_numbers,
    number_style,
    plain_number,
    read_number,
    rounded,
    scaled_number,
    shown,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1,234.50", "1234.50"),
        ("$-142.85", "-142.85"),
        ("($30.00)", "-30.00"),
        ("$(250.00)", "-250.00"),
        ("-$384.68", "-384.68"),
        ("384.68-", "-384.68"),
        ("--$21.78", "-21.78"),
        ("$13.50 ", "13.50"),
        ("11,316.43 OMR", "11316.43"),
        ("USD 5", "5"),
        ("A$5.00", "5.00"),
        ("100.00 CR", "-100.00"),
        ("100.00 DR", "100.00"),
        ("1,23,456.78", "123456.78"),
        ("12.5%", "0.125"),
        ("1'234.50", "1234.50"),
        ("−7", "-7"),
        ("+7.10", "7.10"),
        (".5", "0.5"),
        ("5.", "5.0"),
        ("1e3", "1E+3"),
    ],
)
def test_real_spellings_with_a_decimal_point(text: str, value: str) -> None:
    assert read_number(text, POINT) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,50", "1234.50"),
        ("1\u202f234,5", "1234.5"),
        ("1.234,50", "1234.50"),
        ("Rp2.252.252,25", "2252252.25"),
        ("€-113,12", "-113.12"),
        ("-2.000,00 €", "-2000.00"),
        ("0000000069,60", "69.60"),
        ("7", "7"),
    ],
)
def test_real_spellings_with_a_decimal_comma(text: str, value: str) -> None:
    assert read_number(text, COMMA) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "abc",
        "12 34",
        "1.2.3",
        "",
        "--",
        "5 apples",
        "(5",
        "5)",
        "1,2345.00",
        "12/05/2026",
        "1e99",
        "9" * 50,
        "٣",
    ],
)
def test_what_is_no_number_is_refused_instead_of_guessed(text: str) -> None:
    with pytest.raises(CellError, match="expected a number"):
        read_number(text, POINT)


def test_without_a_style_only_numbers_without_marks_are_taken() -> None:
    assert read_number("1234", None) == 1234
    with pytest.raises(CellError):
        read_number("1.5", None)


def test_a_typed_number_has_a_decimal_point_in_any_column() -> None:
    assert read_number(TypedText("1.234"), COMMA) == Decimal("1.234")
    assert decide_numbers([TypedText("1.234")]).style == NumberStyle(".", "")


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1,234", "5.50"], "."),
        (["1.234", "2,5"], ","),
        (["0.125"], "."),
        (["1,234,567"], "."),
        (["1.234.567"], ","),
        (["1.234,50"], ","),
        (["1 234,500"], ","),
        (["1234.567"], "."),
        (["1", "2"], "."),
        (["12 x", "1"], "."),
    ],
)
def test_one_cell_can_prove_the_decimal_mark_of_the_column(values: list[str], mark: str) -> None:
    style = decide_numbers(values).style
    assert style is not None
    assert style.decimal == mark


@pytest.mark.parametrize("text", ["1,234", "1.234", "$12,345", "-1.234"])
def test_three_digits_behind_a_single_mark_prove_nothing(text: str) -> None:
    decision = decide_numbers([text, "7"], first_row=5)
    assert decision.style is None
    assert not decision.mixed
    assert f"'{text}' in row 5 could be" in decision.evidence


def test_a_column_that_proves_both_marks_is_mixed_wherever_the_proofs_stand() -> None:
    scan = NumberScan()
    scan.add(["1.50", "2.25"], 2)
    scan.add(["3.00", "1,5"], 4)
    decision = scan.decision()
    assert decision.mixed
    assert "'1.50' in row 2" in decision.evidence
    assert "'1,5' in row 5" in decision.evidence
    late = NumberScan()
    late.add(["1.50"], 1)
    late.add(["1.234.567"], 2)
    assert late.decision().mixed


def test_a_style_is_written_and_read_as_an_example() -> None:
    assert number_style("1.234,5") == COMMA
    assert number_style("1,234.5") == POINT
    assert COMMA.example() == "1.234,5"
    with pytest.raises(CellError):
        number_style("1234")


def test_amounts_are_rounded_half_away_from_zero_and_the_residue_is_known() -> None:
    reader = NumberReader(POINT)
    assert [reader.minor(text, 2) for text in ("2.345", "-2.345", "2.344")] == [235, -235, 234]
    assert [reader.residue(text, 2) for text in ("2.345", "-2.345", "2.344", "1")] == [5000, -5000, -4000, 0]
    assert reader.minor("1.5", 0) == 2
    assert reader.decimal("2.345") == Decimal("2.345")
    assert reader.decimal("2.345") == Decimal("2.345")


def test_a_memo_knows_what_an_empty_cell_means_and_can_forget() -> None:
    memo = MinorMemo(POINT, 2, blank=0, empty=("", "NULL"))
    assert [memo[text] for text in ("", " NULL ", "1.005")] == [0, 0, 101]
    memo.trim(limit=2)
    assert memo.residues == {}
    assert memo[""] == 0
    with pytest.raises(CellError, match="an empty cell"):
        MinorMemo(POINT, 2)[""]


def test_long_texts_are_cut_in_messages() -> None:
    assert shown("x" * 50) == "'" + "x" * 37 + "...'"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_amount_survives_both_ways_of_writing(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english, POINT) == amount == read_number(german, COMMA)
    assert rounded(amount, 2) == (int(amount * 100), 0)
    assert scaled_number(english, POINT) == int(amount * 10**12)
    assert Decimal(plain_number(english, POINT)) == amount
