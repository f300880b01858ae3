"""The tables of a book."""

from pathlib import Path

from core.store.book import create_book
from core.usecases.books import check_book
from tests.core.builders import BookBuilder


def test_tables_without_row_numbers_begin_with_their_key(tmp_path: Path) -> None:
    # SQLite 3.40 reports NULL values that are not there where the key's columns are not the first.
    with create_book(tmp_path / "new.quintile") as book:
        tables = [
            name
            for (name, sql) in book.connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            )
            if "WITHOUT ROWID" in sql
        ]
        keys = {
            name: [column[5] for column in book.connection.execute(f"PRAGMA table_info({name})")]
            for name in tables
        }
    assert {"customer_attributes", "item_costs", "item_descriptions"} <= set(keys)
    assert [
        name for name, places in keys.items() if places[: max(places)] != [*range(1, max(places) + 1)]
    ] == []


def test_a_book_with_lists_of_items_and_customers_is_sound(tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "lists.quintile")
    listed = builder.add_import("items.csv")
    builder.customer("Ann", region="North")
    bean = builder.item("BEAN", costs=[("2026-01-01", 700), ("2026-06-01", 750)])
    builder.insert(
        "item_descriptions", item_id=bean, code="BEAN", name="Beans", category="Coffee", import_id=listed
    )
    structure = [text for (text,) in builder.book.connection.execute("PRAGMA integrity_check")]
    builder.book.close()
    assert structure == ["ok"]
    assert not [text for text in check_book(tmp_path / "lists.quintile").findings if "Structure" in text]
