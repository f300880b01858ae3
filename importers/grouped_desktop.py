"""QuickBooks Desktop's two sales detail reports: the same rows, grouped by customer or by item."""

from collections.abc import Sequence
from dataclasses import replace

from core.importing.importer import Recognition
from core.importing.issue import Severity
from core.importing.records import DocumentKind
from core.importing.source import Row
from importers.cells import DateOrder
from importers.grouped_labels import GroupedLayout, Header, plain
from importers.grouped_report import GroupedReport
from importers.grouped_survey import Survey

CUSTOMER_LAYOUT = GroupedLayout(
    program="QuickBooks Desktop",
    report="Sales by Customer Detail",
    source_system="quickbooks_desktop",
    group_holds="customer",
    labels={
        "type": ("type",),
        "date": ("date",),
        "number": ("num",),
        "description": ("memo", "item description"),
        "memo": ("memo",),
        "customer": ("name", "source name"),
        "item": ("item",),
        "quantity": ("qty",),
        "price": ("sales price",),
        "amount": ("amount",),
        "account": ("account",),
        "class": ("class",),
    },
    needed=("type", "date", "number", "amount", "quantity", "item"),
    total_words=("total ",),
    nested_total_endings=(),
    no_customer=frozenset({"", "no name", "no item"}),
    kinds={
        "invoice": DocumentKind.INVOICE,
        "statement charge": DocumentKind.INVOICE,
        "stmt charge": DocumentKind.INVOICE,
        "sales receipt": DocumentKind.RECEIPT,
        "credit memo": DocumentKind.CREDIT,
        "refund": DocumentKind.REFUND,
        "general journal": DocumentKind.JOURNAL,
    },
    not_sales=frozenset(
        {
            "payment",
            "check",
            "deposit",
            "estimate",
            "sales order",
            "purchase order",
            "item receipt",
            "inventory adjust",
            "build assembly",
            "credit card charge",
            "credit card credit",
            "transfer",
            "sales tax payment",
        }
    ),
    coded_items=True,
    item_types=frozenset(
        {"inventory", "parts", "assembly", "service", "other charges", "discounts", "fixed asset"}
    ),
)
ITEM_LAYOUT = replace(
    CUSTOMER_LAYOUT,
    report="Sales by Item Detail",
    group_holds="item",
    needed=("type", "date", "number", "amount", "quantity", "customer"),
)


class DesktopReport(GroupedReport):
    """One row per line of a document; credit memos and returns are negative."""

    def __init__(self, key: str, label: str, layout: GroupedLayout) -> None:
        self.key, self.label, self.layout = key, label, layout

    def judge(self, rows: Sequence[Row], header: Header) -> Recognition:
        """The columns are nearly the same: what the groups are named after tells the reports apart."""
        holds = self.layout.group_holds
        if groups_hold(rows, header) != holds:
            return Recognition(0.0)
        return Recognition(
            0.95, (f"the columns of {self.layout.report}", f"its groups are named after a {holds}")
        )

    def custom_order(self, found: Survey) -> tuple[DateOrder | None, str, Severity]:
        """QuickBooks Desktop writes the month first, but for its editions in the United Kingdom."""
        if "£" in found.symbols:
            return "dmy", "the amounts are in pounds", Severity.WARNING
        return "mdy", "QuickBooks Desktop writes the month first", Severity.NOTE


def groups_hold(rows: Sequence[Row], header: Header) -> str:
    """Return "customer" or "item": which column of the first details resembles the headings above them."""
    if "item" not in header.columns:
        return "item"
    if "customer" not in header.columns:
        return "customer"
    heading, hits = "", {"customer": 0, "item": 0}
    for row in rows[header.row :]:
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1:
            heading = plain(filled[0])
        for column in hits:
            index = header.columns[column]
            cell = plain(row[index]) if index < len(row) else ""
            hits[column] += bool(cell) and bool(heading) and (cell in heading or heading in cell)
    return "item" if hits["item"] > hits["customer"] else "customer"
