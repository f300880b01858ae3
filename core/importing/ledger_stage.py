"""Postings, item costs and customer lists made ready to be written, with the identity of each row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.importing.columns import text_hash
from core.importing.records import Posting


@dataclass(frozen=True)
class StagedPosting:
    """A posting with its identity: the hash of the canonical row and its occurrence in the file."""

    posting: Posting
    row_hash: int
    occurrence: int


def staged_postings(postings: Iterable[Posting]) -> list[StagedPosting]:
    """Give every posting its identity; the row's number and the account's name are no part of it."""
    occurrences: dict[int, int] = defaultdict(int)
    staged = []
    for posting in postings:
        identity = text_hash(
            posting.date,
            posting.account,
            posting.entry,
            posting.customer,
            posting.memo,
            str(posting.amount_minor),
            posting.currency,
        )
        occurrences[identity] += 1
        staged.append(StagedPosting(posting, identity, occurrences[identity]))
    return staged
