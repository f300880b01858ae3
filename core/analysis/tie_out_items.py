"""The rows behind the differences between documents and ledger, so that they add up to it exactly."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from core.analysis.facts import Facts, months_with_data
from core.analysis.sums import Ints, sums
from core.analysis.tie_out_matching import Matches, match
from core.analysis.tie_out_result import (
    NEEDS_A_REASON,
    AcceptedDifference,
    ItemKind,
    ResidualItem,
    account_label,
)
from core.importing.records import AccountType
from core.period import EVERYTHING, Period

_COLUMNS = [
    "kind",
    "bucket",
    "day",
    "number",
    "customer",
    "memo",
    "amount",
    "account",
    "import_id",
    "row",
    "reason",
]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Documents and postings of one type of account, matched.

    `items` has a row for each residual row with its kind, bucket, amount (ledger less documents) and reason.
    Buckets number the months; where the period cuts a month, its part inside has a number of its own.
    """

    facts: Facts
    months: tuple[Period, ...]  # of the period, cut at its ends
    buckets: Ints  # bucket of each of these months
    documents: pd.DataFrame
    postings: pd.DataFrame
    items: pd.DataFrame = field(repr=False)

    def in_period(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame that lie in the period."""
        return frame[frame["bucket"].isin(self.buckets)]

    def residual_items(self, rows: pd.DataFrame) -> tuple[ResidualItem, ...]:
        """Rows of `items` as values."""
        customers = [*self.facts.customers["name"], ""]  # -1 finds the last
        accounts = [*map(account_label, self.facts.accounts["code"], self.facts.accounts["name"]), ""]
        return tuple(
            ResidualItem(
                kind=kind,
                day=_date(day),
                entry=number,
                customer=customers[customer],
                memo=memo,
                amount_minor=amount,
                account=accounts[account],
                file=self.facts.files.get(import_id, ""),
                row=row,
                reason=reason,
            )
            for kind, _, day, number, customer, memo, amount, account, import_id, row, reason in zip(
                *(rows[name].tolist() for name in _COLUMNS), strict=True
            )
        )


def compare(facts: Facts, kind: AccountType, amounts: Ints, *, sign: int) -> Comparison:
    """Match documents' amounts with the postings on accounts of a type; sign -1 turns credits positive."""
    months = tuple(_cut(month, facts.period) for month in months_with_data(facts, facts.period))
    edges = _edges(facts, months)
    documents = _documents(facts, amounts, edges)
    postings = _postings(facts, kind, edges, sign=sign)
    items = _items(documents, postings, match(documents, postings))
    return Comparison(
        facts=facts,
        months=months,
        buckets=_buckets(np.array([month.start for month in months], dtype="datetime64[s]"), edges),
        documents=documents,
        postings=postings,
        items=items,
    )


def _cut(month: Period, period: Period) -> Period:
    return Period(max(month.start, period.start), min(month.end, period.end))


def _edges(facts: Facts, months: tuple[Period, ...]) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    """First days of the parts that time falls into: calendar months, and the period's own ends."""
    starts = {month.start for month in (*months_with_data(facts, EVERYTHING), *months)}
    edges = {np.datetime64(start, "s") for start in starts}
    edges |= {np.datetime64(month.end, "s") + np.timedelta64(1, "D") for month in months}
    return np.array(sorted(edges), dtype="datetime64[s]")


def _buckets(days: "np.ndarray[tuple[int], np.dtype[np.datetime64]]", edges: object) -> Ints:
    found: Ints = np.searchsorted(np.asarray(edges), days, side="right").astype(np.int64)
    return found


def _documents(facts: Facts, amounts: Ints, edges: object) -> pd.DataFrame:
    documents = facts.documents
    days = documents["day"].to_numpy()
    first_line = np.searchsorted(facts.lines["document"].to_numpy(), np.arange(len(documents)))
    rows = np.append(
        facts.lines["row"].to_numpy(), 0
    )  # without lines there is no amount, so such a document is never shown
    return pd.DataFrame(
        {
            "number": documents["number"],
            "customer": documents["customer"],
            "day": days.astype("datetime64[D]").astype(np.int64),
            "bucket": _buckets(days, edges),
            "amount": amounts,
            "memo": "",
            "account": -1,
            "import_id": documents["import_id"],
            "row": rows[first_line],
        }
    )


def _postings(facts: Facts, kind: AccountType, edges: object, *, sign: int) -> pd.DataFrame:
    types = facts.accounts["type"].to_numpy() == kind.value
    postings = facts.postings[types[facts.postings["account"].to_numpy()]].reset_index(drop=True)
    days = postings["day"].to_numpy()
    return pd.DataFrame(
        {
            "number": postings["entry"],
            "customer": postings["customer"],
            "day": days.astype("datetime64[D]").astype(np.int64),
            "bucket": _buckets(days, edges),
            "amount": postings["amount"] * sign,
            "memo": postings["memo"],
            "account": postings["account"],
            "import_id": postings["import_id"],
            "row": postings["row"],
        }
    )


def _items(documents: pd.DataFrame, postings: pd.DataFrame, matches: Matches) -> pd.DataFrame:
    """Every residual row. Their sum in each bucket is the ledger less the documents of that bucket."""
    partner = matches.document_of_entry[matches.entry_of_posting]
    alone = postings[partner == -1]
    on_customer = alone["customer"].to_numpy() >= 0
    only = documents[(matches.entry_of_document == -1) & (documents["amount"] != 0).to_numpy()]
    parts = [
        _as_items(alone[on_customer], ItemKind.LEDGER_ON_CUSTOMER),
        _as_items(alone[~on_customer], ItemKind.LEDGER_ON_NOBODY),
        _as_items(only.assign(amount=-only["amount"]), ItemKind.DOCUMENTS_ONLY),
        *_of_pairs(documents, postings, matches),
    ]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _of_pairs(documents: pd.DataFrame, postings: pd.DataFrame, matches: Matches) -> list[pd.DataFrame]:
    """Pairs in different months, and pairs of different amounts."""
    entry = matches.entry_of_posting
    paired = postings.assign(entry=entry, document=matches.document_of_entry[entry])
    paired = paired[paired["document"] >= 0]
    document = documents.iloc[paired["document"].to_numpy()]
    paired["excess"] = matches.entry_amount[paired["entry"]] - document["amount"].to_numpy()
    paired["document_bucket"] = document["bucket"].to_numpy()
    # The largest posting of an entry carries what its amount differs by.
    size = paired["amount"].abs()
    largest = paired.assign(size=size).sort_values("size", ascending=False, kind="stable")
    largest = largest[~largest["entry"].duplicated()]
    different = largest[largest["excess"] != 0]
    moved = paired[paired["bucket"] != paired["document_bucket"]].copy()
    moved.loc[moved.index.isin(different.index), "amount"] -= moved["excess"]
    source = documents.iloc[moved["document"].to_numpy()]
    out = moved.assign(
        amount=-moved["amount"],
        bucket=moved["document_bucket"],
        **{name: source[name].to_numpy() for name in ("day", "number", "customer", "import_id", "row")},
    )
    return [
        _as_items(out, ItemKind.CUT_OFF_OUT),
        _as_items(moved, ItemKind.CUT_OFF_IN),
        _as_items(different.assign(amount=different["excess"]), ItemKind.AMOUNT),
    ]


def _as_items(rows: pd.DataFrame, kind: ItemKind) -> pd.DataFrame:
    kinds = pd.Series([kind] * len(rows), index=rows.index, dtype=object)
    return rows.assign(kind=kinds, reason="")[_COLUMNS]


def with_reasons(comparison: Comparison, key: str, accepted: Sequence[AcceptedDifference]) -> Comparison:
    """Give items the reason with which they were accepted, under a check's key or one of its accounts' keys.

    An acceptance that is not the difference any more says nothing.
    """
    items = comparison.items.copy()
    for place, month in zip(comparison.buckets.tolist(), comparison.months, strict=True):
        own = [one for one in accepted if one.period == f"{month.start:%Y-%m}"]
        for check in {one.check_key for one in own}:
            rows = (items["bucket"] == place) & _of_check(comparison.facts, items, check, key)
            needing = rows & items["kind"].isin(NEEDS_A_REASON)
            amount = sum(one.amount_minor for one in own if one.check_key == check)
            for chosen in (rows, needing):
                if chosen.any() and amount == int(items.loc[chosen, "amount"].sum()):
                    items.loc[chosen, "reason"] = "; ".join(o.reason for o in own if o.check_key == check)
                    break
    return replace(comparison, items=items)


def _of_check(facts: Facts, items: pd.DataFrame, check: str, key: str) -> "pd.Series[bool]":
    codes = np.append(facts.accounts["code"].to_numpy(), "documents")  # -1 finds the last
    keys = pd.Series(codes[items["account"].to_numpy(dtype=np.int64)], index=items.index)
    return (key + ":" + keys.astype(object) == check) | (check == key)


def in_order(items: pd.DataFrame) -> pd.DataFrame:
    """Residual rows in order of date, then of number and row."""
    return items.sort_values(["day", "number", "row", "kind"], kind="stable")


def by_month(comparison: Comparison, frame: pd.DataFrame) -> list[int]:
    """Add amounts up for each month of the period."""
    top = int(max(comparison.buckets.max(initial=0), frame["bucket"].max() if len(frame) else 0))
    totals = sums(frame["amount"].to_numpy(dtype=np.int64), frame["bucket"].to_numpy(dtype=np.int64), top + 1)
    return [int(totals[bucket]) for bucket in comparison.buckets]


def _date(day: int) -> date:
    found: date = np.datetime64(day, "D").item()
    return found
