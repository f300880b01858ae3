"""The frames of the facts: columns of whole numbers, put in date order and tied together by row position."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.line_cost import line_costs
from core.analysis.sums import Ints
from core.store import frames
from core.store.book import Book

CONTACT = ("email", "phone", "city", "region", "postcode", "country")


def read_documents(book: Book, as_of: date, customer_ids: Ints) -> pd.DataFrame:
    """The documents that count, in date order."""
    numbers = frames.document_numbers(book.connection, as_of)
    texts = np.array(frames.document_texts(book.connection, as_of), dtype=object)
    order = np.argsort(numbers[:, 2], kind="stable")
    ids, customer, day, kind, import_id = numbers[order].T
    return pd.DataFrame(
        {
            "document_id": ids,
            "customer": _positions(customer, customer_ids),
            "day": _days(day),
            "kind": pd.Categorical.from_codes(kind, categories=[kind.value for kind in frames.KINDS]),  # type: ignore[call-overload]
            "number": pd.Series(texts[order], dtype=object),
            "import_id": import_id,
        }
    )


def read_lines(book: Book, documents: pd.DataFrame, item_ids: Ints) -> pd.DataFrame:
    """The lines of these documents, in their order."""
    numbers = frames.line_numbers(book.connection)
    document = _positions(numbers[:, 0], documents["document_id"].to_numpy())
    order = np.argsort(document, kind="stable")
    order = order[np.searchsorted(document[order], 0) :]  # lines of documents that do not count stand first
    document = document[order]
    _, item, quantity, gross, discount, net, own_cost, row = (column[order] for column in numbers.T)
    cost, cost_known = line_costs(
        own_cost,
        item,
        days=documents["day"].to_numpy()[document].astype("datetime64[D]").astype(np.int64),
        quantities=quantity,
        plain_discount=(gross == 0) & (discount != 0),
        costs_of_items=frames.item_costs(book.connection),
    )
    return pd.DataFrame(
        {
            "document": document,
            "item": _positions(item, item_ids),
            "quantity_millionths": pd.arrays.IntegerArray(
                np.where(quantity == frames.NOTHING, 0, quantity), quantity == frames.NOTHING
            ),
            "gross": gross,
            "discount": discount,
            "net": net,
            "cost": cost,
            "cost_known": cost_known,
            "row": row,
        }
    )


def read_accounts(book: Book, pool_ids: Ints) -> pd.DataFrame:
    """The chart of accounts."""
    table = read_table(("account_id", "code", "name", "type", "pool"), frames.accounts(book.connection))
    table["pool"] = _positions(table["pool"].to_numpy(dtype=np.int64), pool_ids)
    return table


def read_postings(book: Book, as_of: date, *, accounts: Ints, customers: Ints) -> pd.DataFrame:
    """The ledger, in date order."""
    numbers = frames.posting_numbers(book.connection, as_of)
    texts = read_table(("entry", "memo"), frames.posting_texts(book.connection, as_of))
    order = np.argsort(numbers[:, 2], kind="stable")
    account, customer, day, amount, row, import_id = numbers[order].T
    return pd.DataFrame(
        {
            "account": _positions(account, accounts),
            "customer": _positions(customer, customers),
            "day": _days(day),
            "entry": texts["entry"].to_numpy()[order],
            "memo": texts["memo"].to_numpy()[order],
            "amount": amount,
            "row": row,
            "import_id": import_id,
        }
    ).astype({"entry": object, "memo": object})


def read_customers(book: Book) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The customers with how to reach them, and what else is known about each."""
    customers = read_table(("customer_id", "name"), frames.customers(book.connection))
    known = _attributes(book, ids_of(customers))
    for column in CONTACT:
        customers[column] = pd.Series(known.pop(column, [""] * len(customers)), dtype=object).fillna("")
    return customers, pd.DataFrame(known, index=range(len(customers)), dtype=object)


def _attributes(book: Book, customer_ids: Ints) -> dict[str, list[str | None]]:
    columns: dict[str, list[str | None]] = {}
    place = {customer: position for position, customer in enumerate(customer_ids.tolist())}
    for customer, name, value in frames.attributes(book.connection):
        columns.setdefault(name, [None] * len(place))[place[customer]] = value
    return columns


def read_table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """A frame of int64 ids (the columns ending in _id) and of text as it is."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pd.DataFrame(
        {
            name: pd.Series(column, dtype=np.int64 if name.endswith("_id") else object)
            for name, column in zip(names, columns, strict=True)
        }
    )


def ids_of(table: pd.DataFrame) -> Ints:
    """Ids of a table, which are its first column."""
    ids: Ints = table.iloc[:, 0].to_numpy(dtype=np.int64)
    return ids


def _positions(wanted: Ints, ids: Ints) -> Ints:
    """Row positions of ids; -1 where there is none."""
    place = np.full(max(ids.max(initial=0), wanted.max(initial=0)) + 2, -1, dtype=np.int64)
    place[ids] = np.arange(len(ids))
    return place[wanted]  # an id of -1 finds the last place, which no id has


def _days(numbers: Ints) -> "np.ndarray[Any, np.dtype[np.datetime64]]":
    return numbers.astype("datetime64[D]").astype("datetime64[s]")
