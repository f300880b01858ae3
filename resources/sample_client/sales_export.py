"""The QuickBooks Online report *Sales by Customer Detail* as CSV, classic and in the layout of 2026."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from resources.sample_client.catalogue import DISCOUNT
from resources.sample_client.trading import Document, Line

COMPANY = "Alder & Finch Coffee Roasters"
TITLE = "Sales by Customer Detail"
NO_CUSTOMER = "Not Specified"


class Layout(NamedTuple):
    """One generation of the report: its title rows, its header and its footer."""

    titles: tuple[str, ...]
    padded: bool
    header: tuple[str, ...]
    footer: str


CLASSIC = Layout(
    titles=(TITLE, COMPANY, "November 1, 2024 - October 31, 2025"),
    padded=False,
    header=(
        "",
        "Date",
        "Transaction Type",
        "Num",
        "Product/Service",
        "Memo/Description",
        "Qty",
        "Sales Price",
        "Amount",
        "Balance",
    ),
    footer=" Monday, November 03, 2025 09:14 AM GMT-05:00 - Accrual Basis",
)
MODERN = Layout(
    titles=(COMPANY, TITLE, "October 28, 2025 - October 31, 2026"),
    padded=True,
    header=(
        "",
        "Transaction date",
        "Transaction type",
        "Num",
        "Product/Service full name",
        "Description",
        "Quantity",
        "Sales price",
        "Amount",
        "Balance",
    ),
    footer="Accrual Basis Tuesday, November 03, 2026 08:52 AM GMT-05:00",
)


def amount(cents: int) -> str:
    """Cents as the report writes them: ``1,234.50``, ``-50.00``."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def sales_by_customer_detail(documents: Iterable[Document], layout: Layout, first: date, last: date) -> str:
    """The whole report for documents dated from `first` to `last`, both included."""
    groups: dict[str, list[Document]] = {}
    for document in documents:
        if first <= document.day <= last:
            groups.setdefault(document.customer.name if document.customer else NO_CUSTOMER, []).append(
                document
            )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    width = len(layout.header)
    writer.writerows([title] + [""] * (width - 1 if layout.padded else 0) for title in layout.titles)
    text.write("\n")
    writer.writerow(layout.header)
    total = 0
    for name in sorted(groups, key=_alphabetical):
        rows, group_total = _group_rows(name, groups[name], width)
        writer.writerows(rows)
        total += group_total
    writer.writerow(_total_row("TOTAL", total))
    text.write("\n\n\n")
    writer.writerow([layout.footer] + [""] * (width - 1 if layout.padded else 0))
    return text.getvalue()


def _alphabetical(name: str) -> tuple[bool, str, str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return name == NO_CUSTOMER, plain, name


def _group_rows(name: str, documents: list[Document], width: int) -> tuple[list[list[str]], int]:
    """Heading, rows with the running balance and the total row of one customer; and the total in cents."""
    rows = [[name] + [""] * (width - 1)]
    balance = 0
    for document in documents:
        for line in document.lines:
            balance += line.amount
            rows.append(_line_row(document, line, balance))
    rows.append(_total_row(f"Total for {name}", balance))
    return rows, balance


def _line_row(document: Document, line: Line, balance: int) -> list[str]:
    day = document.day.strftime("%m/%d/%Y")
    name, quantity, price = DISCOUNT, "", ""
    if line.item is not None:
        name, quantity, price = line.item.name, str(line.quantity), amount(line.price)
    return [
        "",
        day,
        document.kind,
        document.number,
        name,
        line.text,
        quantity,
        price,
        amount(line.amount),
        amount(balance),
    ]


def _total_row(label: str, cents: int) -> list[str]:
    return [label, "", "", "", "", "", "", "", f"${amount(cents)}", ""]
