import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.source import TypedText
from importers.cells import CellError, DateReader, DateScan, decide_dates, read_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-10-31", "2026-10-31"),
        ("2026-10-31T23:59:58.123Z", "2026-10-31"),
        ("2010-12-01 08:26:00", "2010-12-01"),
        ("2026/1/2", "2026-01-02"),
        ("20260131", "2026-01-31"),
        ("26-Oct-2026", "2026-10-26"),
        ("Jan 28 2021", "2021-01-28"),
        ("January 28th, 2021", "2021-01-28"),
        ("28 Jan 2021", "2021-01-28"),
        ("Monday, March 2, 2026", "2026-03-02"),
        ("3. März 2026", "2026-03-03"),
        ("28 de enero de 2021", "2021-01-28"),
        ("5/5/2026", "2026-05-05"),
        ("", ""),
        ("0000-00-00", ""),
    ],
)
def test_dates_that_can_be_read_in_one_way_need_no_order(text: str, iso: str) -> None:
    assert read_date(text, None) == iso


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("2/05/2026", "dmy", "2026-05-02"),
        ("2/05/2026", "mdy", "2026-02-05"),
        ("25.03.26", "dmy", "2026-03-25"),
        ("12/31/99", "mdy", "1999-12-31"),
        ("12/1/2010 8:26", "dmy", "2010-01-12"),
        ("1/2/2020 8:26:01 PM", "mdy", "2020-01-02"),
    ],
)
def test_the_order_decides_what_a_numeric_date_means(text: str, order: str, iso: str) -> None:
    assert DateReader(order).read(text) == iso  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "2026-13-01", "foo", "13/13/2026", "May 2026", "44197", "2026-01-02 foo", "1/1/0001"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(CellError, match="expected a date"):
        DateReader("dmy").read(text)


def test_an_undecided_reader_refuses_a_date_with_two_readings() -> None:
    with pytest.raises(CellError, match="told apart"):
        DateReader(None).read("01/02/2026")


def test_a_day_above_twelve_proves_the_order_and_is_named_with_its_row() -> None:
    decision = decide_dates(["01/02/2026", "25/03/2026", "26/03/2026"], first_row=2)
    assert decision.order == "dmy"
    assert decision.evidence == "'25/03/2026' in row 3 can only be day/month"
    assert decide_dates(["01/02/2026", "03/25/2026"]).order == "mdy"


def test_a_column_that_settles_nothing_is_left_open_with_the_evidence() -> None:
    decision = decide_dates(["05/05/2026", "01/02/2026"], first_row=2)
    assert decision.order is None
    assert "'01/02/2026' in row 3 could be day/month or month/day" in decision.evidence


def test_a_column_that_proves_both_orders_is_mixed() -> None:
    decision = decide_dates(["25/03/2026", "03/25/2026"])
    assert decision.order is None
    assert decision.mixed
    assert "'25/03/2026' in row 1" in decision.evidence
    assert "'03/25/2026' in row 2" in decision.evidence


def test_typed_dates_and_empty_columns_are_never_in_doubt() -> None:
    assert decide_dates([TypedText("2026-02-01")]).order == "ymd"
    assert decide_dates(["", ""]).evidence == "the column is empty"
    assert decide_dates(["13/13/2026"]).order == "ymd"


def test_evidence_is_the_first_row_whatever_the_pieces() -> None:
    scan = DateScan()
    scan.add(["01/02/2026", "02/01/2026"], 2)
    scan.add(["30/01/2026", "28/01/2026"], 4)
    assert scan.decision().evidence == "'30/01/2026' in row 4 can only be day/month"


@given(st.dates(dt.date(1970, 1, 1), dt.date(2060, 12, 31)))
def test_every_day_survives_each_way_of_writing(day: dt.date) -> None:
    iso = day.isoformat()
    assert read_date(day.strftime("%d/%m/%Y"), "dmy") == iso
    assert read_date(day.strftime("%m/%d/%y"), "mdy") == iso
    assert read_date(day.strftime("%Y%m%d"), None) == iso
    assert read_date(day.strftime("%d-%b-%Y"), None) == iso
    assert read_date(day.strftime("%B %d, %Y"), None) == iso
