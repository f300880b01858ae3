"""Words and figures of imports: what a file holds, how sure we are, what became of its rows."""

from collections.abc import Mapping
from typing import Any

from core.money import exponent_of
from ui.models.column import UNKNOWN, MoneyStyle, money_text

HOLDS = {
    "sales": "Invoices and sales",
    "ledger": "Ledger",
    "items": "Item list",
    "customers": "Customer list",
}
ROW_WORDS = {"sales": "lines", "ledger": "postings", "items": "items", "customers": "customers"}
SURE = 0.8
_KILO = 1024
_OPTION_TEXTS = {
    "dmy": "Day first: 31/10/2026",
    "mdy": "Month first: 10/31/2026",
    "ymd": "Year first: 2026-10-31",
    "amount": "An amount of money",
    "percent": "A percentage",
    "1,234.5": "1,234.5 (decimal point)",
    "1.234,5": "1.234,5 (decimal comma)",
    "1 234,5": "1 234,5 (decimal comma)",
    "1'234.5": "1'234.5 (decimal point)",
}


def size_text(size: int) -> str:
    """The size of a file: 118 KB."""
    if size < _KILO:
        return f"{size} bytes"
    return f"{size / _KILO:,.0f} KB" if size < _KILO**2 else f"{size / _KILO**2:,.1f} MB"


def count_text(count: int, word: str) -> str:
    """A count with its word: 1 row, 760 rows."""
    plural = word if count != 1 or not word.endswith("s") else word[:-1]
    return f"{count:,} {plural}"


def sure_text(confidence: float) -> str:
    """How sure a format is: 98% sure."""
    return f"{round(confidence * 100)}% sure"


def choice_text(choice: str) -> str:
    """An answer to a question about a column, in words."""
    return _OPTION_TEXTS.get(choice, choice[:1].upper() + choice[1:])


def cents_style(currency: str, *, symbol: str = "") -> MoneyStyle:
    """How amounts of a file are written: to the cent, the currency in the header."""
    return MoneyStyle(symbol=symbol, exponent=exponent_of(currency.partition("+")[0] or "USD"), cents=True)


def amount_text(minor: int | None, currency: str) -> str:
    """An amount to the cent; a dash where there is none."""
    return UNKNOWN if minor is None else money_text(minor, cents_style(currency))


def rows_of(totals: Mapping[str, Any]) -> int:
    """How many rows an import added, as its control totals keep them."""
    for name in ("lines", "postings", "items", "customers"):
        if totals.get(name):
            return int(totals[name])
    return 0


def amount_of(totals: Mapping[str, Any]) -> int | None:
    """The amount that tells an import from others: net sales, or the ledger's debits."""
    if totals.get("lines"):
        return int(totals["net_total"])
    return int(totals["debit_total"]) if totals.get("postings") else None


def span_text(totals: Mapping[str, Any]) -> str:
    """The first and the last day in a file: 1 Nov 2025 – 31 Oct 2026."""
    from core.period import day_label, parse_day

    first, last = str(totals.get("first_date") or ""), str(totals.get("last_date") or "")
    if not first:
        return ""
    return " – ".join(dict.fromkeys((day_label(parse_day(first)), day_label(parse_day(last)))))
