"""QuickBooks Online: Sales by Customer Detail, in the classic layout and in that of 2026."""

from collections.abc import Sequence

from core.importing.importer import Importer, Recognition
from core.importing.issue import Severity
from core.importing.records import DocumentKind
from core.importing.source import Row
from importers.cells import DateOrder
from importers.grouped_labels import GroupedLayout, Header, plain
from importers.grouped_report import GroupedReport
from importers.grouped_survey import Survey

_TITLE = "sales by customer detail"
_OTHER_TITLES = {
    "sales by product/service detail": "groups its rows by product",
    "transaction list by customer": "holds totals with sales tax, and payments beside the sales they settle",
    "transaction list by date": "holds totals with sales tax, and payments beside the sales they settle",
    "transaction detail by account": "is a ledger",
    "general ledger": "is a ledger",
}
_TRANSLATED = frozenset({"fecha", "tipo de transacción", "importe"})

_LAYOUT = GroupedLayout(
    program="QuickBooks Online",
    report="Sales by Customer Detail",
    source_system="quickbooks_online",
    group_holds="customer",
    labels={
        "date": ("transaction date", "date", "fecha de transacción", "fecha"),
        "type": ("transaction type", "tipo de transacción"),
        "number": ("num", "no.", "número", "núm."),
        "item": ("product/service full name", "product/service", "producto/servicio"),
        "description": ("description", "memo/description", "descripción", "nota/descripción"),
        "memo": ("memo", "memo/description", "nota/descripción"),
        "quantity": ("quantity", "qty", "cantidad"),
        "price": ("sales price", "precio de venta"),
        "amount": ("amount", "importe"),
        "account_type": ("account type", "tipo de cuenta"),
        "account": ("account name", "account full name", "account", "distribution account"),
        "customer": ("customer full name", "customer", "cliente"),
        "location": ("location full name", "location", "department"),
        "class": ("class full name", "class", "clase"),
    },
    needed=("date", "type", "amount"),
    total_words=("total for ", "total para "),
    nested_total_endings=(" with sub-customers", " with subcustomers", " with sub-customer"),
    no_customer=frozenset({"not specified", ""}),
    kinds={
        "invoice": DocumentKind.INVOICE,
        "factura": DocumentKind.INVOICE,
        "charge": DocumentKind.INVOICE,
        "sales receipt": DocumentKind.RECEIPT,
        "recibo de venta": DocumentKind.RECEIPT,
        "credit memo": DocumentKind.CREDIT,
        "credit note": DocumentKind.CREDIT,
        "refund receipt": DocumentKind.REFUND,
        "refund": DocumentKind.REFUND,
        "journal entry": DocumentKind.JOURNAL,
    },
    not_sales=frozenset(
        {
            "payment",
            "deposit",
            "credit card payment",
            "credit card credit",
            "credit card expense",
            "expense",
            "check",
            "cheque expense",
            "cash expense",
            "vendor credit",
            "transfer",
            "estimate",
            "purchase order",
            "sales order",
            "time charge",
            "time activity",
            "statement",
            "inventory qty adjust",
            "inventory starting value",
            "tax payment",
            "sales tax payment",
        }
    ),
)


class QuickBooksOnlineSales(GroupedReport):
    """One row per line of an invoice, receipt, credit or refund, by customer; credits are negative."""

    key = "quickbooks_online_sales"
    label = "QuickBooks Online: Sales by Customer Detail"
    layout = _LAYOUT

    def judge(self, rows: Sequence[Row], header: Header) -> Recognition:
        """Look at the titles above the labels, in any order, and at the columns."""
        titles = {plain(cell) for row in rows[: header.row - 1] for cell in row}
        if _TITLE in titles:
            return Recognition(0.98, (f"the title '{_LAYOUT.report}' and its columns",))
        for title, holds in _OTHER_TITLES.items():
            if title in titles and "ledger" not in holds:
                return Recognition(0.9, (f"the title '{title}'",), _refusal(title, holds))
        if not titles.isdisjoint(_OTHER_TITLES) or "item" not in header.columns or header.labels[0].strip():
            return Recognition(0.0)
        return Recognition(0.85, ("the columns of Sales by Customer Detail below an empty first label",))

    def custom_order(self, found: Survey) -> tuple[DateOrder | None, str, Severity]:
        """QuickBooks Online writes dates as the company's country does; its money and words hint at it."""
        translated = any(plain(label) in _TRANSLATED for label in found.header.labels)
        if translated or found.symbols & {"£", "€"}:
            reason = "its column labels are translated" if translated else "its amounts are not in dollars"
            return "dmy", f"{reason}; check one date", Severity.WARNING
        if "$" in found.symbols:
            reason = "its labels are English and its amounts in dollars, as in a company in the United States"
            return "mdy", f"{reason}; check one date", Severity.WARNING
        return None, "", Severity.NOTE


def _refusal(title: str, holds: str) -> str:
    return (
        f"This is QuickBooks Online's report '{title}', which {holds}. "
        "Export the report 'Sales by Customer Detail' instead."
    )


IMPORTER: Importer = QuickBooksOnlineSales()
