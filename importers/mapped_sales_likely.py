"""What the columns of a plain list of transactions may be, where their headings say too little to be sure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from importers.mapped_field import MappedField
from importers.mapped_guess import Layout, fits
from importers.table import EMPTY_WORDS, compact, label_words

_AMOUNT_WORDS = frozenset(
    ("amount", "value", "monetary", "price", "revenue", "sales", "spend", "spent", "total", "paid", "betrag")
)
_CUSTOMER_WORDS = frozenset(
    ("customer", "client", "user", "member", "household", "person", "buyer", "shopper", "donor", "kunde")
)
_DOCUMENT_WORDS = frozenset(
    ("transaction", "trans", "basket", "order", "receipt", "invoice", "ticket", "bill")
)
_NUMBERS = frozenset({"id", "no", "nr", "number", "num", "key", "code"})
_CENTS = re.compile(r".*\d[.,]\d\d")
_LOOKED_AT = 100  # columns; nobody's list of transactions has more
_KEYS = frozenset({"id", "uid", "key", "no", "nr"})
AMOUNTS = (("net",), ("gross",), ("total",), ("quantity", "unit_price"))
CUSTOMERS = ("customer", "customer_name")


def likely_sales(layout: Layout, fields: Sequence[MappedField], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the columns with what was found by a hint: the amount, the customer, the document, the date."""
    kinds = {field.name: field for field in fields}
    guessed = dict(columns)
    if not has_amount(guessed) and "unit_price" in guessed and "quantity" not in guessed:
        guessed["net"] = guessed.pop("unit_price")  # a price without a quantity is what was paid
    if not has_amount(guessed) and (label := _amount(layout, kinds["net"], guessed.values())):
        guessed["net"] = label
    for label in _free(layout, guessed.values()):
        words = label_words(label)
        if not guessed.keys() & set(CUSTOMERS) and words & _CUSTOMER_WORDS:
            guessed["customer"] = label
        elif "document" not in guessed and words & _DOCUMENT_WORDS and words <= _DOCUMENT_WORDS | _NUMBERS:
            guessed["document"] = label
        elif "date" not in guessed and _is_day(layout, label, kinds):
            guessed["date"] = label
    for label in _free(layout, guessed.values()):
        name = "customer" if _repeats(layout, label) else "document"
        taken = guessed.keys() & (set(CUSTOMERS) if name == "customer" else {"document"})
        if compact(label) in _KEYS and not taken:
            guessed[name] = label
    return guessed


def has_amount(columns: Mapping[str, str]) -> bool:
    """Tell whether the columns state what was sold for."""
    return any(set(names) <= columns.keys() for names in AMOUNTS)


def may_hold_amounts(layout: Layout, money: MappedField, columns: Mapping[str, str]) -> bool:
    """Tell whether there is a column of numbers that is nothing else yet."""
    if len(layout.labels) > _LOOKED_AT:
        return True
    return any(_is_numeric(layout, label, money) for label in _free(layout, columns.values()))


def _amount(layout: Layout, money: MappedField, taken: Iterable[str]) -> str:
    numeric = [
        label
        for label in _free(layout, taken)
        if _is_numeric(layout, label, money) and compact(label) not in _KEYS
    ]
    hinted = [label for label in numeric if label_words(label) & _AMOUNT_WORDS]
    in_cents = [label for label in numeric if all(map(_CENTS.fullmatch, _filled(layout, label)))]
    return next(iter(hinted or in_cents), "")


def _free(layout: Layout, taken: Iterable[str]) -> list[str]:
    used = set(taken)
    return [label for label in layout.labels[:_LOOKED_AT] if label not in used]


def _filled(layout: Layout, label: str) -> list[str]:
    return [cell.strip() for cell in layout.column(label) if cell.strip() not in EMPTY_WORDS]


def _is_numeric(layout: Layout, label: str, money: MappedField) -> bool:
    return bool(_filled(layout, label)) and fits(money, layout.column(label))


def _is_day(layout: Layout, label: str, kinds: Mapping[str, MappedField]) -> bool:
    column = layout.column(label)
    return bool(_filled(layout, label)) and fits(kinds["date"], column) and not fits(kinds["net"], column)


def _repeats(layout: Layout, label: str) -> bool:
    filled = _filled(layout, label)
    return len(set(filled)) < len(filled)
