"""Where the ledger of the sample and its sales files disagree on purpose, as they do in real books."""

import json
from datetime import date
from typing import NamedTuple

from resources.sample_client.trading import CREDIT, INVOICE, Document

CUT_OFF_DAY, CUT_OFF_POSTED = date(2026, 8, 31), date(2026, 9, 1)


class Difference(NamedTuple):
    """One amount in cents by which the ledger of a month stands above (+) or below (−) the sales files."""

    kind: str
    measure: str
    day: date
    entry: str
    entry_type: str
    account: str
    contra: str
    customer: str
    memo: str
    cents: int


# fmt: off
JOURNALS = (
    Difference("no_customer", "income", date(2025, 2, 28), "JE-0217", "Journal Entry", "4000", "1100",
               "", "Rounding differences written off", -37),
    Difference("no_customer", "cost_of_sales", date(2025, 12, 31), "JE-0244", "Journal Entry", "5000", "1200",
               "", "Stock count at year end", 126480),
    Difference("customer_without_document", "income", date(2026, 3, 31), "JE-0259", "Journal Entry", "4020",
               "1100", "Copperfield Hotel", "Service contract 2025, true-up", 64000),
    Difference("no_customer", "income", date(2026, 6, 17), "JE-0271", "Journal Entry", "4000", "1000",
               "", "Insurance refund, spoiled container", 41235),
)
# fmt: on


def differences(documents: list[Document]) -> list[Difference]:
    """All of them in order of date; one late invoice counts in two months, for income and for cost."""
    found = [*JOURNALS, *_cut_off(documents), _credit_in_ledger_only(documents)]
    return sorted(found, key=lambda difference: (difference.day, difference.entry))


def _credit_in_ledger_only(documents: list[Document]) -> Difference:
    """A price allowance with the next free number, entered after the sales report was taken."""
    number = f"CM-{1001 + sum(document.kind == CREDIT for document in documents)}"
    memo = "Price agreed after delivery"
    day = date(2026, 10, 29)
    return Difference(
        "ledger_only_document", "income", day, number, CREDIT, "4000", "1100", "Tern Café", memo, -18400
    )


def _cut_off(documents: list[Document]) -> list[Difference]:
    """The first middling invoice of 31 August 2026, all of it coffee, that the ledger has on 1 September."""
    late = next(
        document
        for document in documents
        if document.kind == INVOICE
        and document.day == CUT_OFF_DAY
        and 30000 <= document.total <= 90000
        and document.customer
        and _only_coffee(document)
    )
    name = late.customer.name if late.customer else ""
    rows = []
    for kind, day, sign in (("cut_off_out", CUT_OFF_DAY, -1), ("cut_off_in", CUT_OFF_POSTED, 1)):
        for measure, account, cents in (("income", "4000", late.total), ("cost_of_sales", "5000", late.cost)):
            memo = "Invoice of 31 August posted on 1 September"
            row = Difference(
                kind, measure, day, late.number, INVOICE, account, "1100", name, memo, sign * cents
            )
            rows.append(row)
    return rows


def _only_coffee(document: Document) -> bool:
    return all(line.item is None or line.item.account == "4000" for line in document.lines)


def _dollars(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def as_json(found: list[Difference]) -> str:
    """The differences as JSON; `amount` is ledger minus sales files, in dollars as text."""
    rows = [
        {
            "kind": row.kind,
            "measure": row.measure,
            "month": f"{row.day:%Y-%m}",
            "date": row.day.isoformat(),
            "entry": row.entry,
            "type": row.entry_type,
            "account": row.account,
            "customer": row.customer,
            "memo": row.memo,
            "amount": _dollars(row.cents),
        }
        for row in found
    ]
    return json.dumps({"currency": "USD", "differences": rows}, ensure_ascii=False, indent=2) + "\n"
