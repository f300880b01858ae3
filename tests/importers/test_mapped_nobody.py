"""Customers and items called None, NULL, 007 or 1E5: kept as they stand, or said."""

from core.importing.issue import Severity
from tests.importers.test_mapped_ledger import parsed as parsed_ledger
from tests.importers.test_mapped_sales import parsed

_WORDS = (
    "Date,Customer,Item,Net\n2026-01-01,,Tea,1.00\n2026-01-01,None,Tea,2.00\n2026-01-01, NULL ,nan,4.00\n"
)


def test_words_for_nothing_are_never_taken_for_nobody_in_silence() -> None:
    lines, parsing = parsed(_WORDS)
    assert [(line.customer, line.item) for line in lines] == [("", "Tea"), ("", "Tea"), ("", "")]
    customer, item = parsing.issues
    assert (customer.row, customer.field, customer.severity) == (3, "customer", Severity.WARNING)
    assert (
        "2 rows, the first is row 3, have 'NULL', 'None' where the customer is expected" in customer.message
    )
    assert "6.00 USD in all" in customer.message
    assert (item.row, item.field) == (4, "item")
    assert "4.00 USD. If" in item.message


def test_words_for_nothing_are_names_where_the_user_says_so() -> None:
    lines, parsing = parsed(_WORDS, empty_words="names")
    assert [(line.customer, line.item) for line in lines] == [("", "Tea"), ("None", "Tea"), ("NULL", "nan")]
    assert parsing.issues == []


def test_amounts_without_a_customer_are_not_added_up_over_currencies() -> None:
    _, parsing = parsed(
        "Date,Customer,Currency,Net\n2026-01-01,None,EUR,1.00\n2026-01-01,None,USD,1.00\n2026-01-01,Ada,USD,1.00\n"
    )
    assert "they are taken as rows without one. If" in parsing.issues[0].message


def test_texts_stay_as_they_stand_in_the_file() -> None:
    texts = ["-", "007", "1E5", "TRUE", "1-2", "0.10", "=1+1", "1/2/2026"]
    lines, parsing = parsed(
        "Date,Customer,Item,Net\n" + "".join(f"2026-01-01,{one},{one},1.00\n" for one in texts)
    )
    assert [line.customer for line in lines] == texts
    assert [line.item for line in lines] == texts
    assert parsing.issues == []


def test_a_ledgers_customer_called_nan_is_said_too() -> None:
    postings, parsing = parsed_ledger(
        "Date,Account,Customer,Debit,Credit\n2026-01-31,1,nan,7.00,\n2026-01-31,2,Ada,,7.00\n"
    )
    assert [posting.customer for posting in postings] == ["", "Ada"]
    assert "Row 2 has 'nan' where the customer is expected" in parsing.issues[0].message
    assert "it is taken as a row without one, 7.00 USD. If" in parsing.issues[0].message
