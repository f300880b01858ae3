"""What the numbers of a sales table mean: kinds of discount, signs of credit notes, totals with tax."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.importing.issue import Question
from core.importing.records import DocumentKind
from importers.cells import CellError, read_number
from importers.mapped_columns import Plan
from importers.mapped_field import MappedField
from importers.mapped_sales_doubts import doubts
from importers.mapped_sales_words import kind_of
from importers.mapped_table import Meaning
from importers.table import EMPTY_WORDS, body, compact

_RATE_WORDS = ("percent", "pct", "rate")
_AMOUNT_WORDS = ("amount", "amt", "value", "betrag")
_SIGNED = ("net", "total", "gross", "quantity", "unit_price")  # the first that is mapped shows a row's sign
_SHOWN = 5  # columns in a sentence
_MINUS = ("-", "(", "−", "–")


@dataclass
class _Seen:
    """What a pass over all rows found."""

    credits_positive: int = 0
    credits_negative: int = 0
    largest_discount: Decimal = Decimal(0)
    fractional: bool = False
    percent_signs: bool = False
    discounts_negative: int = 0  # on rows that are sales
    discounts_positive: int = 0
    types: dict[str, int] = field(default_factory=dict)  # rows by the word in the type column


def sales_meaning(plan: Plan, fields: Sequence[MappedField]) -> Meaning:
    """Decide on discounts and signs, with notes, and ask where the values do not tell."""
    seen = _look(plan) if {"type", "discount"} & plan.labels.keys() else _Seen()
    options: dict[str, str] = {}
    questions: list[Question] = []
    notes: list[str] = []
    if "discount" in plan.labels:
        kind = plan.options.get("discount_kind") or _discount_kind(plan, seen)
        options["discount_kind"] = kind
        if seen.discounts_negative > seen.discounts_positive:
            options["discount_sign"] = "negative"
            notes.append("Discounts are written as negative amounts; they lower the sale.")
        if not kind:
            questions.append(_discount_question(plan, seen))
    if seen.credits_positive and not seen.credits_negative:
        options["credit_sign"] = "positive"
        notes.append(
            f"Credit notes are written with positive amounts ({seen.credits_positive} rows); "
            "they are read as negative by their type."
        )
    elif seen.credits_positive:
        notes.append(
            f"Credit notes are written with both signs ({seen.credits_negative} negative, "
            f"{seen.credits_positive} positive rows); the signs are kept as written. Look at them."
        )
    questions += doubts(plan, fields, seen.types)
    if "total" in plan.labels and "tax" not in plan.labels and not _has_net(plan):
        notes.append(
            f"The table has no tax column: '{plan.labels['total']}' is taken as the amount without tax."
        )
    unread = [label for label in plan.layout.labels if label not in plan.labels.values()]
    if unread and not {"customer", "customer_name"} & plan.labels.keys():
        columns = ", ".join(f"'{label}'" for label in unread[:_SHOWN])
        notes.append(
            f"No column is taken as the customer, so all sales are without one. If it is among {columns}, map it."
        )
    return Meaning(options, tuple(questions), tuple(notes))


def _has_net(plan: Plan) -> bool:
    labels = plan.labels.keys()
    return "net" in labels or "gross" in labels or {"quantity", "unit_price"} <= labels


def _look(plan: Plan) -> _Seen:
    seen = _Seen()
    sign_field = next((name for name in _SIGNED if name in plan.labels), "")
    for kind, sign, discount in _cells(plan, ("type", sign_field, "discount")):
        if kind:
            seen.types[kind] = seen.types.get(kind, 0) + 1
        negative = any(mark in sign for mark in _MINUS)
        if kind_of(kind) in {DocumentKind.CREDIT, DocumentKind.REFUND} and any("1" <= c <= "9" for c in sign):
            seen.credits_negative += negative
            seen.credits_positive += not negative
        if discount.strip() not in EMPTY_WORDS:
            _look_at_discount(plan, seen, discount, sale=not negative)
    return seen


def _cells(plan: Plan, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield each combination of cells once per row, "" for what is not mapped or missing."""
    places = [plan.place(name) if name in plan.labels else -1 for name in names]
    for _, rows in body(plan.source, plan.layout.sheet, plan.layout.header):
        for row in rows:
            yield tuple(row[place] if 0 <= place < len(row) else "" for place in places)


def _look_at_discount(plan: Plan, seen: _Seen, text: str, *, sale: bool) -> None:
    try:
        number = read_number(text, plan.style("discount"))
    except CellError:
        return  # becomes an issue when the rows are read
    seen.percent_signs |= "%" in text
    seen.largest_discount = max(seen.largest_discount, abs(number))
    seen.fractional |= number % 1 != 0
    if sale and number:
        seen.discounts_negative += number < 0
        seen.discounts_positive += number > 0


def _discount_kind(plan: Plan, seen: _Seen) -> str:
    """Return "amount", "percent", "fraction", or "" where the values could be either."""
    label = compact(plan.labels["discount"])
    largest = seen.largest_discount
    if seen.percent_signs:
        return "fraction"  # 15% is read as 0.15
    if any(word in label for word in _RATE_WORDS):
        return "fraction" if largest <= 1 else "percent"
    if any(word in label for word in _AMOUNT_WORDS) or not largest or largest > 100:
        return "amount"
    if largest <= 1 and seen.fractional:
        return "fraction"
    return "" if not seen.fractional and not _only_net(plan) else "amount"


def _only_net(plan: Plan) -> bool:
    """Tell whether the net amount is given, so that a discount only informs."""
    return "net" in plan.labels


def _discount_question(plan: Plan, seen: _Seen) -> Question:
    label = plan.labels["discount"]
    text = f"Does column '{label}' hold amounts of money or per cent?"
    evidence = f"its largest value is {seen.largest_discount}, and all are whole numbers"
    return Question("discount_kind", label, text, evidence, ("amount", "percent"))
