"""Items of which a file knows only codes are called what their lines say."""

from itertools import permutations
from pathlib import Path

import pytest

from core.store.book import Book
from core.store.digest import business_digest
from core.store.frames import items
from core.usecases.books import check_book, new_book
from core.usecases.import_files import Preview, commit_import, preview_import, undo_import
from importers.reading import read_source
from importers.shelf import importer

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
# By hand: 85123A is called a holder twice and once wrongly; 71053 has one line without words.
FIRST = (
    HEADER
    + "1,85123A,WHITE HOLDER,6,2010-12-01,2.55,17850,UK\n1,71053,WHITE LANTERN,6,2010-12-01,3.39,17850,UK\n"
    "2,85123A,wrongly marked,1,2010-12-02,2.55,17851,UK\n2,POST,,1,2010-12-02,18.00,17851,UK\n"
)
SECOND = HEADER + "3,85123A,WHITE HOLDER,2,2010-12-03,2.55,17850,UK\n3,71053,,1,2010-12-03,3.39,17850,UK\n"
LIST = "Code,Name,Unit cost\n85123A,Heart holder,1.20\n"
NAMES = {"71053": "WHITE LANTERN", "85123A": "WHITE HOLDER", "POST": "POST"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where files are written."""
    return tmp_path


def look(book: Book, folder: Path, text: str, key: str = "invoice_lines") -> Preview:
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    return preview_import(book, read_source(file), importer(key))


def take(book: Book, folder: Path, text: str, key: str = "invoice_lines") -> int | None:
    return commit_import(book, look(book, folder, text, key)).import_id


def names(book: Book) -> dict[str, str]:
    return {code: name for _, code, name, _ in items(book.connection)}


def test_an_item_is_called_what_most_of_its_lines_say_in_whatever_order_they_come(folder: Path) -> None:
    rows = (FIRST + SECOND.removeprefix(HEADER)).removeprefix(HEADER).splitlines(keepends=True)
    for number, order in enumerate(((FIRST, SECOND), (SECOND, FIRST), (HEADER + "".join(reversed(rows)),))):
        with new_book(folder / f"{number}.quintile", client="Ada", currency="GBP") as book:
            for text in order:
                take(book, folder, text)
            assert names(book) == NAMES


def test_descriptions_said_as_often_are_chosen_by_length_and_then_by_alphabet(folder: Path) -> None:
    rows = [
        "1,A,?,1,2010-12-01,1.00,1,UK\n",
        "1,A,RED MUG,1,2010-12-01,1.00,1,UK\n",
        "1,A,OLD MUG,1,2010-12-01,1.00,1,UK\n",
    ]
    for number, order in enumerate(permutations(rows)):
        with new_book(folder / f"{number}.quintile", client="Ada", currency="GBP") as book:
            take(book, folder, HEADER + "".join(order))
            assert names(book) == {"A": "OLD MUG"}


@pytest.mark.parametrize("list_comes_first", [True, False])
def test_an_item_list_names_the_item_whenever_it_is_imported(folder: Path, *, list_comes_first: bool) -> None:
    files = [(LIST, "items"), (FIRST, "invoice_lines")]
    with new_book(folder / "a.quintile", client="Ada", currency="GBP") as book:
        numbers = [take(book, folder, *file) for file in (files if list_comes_first else files[::-1])]
        assert names(book) == NAMES | {"85123A": "Heart holder"}
        listed = numbers[0] if list_comes_first else numbers[1]
        assert listed is not None
        undo_import(book, listed)
        # By hand: in the first file alone each description of 85123A is said once, and the longer one counts.
        assert names(book) == NAMES | {"85123A": "wrongly marked"}
    assert check_book(folder / "a.quintile").is_sound


def test_a_second_import_adds_nothing_and_undo_restores_names_and_digest(folder: Path) -> None:
    with new_book(folder / "a.quintile", client="Ada", currency="GBP") as book:
        take(book, folder, FIRST)
        before, called = business_digest(book.connection), names(book)
        assert take(book, folder, FIRST) is None
        second = take(book, folder, SECOND)
        assert second is not None
        assert names(book) != called
        undo_import(book, second)
        assert (business_digest(book.connection), names(book)) == (before, called)


def test_a_document_that_was_replaced_names_nothing(folder: Path) -> None:
    text = HEADER + "1,A,WRONG MUG,1,2010-12-01,1.00,1,UK\n"
    with new_book(folder / "a.quintile", client="Ada", currency="GBP") as book:
        take(book, folder, text)
        take(book, folder, text.replace("WRONG", "RED"))
        assert names(book) == {"A": "RED MUG"}


def test_an_item_known_by_its_name_is_not_renamed_by_descriptions(folder: Path) -> None:
    text = "Date,Invoice,Product Name,Description,Net\n2026-10-01,1,Hours,Books for March,50.00\n"
    with new_book(folder / "a.quintile", client="Ada", currency="GBP") as book:
        take(book, folder, text)
        assert names(book) == {"Hours": "Hours"}


def test_the_preview_shows_what_each_line_sold(folder: Path) -> None:
    with new_book(folder / "a.quintile", client="Ada", currency="GBP") as book:
        shown = [row.item for row in look(book, folder, FIRST).intake.rows()]
    assert shown == ["WHITE HOLDER", "WHITE LANTERN", "wrongly marked", "POST"]
