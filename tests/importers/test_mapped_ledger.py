import csv
import io
from itertools import chain
from pathlib import Path
from typing import cast

import pytest

from core.importing.importer import ColumnMapping, Parsing
from core.importing.records import Posting
from core.importing.source import Source
from importers.formats.general_ledger import IMPORTER
from tests.importers.builders import SheetInMemory


def table(text: str) -> Source:
    delimiter = ";" if ";" in text else ","
    rows = list(csv.reader(io.StringIO(text.strip("\n")), delimiter=delimiter))
    return Source(
        Path("ledger.csv"), "0", 1, "csv", "utf-8", delimiter, (SheetInMemory([row or [""] for row in rows]),)
    )


def parsed(text: str, **options: str) -> tuple[list[Posting], Parsing]:
    parsing = IMPORTER.parse(table(text), ColumnMapping(options=options), "USD")
    return cast("list[Posting]", list(chain.from_iterable(parsing.batches))), parsing


def test_debits_are_positive_and_credits_negative() -> None:
    postings, parsing = parsed("""
Date,Account,Account name,Account type,Entry,Customer,Memo,Debit,Credit
2026-01-31,1100,Receivables,Accounts receivable,7,Ada,Tea,120.00,
2026-01-31,4000,Sales,Income,7,,Tea,,120.00
""")
    assert postings == [
        Posting(2, "2026-01-31", "1100", "Receivables", "asset", "7", "Ada", "Tea", 12000, ""),
        Posting(3, "2026-01-31", "4000", "Sales", "income", "7", "", "Tea", -12000, ""),
    ]
    assert parsing.issues == []


@pytest.mark.parametrize("label", ["Account No", "Account number", "Account code"])
def test_beside_a_column_of_numbers_the_column_account_holds_names(label: str) -> None:
    postings, _ = parsed(f"Date,{label},Account,Debit,Credit\n2026-08-31,6210,Delivery,55.10,\n")
    assert [(p.account, p.account_name) for p in postings] == [("6210", "Delivery")]


def test_a_column_account_on_its_own_holds_the_account() -> None:
    postings, _ = parsed("Date,Account,Debit,Credit\n2026-08-31,Delivery,55.10,\n")
    assert [p.account for p in postings] == ["Delivery"]


def test_the_french_audit_file_is_understood() -> None:
    postings, _ = parsed(
        "JournalCode;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxLib;EcritureLib;Debit;Credit\n"
        "VE;12;20260131;411;Clients;Ada;Facture 7;1 200,50;0,00\n"
        "VE;12;20260131;706;Ventes;;Facture 7;0,00;1 200,50\n"
    )
    assert [(p.date, p.account, p.customer, p.amount_minor) for p in postings] == [
        ("2026-01-31", "411", "Ada", 120050),
        ("2026-01-31", "706", "", -120050),
    ]


def test_an_amount_with_its_side() -> None:
    postings, _ = parsed(
        "Datum;Konto;Betrag;S/H\n31.01.2026;1200;119,00;S\n31.01.2026;8400;119,00;H\n31.01.2026;8400;1,00;X\n"
    )
    assert [posting.amount_minor for posting in postings] == [11900, -11900]
    _, parsing = parsed("Date,Account,Amount,DC\n2026-01-31,1,1.00,X\n")
    assert "expected D or C, found 'X'" in parsing.issues[0].message


@pytest.mark.parametrize(
    ("amounts", "types", "expected"),
    [
        (("10.00", "-10.00"), ("Bank", "Income"), [1000, -1000]),  # adds up to 0, income negative
        (("-10.00", "10.00"), ("Bank", "Income"), [1000, -1000]),  # adds up to 0, income positive
        (("10.00", "10.00"), ("Bank", "Income"), [1000, -1000]),  # each account in its own direction
        (("10.00", "-10.00"), ("", ""), [1000, -1000]),
    ],
)
def test_what_the_sign_of_one_amount_means_is_told_by_the_sums(
    amounts: tuple[str, str], types: tuple[str, str], expected: list[int]
) -> None:
    rows = "".join(
        f"2026-01-31,{n},{kind},{amount}\n"
        for n, (kind, amount) in enumerate(zip(types, amounts, strict=True), 1)
    )
    postings, parsing = parsed("Date,Account,Account type,Amount\n" + rows)
    assert [posting.amount_minor for posting in postings] == expected
    assert len(parsing.issues) == 1


def test_a_sign_that_nothing_tells_is_asked() -> None:
    text = "Date,Account,Amount\n2026-01-31,1,10.00\n2026-01-31,2,x\n2026-01-31,3,5.00\n2026-01-31,3,1.00\n"
    (question,) = IMPORTER.questions(table(text), ColumnMapping())
    assert (question.field, question.choices) == (
        "amount_sign",
        ("debit_positive", "credit_positive", "natural"),
    )
    assert [p.amount_minor for p in parsed(text, amount_sign="credit_positive")[0]] == [-1000, -500, -100]
    assert [p.amount_minor for p in parsed(text, amount_sign="debit_positive")[0]] == [1000, 500, 100]


def test_codes_and_names_in_one_column_are_parted() -> None:
    postings, _ = parsed(
        "Date,Account,Debit,Credit\n2026-01-31,1010 · Bank,1.00,\n2026-01-31,4000 Sales,,1.00\n"
    )
    assert [(p.account, p.account_name) for p in postings] == [("1010", "Bank"), ("4000", "Sales")]
    postings, _ = parsed("Date,Account,Debit,Credit\n2026-01-31,Bank,1.00,\n")
    assert [(p.account, p.account_name) for p in postings] == [("Bank", "")]
    postings, _ = parsed("Date,Account,Account name,Debit,Credit\n2026-01-31,,Bank,1.00,\n")
    assert [(p.account, p.account_name) for p in postings] == [("Bank", "Bank")]


def test_rows_without_account_or_amount_are_rejected_and_totals_left_out() -> None:
    postings, parsing = parsed("""
Date,Account,Memo,Debit,Credit
2026-01-31,1,x,1.00,
2026-01-31,,x,1.00,
2026-01-31,1,x,,
Total,,,2.00,
Opening balance,,,,
""")
    assert len(postings) == 1
    assert [row for row, _ in parsing.rejected_rows] == [3, 4]
    assert "expected an account" in parsing.issues[0].message
    assert "expected a debit or a credit" in parsing.issues[1].message
    assert parsing.left_out == {"total row": 1, "heading or footer": 1}
    assert parsing.stated_totals == []


def test_a_row_in_another_currency_is_never_posted_as_the_books() -> None:
    postings, parsing = parsed(
        "Date,Account,Debit,Credit,Currency\n2026-01-31,1,1.5,,usd\n2026-01-31,2,15,,JPY\n2026-01-31,3,,1.5,\n"
    )
    assert [(p.amount_minor, p.currency) for p in postings] == [(150, "USD"), (-150, "")]
    assert parsing.rejected_rows == [(3, ["2026-01-31", "2", "15", "", "JPY"])]
    assert "Row 3, column 'Currency': expected USD, the book's currency" in parsing.issues[0].message
    assert "found 'JPY'" in parsing.issues[0].message


def test_a_whole_ledger_in_another_currency_by_its_option_is_never_posted() -> None:
    postings, parsing = parsed("Date,Account,Debit,Credit\n2026-01-31,1,1.5,\n", currency="EUR")
    assert postings == []
    assert len(parsing.rejected_rows) == 1


@pytest.mark.parametrize(
    ("labels", "foreign", "own"),
    [
        ("Debit,Credit,Currency,Base debit,Base credit", "20.00,,EUR,22.00,", "10.00,,USD,,"),
        ("Debit,Credit,Currency,Base amount", "20.00,,EUR,22.00", "10.00,,USD,"),
        ("Debit,Credit,Currency,Foreign amount", "22.00,,EUR,20.00", "10.00,,USD,"),
        ("Base debit,Base credit,Currency", "22.00,,EUR", "10.00,,USD"),
    ],
)
def test_where_the_file_states_the_amount_in_the_books_currency_that_is_taken(
    labels: str, foreign: str, own: str
) -> None:
    postings, parsing = parsed(f"Date,Account,{labels}\n2026-01-31,1,{foreign}\n2026-01-31,2,{own}\n")
    assert [(p.row, p.amount_minor, p.currency) for p in postings] == [(2, 2200, ""), (3, 1000, "USD")]
    assert parsing.issues == []


def test_signed_amounts_in_the_books_currency_decide_what_a_sign_means() -> None:
    postings, parsing = parsed("""
Date,Account,Amount,Currency,Base amount
2026-10-01,Bank,10.00,USD,
2026-10-01,Sales,-10.00,USD,
2026-10-01,Bank,20.00,EUR,22.50
2026-10-01,Sales,-20.00,EUR,-22.50
""")
    assert [p.amount_minor for p in postings] == [1000, -1000, 2250, -2250]
    assert "debits are taken as positive" in parsing.issues[0].message


def test_a_foreign_amount_beside_an_empty_cell_proves_nothing() -> None:
    postings, parsing = parsed("Date,Account,Debit,Credit,Currency,Foreign amount\n2026-01-31,1,1.00,,EUR,\n")
    assert postings == []
    assert len(parsing.rejected_rows) == 1


def test_a_total_row_that_bears_a_date_is_no_posting() -> None:
    postings, parsing = parsed(
        "Date,Account,Debit,Credit\n2026-01-31,1,1.00,\n2026-01-31,2,,1.00\n2026-01-31,Grand total,1.00,1.00\n"
    )
    assert [p.account for p in postings] == ["1", "2"]
    assert "a total row is none; delete it" in parsing.issues[0].message
