"""Which documents and ledger entries are the same event: by number, then by customer, day and amount."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.analysis.sums import Ints, sums

_ALONE, _TOGETHER = -1, -2


@dataclass(frozen=True, eq=False)
class Matches:
    """Entries are postings of one number, customer and part of the period, added up.

    `entry_of_posting` tells each posting's entry, `entry_of_document` each document's partner: -1 stands
    alone, -2 agrees together with others of its customer or day. `document_of_entry` is the same the other
    way round.
    """

    entry_of_posting: Ints
    entry_amount: Ints
    entry_bucket: Ints
    entry_of_document: Ints
    document_of_entry: Ints


def match(documents: pd.DataFrame, postings: pd.DataFrame) -> Matches:
    """Match documents with postings; both have number, customer (-1 none), day, bucket and amount.

    A bucket is a month of the period. Amounts are never changed here: whatever is left stays visible.
    """
    documents, postings = _with_common_keys(documents, postings)
    entry_of_posting, entries = _entries(postings)
    search = _Search(documents, entries)
    numbered, nameless = ("key",), ("key", "nameless")
    for keys in (("customer", "bucket", "amount"), ("bucket", "amount"), ("customer", "amount"), ("amount",)):
        search.pair(numbered + keys)
    # An invoice and a credit note of one number are one entry here.
    search.agree_together((*numbered, "customer", "bucket"))
    search.pair((*numbered, "customer", "bucket", "sign"))
    search.pair((*numbered, "customer", "sign"))
    search.pair((*nameless, "bucket", "sign"))
    search.pair(("customer", "day", "amount"))
    search.pair(("customer", "bucket", "amount"))
    search.pair(("nameless", "day", "amount"))
    for keys in (("customer", "day"), ("customer", "bucket"), ("nameless", "day"), ("nameless", "bucket")):
        search.agree_together(keys)
    return Matches(
        entry_of_posting=entry_of_posting,
        entry_amount=entries["amount"].to_numpy(),
        entry_bucket=entries["bucket"].to_numpy(),
        entry_of_document=search.partner_of_document,
        document_of_entry=search.partner_of_entry,
    )


class _Search:
    """What is not matched yet, narrowed down pass by pass."""

    def __init__(self, documents: pd.DataFrame, entries: pd.DataFrame) -> None:
        self.documents = documents[documents["amount"] != 0].assign(nameless=0)
        # Only entries on no customer may stand for documents of any customer.
        entries = entries.assign(nameless=np.where(entries["customer"] < 0, 0, -1))
        self.entries = entries[entries["amount"] != 0]
        self.partner_of_document = np.full(len(documents), _ALONE, dtype=np.int64)
        self.partner_of_entry = np.full(len(entries), _ALONE, dtype=np.int64)

    def pair(self, keys: tuple[str, ...]) -> None:
        """Match one to one what is equal in all of these, the earlier with the earlier."""
        on = list(keys)
        left, right = _eligible(self.documents, on), _eligible(self.entries, on)
        if not len(left) or not len(right):
            return
        left = left[on].assign(turn=left.groupby(on, sort=False).cumcount(), document=left.index)
        right = right[on].assign(turn=right.groupby(on, sort=False).cumcount(), entry=right.index)
        pairs = left.merge(right, on=[*on, "turn"])
        document, entry = pairs["document"].to_numpy(), pairs["entry"].to_numpy()
        self.partner_of_document[document] = entry
        self.partner_of_entry[entry] = document
        self._drop_matched()

    def agree_together(self, keys: tuple[str, ...]) -> None:
        """Match groups whose documents and entries add up to the same amount."""
        on = list(keys)
        left, right = _eligible(self.documents, on), _eligible(self.entries, on)
        totals = left.groupby(on, as_index=False)["amount"].sum()
        same = totals.merge(right.groupby(on, as_index=False)["amount"].sum(), on=[*on, "amount"])
        if not len(same):
            return
        for rows, partner in ((left, self.partner_of_document), (right, self.partner_of_entry)):
            found = rows[on].assign(place=rows.index).merge(same[on], on=on)
            partner[found["place"].to_numpy()] = _TOGETHER
        self._drop_matched()

    def _drop_matched(self) -> None:
        self.documents = self.documents[self.partner_of_document[self.documents.index] == _ALONE]
        self.entries = self.entries[self.partner_of_entry[self.entries.index] == _ALONE]


def _eligible(rows: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    for name in ("key", "nameless"):
        if name in on:
            rows = rows[rows[name] >= 0]
    return rows


def _with_common_keys(documents: pd.DataFrame, postings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Number documents and entries that are written alike, case and blanks aside; -1 without a number."""
    texts = np.concatenate([documents["number"].to_numpy(), postings["number"].to_numpy()])
    codes, written = pd.factorize(texts)
    plain = ["".join(str(text).split()).casefold() for text in written]
    keys: Ints = pd.factorize(np.array(plain, dtype=object))[0].astype(np.int64)
    keys[[not text for text in plain]] = -1
    key = keys[codes] if len(codes) else np.zeros(0, dtype=np.int64)
    documents = documents.reset_index(drop=True).assign(
        key=key[: len(documents)], sign=np.sign(documents["amount"].to_numpy())
    )
    return documents, postings.reset_index(drop=True).assign(key=key[len(documents) :])


def _entries(postings: pd.DataFrame) -> tuple[Ints, pd.DataFrame]:
    """Add postings of one number, customer and month up; those without a number by customer and day."""
    alone = postings["key"] < 0
    keys = postings[["key", "customer", "bucket"]].assign(
        exact=np.where(alone, postings["day"], 0),
        unknown=np.where(alone & (postings["customer"] < 0), np.arange(len(postings)) + 1, 0),
    )
    groups = keys.groupby(list(keys.columns), sort=False)
    entry_of_posting: Ints = np.asarray(groups.ngroup(), dtype=np.int64)
    entries = postings.loc[~pd.Series(entry_of_posting).duplicated(), ["key", "customer", "bucket", "day"]]
    entries = entries.reset_index(drop=True)
    amount: Ints = sums(postings["amount"].to_numpy(), entry_of_posting, len(entries))
    return entry_of_posting, entries.assign(amount=amount, sign=np.sign(amount))
