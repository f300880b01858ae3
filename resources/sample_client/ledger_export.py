"""The general ledger of Alder & Finch: documents, payments and monthly costs as balanced entries."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from resources.sample_client.differences import Difference
from resources.sample_client.trading import CREDIT, INVOICE, SEASON, Document

HEADER = (
    "Date",
    "Account",
    "Account name",
    "Account type",
    "Entry",
    "Type",
    "Customer",
    "Memo",
    "Debit",
    "Credit",
)
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ACCOUNTS = {
    "1000": ("Bank", "Bank"),
    "1100": ("Trade receivables", "Accounts receivable"),
    "1200": ("Inventory", "Other current asset"),
    "2100": ("Accounts payable", "Accounts payable"),
    "3000": ("Owners' equity", "Equity"),
    "4000": ("Coffee sales", "Income"),
    "4010": ("Syrups and tea", "Income"),
    "4020": ("Equipment and servicing", "Income"),
    "4030": ("Training", "Income"),
    "4040": ("Home subscriptions", "Income"),
    "4050": ("Counter sales", "Income"),
    "5000": ("Cost of goods sold", "Cost of sales"),
    "6100": ("Marketing", "Expense"),
    "6210": ("Delivery and freight", "Expense"),
    "6220": ("Order desk", "Expense"),
    "6230": ("Support and visits", "Expense"),
    "6240": ("Returns and spoilage", "Expense"),
    "6250": ("Card fees and late pay", "Expense"),
    "6300": ("Rent", "Expense"),
    "6400": ("Wages", "Expense"),
}
COUNTER_INCOME = "4050"
# Cents in the first and in the second year; True where the cost follows the season of sales.
YEARLY_COSTS: tuple[tuple[str, int, int, bool], ...] = (
    ("6210", 10695000, 11648500, True),
    ("6220", 3390000, 3478200, False),
    ("6230", 4870000, 5016200, False),
    ("6240", 3520000, 3974000, True),
    ("6250", 2395000, 2587000, True),
    ("6100", 2610000, 2880000, True),
    ("6300", 5640000, 5820000, False),
    ("6400", 15960000, 16680000, False),
)


class Posting(NamedTuple):
    """One row of the ledger; `debit` in cents is negative for a credit."""

    day: date
    account: str
    entry: str
    kind: str
    customer: str
    memo: str
    debit: int


def general_ledger(rng: Random, documents: list[Document], differences: list[Difference]) -> str:
    """The ledger as CSV, one row a posting, in order of date."""
    moved = {
        difference.entry: difference.day for difference in differences if difference.kind == "cut_off_in"
    }
    postings = list(_opening())
    for document in documents:
        postings += _document_entry(document, moved.get(document.number, document.day))
    postings += _payments(rng, documents)
    postings += _monthly_costs(rng)
    postings += _purchases(documents)
    for difference in differences:
        postings += _difference_entry(difference)
    postings.sort(key=lambda posting: posting.day)
    return _as_csv(postings)


def _as_csv(postings: Iterable[Posting]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in postings:
        debit = f"{row.debit // 100}.{row.debit % 100:02d}" if row.debit > 0 else ""
        credit = f"{-row.debit // 100}.{-row.debit % 100:02d}" if row.debit < 0 else ""
        name, account_type = ACCOUNTS[row.account]
        writer.writerow(
            (
                row.day.isoformat(),
                row.account,
                name,
                account_type,
                row.entry,
                row.kind,
                row.customer,
                row.memo,
                debit,
                credit,
            )
        )
    return text.getvalue()


def _entry(
    day: date, entry: str, kind: str, customer: str, memo: str, amounts: dict[str, int]
) -> list[Posting]:
    """One balanced entry from account → cents (debit positive); accounts without an amount are left out."""
    return [
        Posting(day, account, entry, kind, customer, memo, cents)
        for account, cents in amounts.items()
        if cents
    ]


def income_by_account(document: Document) -> dict[str, int]:
    """Net sales in cents per income account; a discount goes where most of the document's goods went."""
    if document.customer is None:
        return {COUNTER_INCOME: document.total}
    income: dict[str, int] = {}
    for line in document.lines:
        if line.item:
            income[line.item.account] = income.get(line.item.account, 0) + line.amount
    most = max(income, key=lambda account: abs(income[account]))
    income[most] += sum(line.amount for line in document.lines if line.item is None)
    return income


def _document_entry(document: Document, day: date) -> list[Posting]:
    paid_at_once = document.kind not in (INVOICE, CREDIT)
    amounts = {"1000" if paid_at_once else "1100": document.total}
    amounts |= {account: -cents for account, cents in income_by_account(document).items()}
    amounts |= {"5000": document.cost, "1200": -document.cost}
    customer = document.customer.name if document.customer else ""
    memo = "Counter sales of the day" if document.customer is None else ""
    return _entry(day, document.number, document.kind, customer, memo, amounts)


def _opening() -> Iterator[Posting]:
    amounts = {"1000": 8640000, "1100": 9231000, "1200": 9820000, "2100": -5150000, "3000": -22541000}
    yield from _entry(date(2024, 11, 1), "OPEN", "Journal Entry", "", "Balances brought forward", amounts)
    for number, (day, cents) in enumerate(((date(2024, 11, 22), 6154000), (date(2024, 12, 13), 3077000)), 1):
        yield from _entry(
            day,
            f"OPEN-{number}",
            "Deposit",
            "",
            "Receipts on invoices brought forward",
            {"1000": cents, "1100": -cents},
        )


def _payments(rng: Random, documents: list[Document]) -> Iterator[Posting]:
    """What customers paid by the end of October 2026: invoices less their credit memos, some of them late."""
    credited = {document.corrects: document.total for document in documents if document.kind == CREDIT}
    last_day = max(document.day for document in documents)
    paid: list[tuple[date, Document]] = []
    for document in documents:
        if document.kind == INVOICE and document.customer:
            late = rng.randrange(20, 55) if document.customer.credits >= 60 else rng.randrange(0, 12)
            paid.append((document.day + timedelta(days=14 + late), document))
    paid.sort(key=lambda payment: payment[0])
    for number, (day, document) in enumerate(paid, 1):
        cents = document.total + credited.get(document.number, 0)
        if day <= last_day and document.customer and cents > 0:
            yield from _entry(
                day,
                f"PMT-{number:05d}",
                "Payment",
                document.customer.name,
                f"Invoice {document.number}",
                {"1000": cents, "1100": -cents},
            )


def months() -> list[date]:
    """First days of the 24 months."""
    return [date(2024 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(24)]


def _month_name(month: date) -> str:
    return f"{MONTH_NAMES[month.month - 1]} {month.year}"


def month_end(first: date) -> date:
    """Last day of the month that begins on `first`."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _shares(total: int, weights: list[int]) -> list[int]:
    """`total` split by weights with whole cents that add up to it."""
    running, spent, parts = 0, 0, []
    for weight in weights:
        running += weight
        upto = total * running // sum(weights)
        parts.append(upto - spent)
        spent = upto
    return parts


def _monthly_costs(rng: Random) -> Iterator[Posting]:
    """Each expense account once a month; a year's months add up to the year's cost."""
    entry = 7001
    for account, *years, seasonal in YEARLY_COSTS:
        for year, total in enumerate(years):
            year_months = months()[12 * year : 12 * year + 12]
            weights = [
                (SEASON[month.month - 1] if seasonal else 1000) * rng.randrange(960, 1041)
                for month in year_months
            ]
            if account == "6300":
                weights = [1] * 12
            for month, cents in zip(year_months, _shares(total, weights), strict=True):
                memo = f"{ACCOUNTS[account][0]}, {_month_name(month)}"
                yield from _entry(
                    month_end(month), f"BILL-{entry}", "Bill", "", memo, {account: cents, "2100": -cents}
                )
                entry += 1


def _purchases(documents: list[Document]) -> Iterator[Posting]:
    """Stock bought each month for what was sold in it, and what was paid on suppliers' bills."""
    for number, month in enumerate(months(), 1):
        end = month_end(month)
        cost = sum(document.cost for document in documents if month <= document.day <= end)
        bought = (cost + 99999) // 100000 * 100000
        yield from _entry(
            month.replace(day=12),
            f"STOCK-{number:02d}",
            "Bill",
            "",
            f"Green coffee and goods, {_month_name(month)}",
            {"1200": bought, "2100": -bought},
        )
        paid = bought * 98 // 100 + 4200000
        yield from _entry(
            month.replace(day=26),
            f"PAY-{number:02d}",
            "Bill Payment",
            "",
            "Suppliers paid",
            {"2100": paid, "1000": -paid},
        )


def _difference_entry(difference: Difference) -> list[Posting]:
    """The entry of a difference that exists in the ledger only; a cut-off moves a document and needs none."""
    if difference.kind.startswith("cut_off"):
        return []
    sign = 1 if difference.measure == "cost_of_sales" else -1
    amounts = {difference.account: sign * difference.cents, difference.contra: -sign * difference.cents}
    return _entry(
        difference.day, difference.entry, difference.entry_type, difference.customer, difference.memo, amounts
    )
