"""Dates and numbers of QuickBooks Online's reports where the values alone do not settle how they are written."""

import pytest

from core.errors import UnknownFormat
from core.importing.importer import ColumnMapping, Parsing
from core.importing.issue import Severity
from core.importing.records import SalesLine
from importers.formats.quickbooks_online_sales import IMPORTER
from tests.importers.builders import csv_source


def parsed(text: str, **options: str) -> tuple[list[SalesLine], Parsing]:
    parsing = IMPORTER.parse(csv_source(text), ColumnMapping(options=options), "USD")
    return [line for batch in parsing.batches for line in batch if isinstance(line, SalesLine)], parsing


def messages(parsing: Parsing, severity: Severity) -> list[str]:
    return [issue.message for issue in parsing.issues if issue.severity is severity]


def doubtful(first: str, second: str, dollar: str = "$") -> str:
    return f"""Sales by Customer Detail
Kiosk
All Dates

,Date,Transaction Type,Num,Product/Service,Amount
Ann,,,,,
,{first},Invoice,1,Tea,5.00
,{second},Invoice,2,Tea,5.00
Total for Ann,,,,,{dollar}10.00
TOTAL,,,,,{dollar}10.00
"""


@pytest.mark.parametrize(
    ("first", "second", "dates"),
    [
        (
            "04/10/2026",
            "05/01/2026",
            ["2026-04-10", "2026-05-01"],
        ),  # 10 April, 1 May; else 4 October, 5 January
        ("10/04/2026", "01/05/2026", ["2026-04-10", "2026-05-01"]),  # the same days, day first
    ],
)
def test_groups_that_run_forward_in_time_settle_doubtful_dates(
    first: str, second: str, dates: list[str]
) -> None:
    lines, parsing = parsed(doubtful(first, second))

    assert [line.date for line in lines] == dates
    assert any("run forward in time" in note for note in messages(parsing, Severity.NOTE))


def test_dollars_and_english_words_mean_month_first_with_a_warning() -> None:
    lines, parsing = parsed(doubtful("01/02/2026", "02/03/2026"))

    assert [line.date for line in lines] == ["2026-01-02", "2026-02-03"]
    assert any("month/day/year" in warning for warning in messages(parsing, Severity.WARNING))
    assert IMPORTER.questions(csv_source(doubtful("01/02/2026", "02/03/2026")), ColumnMapping()) == []


def test_pounds_mean_day_first_with_a_warning() -> None:
    lines, _ = parsed(doubtful("01/02/2026", "02/03/2026", dollar="£"))

    assert [line.date for line in lines] == ["2026-02-01", "2026-03-02"]


def test_without_any_sign_the_order_is_asked_and_the_answer_taken() -> None:
    text = doubtful("01/02/2026", "02/03/2026", dollar="")

    (question,) = IMPORTER.questions(csv_source(text), ColumnMapping())
    assert (question.field, question.column, question.choices) == ("date_order", "Date", ("mdy", "dmy"))
    assert "'01/02/2026' in row 7" in question.evidence
    assert IMPORTER.questions(csv_source(text), ColumnMapping(options={"date_order": "dmy"})) == []
    assert [line.date for line in parsed(text, date_order="dmy")[0]] == ["2026-02-01", "2026-03-02"]


def test_numbers_that_could_be_two_numbers_are_asked() -> None:
    text = doubtful("01/25/2026", "02/25/2026").replace("5.00", "5,000").replace("$10.00", '"10,000"')
    text = text.replace("Tea,5,000", 'Tea,"5,000"')

    (question,) = IMPORTER.questions(csv_source(text), ColumnMapping())
    assert question.field == "number_format"
    assert [line.net_minor for line in parsed(text, number_format="1,234.5")[0]] == [5_000_00, 5_000_00]
    assert [line.net_minor for line in parsed(text, number_format="1.234,5")[0]] == [5_00, 5_00]
    with pytest.raises(UnknownFormat, match="number_format"):
        parsed(text, number_format="what")
