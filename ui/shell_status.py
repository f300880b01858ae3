"""What the status bar and the rail say about the open book."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from core.period import Period
    from ui.loading import Loaded

TieOutState = Literal["tied", "review", "not_tied"]


@dataclass(frozen=True)
class ShellStatus:
    """What the status bar and the rail say about the book."""

    file: str = ""  # alder-finch.quintile · saved
    tie_out: str = ""  # Tied to ledger: 11 of 12 checks agree, 1 to review
    tie_out_state: TieOutState = "not_tied"
    counts: str = ""  # 204 customers · 3,589 invoices in period
    waiting: Mapping[str, int] = field(default_factory=dict)  # page key -> things to look at


def status_of(loaded: "Loaded", *, file_name: str, read_only: bool) -> ShellStatus:
    """The status of a book whose figures are loaded."""
    from core.analysis.tie_out_result import Result

    tie_out = loaded.tie_out
    review = sum(check.result is not Result.AGREES for check in tie_out.checks)
    state: TieOutState = "not_tied" if tie_out.tied is None else "review" if review else "tied"
    return ShellStatus(
        file=f"{file_name} · {'read-only' if read_only else 'saved'}",
        tie_out=tie_out.sentence,
        tie_out_state=state,
        waiting={"reconciliation": 0 if tie_out.tied is None else review},
        counts=counts_text(loaded),
    )


def state_words(loaded: "Loaded") -> str:
    """The tie-out state in two or three words, for the list of books."""
    from core.analysis.tie_out_result import Result

    if loaded.is_empty:
        return "Not started"
    if loaded.tie_out.tied is None:
        return "No ledger"
    review = sum(check.result is not Result.AGREES for check in loaded.tie_out.checks)
    if not review:
        return "Tied to the ledger"
    return f"{review} {'check' if review == 1 else 'checks'} to review"


def counts_text(loaded: "Loaded") -> str:
    """How many customers the book has and how many sales documents the period."""
    facts = loaded.figures.facts
    customers = len(facts.customers)
    return (
        f"{customers:,} {'customer' if customers == 1 else 'customers'} · "
        f"{sales_words(loaded, facts.period)} in period"
    )


def sales_words(loaded: "Loaded", period: "Period") -> str:
    """How many invoices a period has, and sales receipts where there are some: '4,079 invoices and receipts'."""
    from core.analysis.facts import is_kind, span
    from core.importing.records import DocumentKind

    facts = loaded.figures.facts
    part = span(facts, period).documents
    invoices, receipts = (
        int(is_kind(facts.documents, (kind,))[part].sum())
        for kind in (DocumentKind.INVOICE, DocumentKind.RECEIPT)
    )
    if invoices and receipts:
        return f"{invoices + receipts:,} invoices and receipts"
    count, word = (receipts, "sales receipt") if receipts else (invoices, "invoice")
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
