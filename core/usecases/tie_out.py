"""Prove that documents and ledger agree."""

from core.analysis.facts import default_period, load_facts
from core.analysis.tie_out import accepted_differences, tie_out
from core.analysis.tie_out_result import TieOut
from core.period import Period
from core.progress import SILENT, Progress
from core.store.book import Book


def tie_out_book(
    book: Book, period: Period | None = None, *, progress: Progress = SILENT
) -> tuple[TieOut, int]:
    """Return the tie-out of a period (by default the last 12 full months) and the currency's decimals.

    Documents and postings after the period are looked at too: a cut-off shows only in the next month.
    """
    usual, last_day = default_period(book)
    period = period or usual
    progress.step("Comparing documents and ledger")
    facts = load_facts(book, period, last_day if period.is_everything else max(period.end, last_day))
    return tie_out(facts, accepted_differences(book)), facts.exponent
