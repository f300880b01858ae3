"""A book loaded once for one period and one as-of date: what every figure is worked out from."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from core.analysis.fact_frames import (
    ids_of,
    read_accounts,
    read_customers,
    read_documents,
    read_lines,
    read_postings,
    read_table,
)
from core.analysis.patterns.abc_choice import AbcChoice, kept_abc_choice
from core.analysis.patterns.rfm_choice import RfmChoice, kept_choice
from core.analysis.sums import Flags
from core.importing.records import DocumentKind
from core.money import exponent_of
from core.period import Period, month_of
from core.store import frames
from core.store.book import Book
from core.store.settings import read_settings

NO_CUSTOMER = -1
NO_ITEM = -1
SALES_KINDS = (DocumentKind.INVOICE, DocumentKind.RECEIPT, DocumentKind.JOURNAL)
ORDER_KINDS = (DocumentKind.INVOICE, DocumentKind.RECEIPT)


@dataclass(frozen=True, eq=False)  # compared by identity, so that results can be kept beside it
class Facts:
    """Frames of whole minor units. Customers, items, accounts, documents are referred to by row position.

    Everything dated after `as_of` is left out of every frame. `documents` and `lines` hold all earlier
    history, in date order; `span` finds the part of a period. Only documents that count are here: replaced
    versions and foreign documents without a rate are not (`unrated` counts the latter).

    customers: customer_id, name, email, phone, city, region, postcode, country
    attributes: one row a customer (as in `customers`), one column an attribute, None where not known
    items: item_id, code, name, category
    documents: document_id, customer (-1 none), day (datetime64[s]), kind (category), number, import_id
    lines: document, item (-1 none), quantity_millionths (Int64), gross, discount, net, cost (int64, 0 where
        unknown), cost_known (bool), row
    accounts: account_id, code, name, type, pool (position in `pools`, -1 none)
    postings: account, customer (-1 none), day, entry, memo, amount (int64, debit positive), row, import_id
    pools: pool_id, name, driver
    """

    currency: str
    exponent: int
    period: Period
    as_of: date
    basis: str  # "accrual", "cash" or ""
    customers: pd.DataFrame
    attributes: pd.DataFrame
    items: pd.DataFrame
    documents: pd.DataFrame
    lines: pd.DataFrame
    accounts: pd.DataFrame
    postings: pd.DataFrame
    pools: pd.DataFrame
    unrated: int = 0
    merge_same_day: bool = True  # same-day documents of a customer are one order
    rfm_choice: RfmChoice = field(default_factory=RfmChoice)  # how customers are scored
    abc_choice: AbcChoice = field(default_factory=AbcChoice)  # where the classes A, B and C end
    files: dict[int, str] = field(default_factory=dict)  # import_id → file name

    @property
    def has_ledger(self) -> bool:
        """Whether any posting was imported."""
        return len(self.postings) > 0


def load_facts(book: Book, period: Period, as_of: date) -> Facts:
    """Read everything up to a day once, for figures of a period."""
    connection = book.connection
    settings = read_settings(connection)
    currency = settings["currency"]
    customers, attributes = read_customers(book)
    items = read_table(("item_id", "code", "name", "category"), frames.items(connection))
    documents = read_documents(book, as_of, ids_of(customers))
    pools = read_table(("pool_id", "name", "driver"), frames.pools(connection))
    accounts = read_accounts(book, ids_of(pools))
    return Facts(
        currency=currency,
        exponent=exponent_of(currency),
        period=period,
        as_of=as_of,
        basis=frames.basis(connection),
        customers=customers,
        attributes=attributes,
        items=items,
        documents=documents,
        lines=read_lines(book, documents, ids_of(items)),
        accounts=accounts,
        postings=read_postings(book, as_of, accounts=ids_of(accounts), customers=ids_of(customers)),
        pools=pools,
        unrated=frames.unrated_count(connection, as_of),
        merge_same_day=settings["merge_same_day"] != "no",
        rfm_choice=kept_choice(settings),
        abc_choice=kept_abc_choice(settings),
        files=frames.import_names(connection),
    )


def default_period(book: Book) -> tuple[Period, date]:
    """Return the 12 months that end with the month of the latest document or posting, and their last day."""
    latest = month_of(frames.last_day(book.connection) or date.today())  # noqa: DTZ011 - an empty book has no other day
    return Period(latest.shift(-11).start, latest.end), latest.end


@dataclass(frozen=True)
class Span:
    """Where the documents, lines and postings of some days stand in the frames."""

    documents: slice
    lines: slice
    postings: slice


def span(facts: Facts, period: Period) -> Span:
    """Return the part of the frames that is dated within a period."""
    documents = _dated(facts.documents, period)
    owners = facts.lines["document"].to_numpy()
    first, last = np.searchsorted(owners, [documents.start, documents.stop]).tolist()
    return Span(documents, slice(first, last), _dated(facts.postings, period))


def months_with_data(facts: Facts, period: Period) -> list[Period]:
    """Return the calendar months of a period; of all dates those from the book's first to its last."""
    days = [frame["day"].to_numpy() for frame in (facts.documents, facts.postings) if len(frame)]
    if not days:
        return [] if period.is_everything else list(period.months())
    first = min(column[0] for column in days).astype("datetime64[D]").item()
    last = max(column[-1] for column in days).astype("datetime64[D]").item()
    if period.is_everything:
        period = Period(first, last)
    return list(period.months())


def is_kind(documents: pd.DataFrame, kinds: tuple[DocumentKind, ...]) -> Flags:
    """Tell for each document whether it is of one of these kinds."""
    categories = list(documents["kind"].cat.categories)
    codes = [categories.index(kind.value) for kind in kinds]
    return np.isin(documents["kind"].cat.codes.to_numpy(), codes)


def _dated(frame: pd.DataFrame, period: Period) -> slice:
    days = frame["day"].to_numpy()
    first = np.searchsorted(days, np.datetime64(period.start, "s"), side="left")
    last = np.searchsorted(days, np.datetime64(period.end, "s"), side="right")
    return slice(int(first), int(last))
