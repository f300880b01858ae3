"""Control totals of an import: what became of the file, in numbers that anybody can add up again."""

from dataclasses import asdict, dataclass

import numpy as np

from core.importing.columns import NONE, UNKNOWN, Integers
from core.importing.records import DocumentKind
from core.importing.sales_stage import StagedSales

RESIDUE_SCALE = 10_000  # residues are kept in 1/10000 of a minor unit


@dataclass(frozen=True)
class ControlTotals:
    """Counts and sums over what was (or will be) added; money in minor units of `currency`."""

    documents: int = 0
    credit_notes: int = 0
    lines: int = 0
    lines_without_customer: int = 0
    postings: int = 0
    items: int = 0
    customers: int = 0
    duplicates: int = 0
    changed: int = 0
    rejected: int = 0
    net_total: int = 0
    net_without_customer: int = 0
    tax_total: int = 0
    cost_total: int | None = None
    debit_total: int = 0
    credit_total: int = 0
    residue: int = 0
    currency: str = ""
    first_date: str = ""
    last_date: str = ""
    stated_total: int | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the totals by name, as the book keeps them."""
        return asdict(self)


def sales_totals(sales: StagedSales, chosen: Integers, currency: str) -> ControlTotals:
    """Add up the documents with these numbers."""
    documents = [sales.documents[number] for number in chosen.tolist()]
    wanted = np.zeros(len(sales.documents), bool)
    wanted[chosen] = True
    mine = wanted[sales.lines.document]
    without = np.array([document.customer == NONE for document in sales.documents], bool)
    nobody = mine & without[sales.lines.document]
    cost = sales.lines.cost[mine]
    known = cost[cost != UNKNOWN]
    days = [document.date for document in documents]
    credits_ = (DocumentKind.CREDIT, DocumentKind.REFUND)
    return ControlTotals(
        documents=len(documents),
        credit_notes=sum(document.kind in credits_ for document in documents),
        lines=int(mine.sum()),
        lines_without_customer=int(nobody.sum()),
        customers=len({document.customer for document in documents} - {NONE}),
        net_total=int(sales.lines.net[mine].sum()),
        net_without_customer=int(sales.lines.net[nobody].sum()),
        tax_total=int(sales.lines.tax[mine].sum()),
        cost_total=int(known.sum()) if len(known) else None,
        residue=int(sales.lines.residue[mine].sum()),
        currency=currency,
        first_date=min(days, default=""),
        last_date=max(days, default=""),
    )
