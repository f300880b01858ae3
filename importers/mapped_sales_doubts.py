"""What a sales table leaves in doubt so that its total could be wrong: asked before anything is read."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from core.importing.issue import Question
from importers.cells import CellError, read_number
from importers.mapped_columns import Plan
from importers.mapped_field import MappedField
from importers.mapped_guess import fits
from importers.mapped_sales_words import kind_of, no_sale
from importers.table import EMPTY_WORDS, compact

_WITH_TAX = ("incl", "inctax", "incvat", "incgst", "withtax", "brutto", "ttc", "gross")
_AMOUNTS = frozenset({"gross", "discount", "net", "tax", "total"})
_USED_AMOUNTS = _AMOUNTS | {"quantity", "unit_price"}
OWN_AMOUNT = "each line's own amount"
NO_TAX = "no tax in it"
_Lines = list[tuple[str, ...]]  # of a document: amount, then what was sold
INCLUDED, EXCLUDED = "included", "excluded"
IS_SALES, LEFT_OUT = "sales", "left out"


def doubts(plan: Plan, fields: Sequence[MappedField], types: Mapping[str, int]) -> list[Question]:
    """Return what must be answered; types counts the words of the type column."""
    checks: tuple[Callable[[], Question | None], ...] = (
        lambda: _unreadable(plan, fields),
        lambda: _tax_within(plan),
        lambda: _tax_in_net(plan),
        lambda: _repeated(plan),
        lambda: _labelled_twice(plan),
        lambda: _unknown_types(plan, types),
    )
    return [question for check in checks if (question := check()) and question.field not in plan.options]


def is_unknown_type(word: str) -> bool:
    """Tell whether a word of the type column says nothing that is known."""
    return word.strip() not in EMPTY_WORDS and not kind_of(word) and not no_sale(word)


def _sampled(plan: Plan, names: Sequence[str]) -> Iterator[list[object]]:
    """Yield the numbers of rows in which all of these fields can be read."""
    for row in plan.layout.sample:
        try:
            yield [read_number(row[plan.place(name)], plan.style(name)) for name in names]
        except (CellError, IndexError):
            continue


def _unreadable(plan: Plan, fields: Sequence[MappedField]) -> Question | None:
    """Ask about a column that is labelled as an amount, has digits in it, and still cannot be read."""
    taken = set(plan.labels.values())
    for field in fields:
        if field.name not in _AMOUNTS or field.name in plan.labels:
            continue
        for label in plan.layout.labels:
            if label in taken or compact(label) not in field.labels:
                continue
            filled = [cell for cell in plan.layout.column(label) if cell.strip() not in EMPTY_WORDS]
            digits = [cell for cell in filled if any(map(str.isdigit, cell))]
            if digits and len(digits) * 10 >= len(filled) * 7 and not fits(field, filled):
                text = (
                    f"Column '{label}' is labelled as {field.title}, but most of its cells cannot be read. "
                    "Is it to be left out?"
                )
                return Question("unreadable", label, text, f"it holds '{digits[0][:40]}'", ("leave it out",))
    return None


def _tax_within(plan: Plan) -> Question | None:
    """Ask where only an amount with tax is there and nothing says how much of it is tax."""
    names = plan.labels.keys()
    has_net = "net" in names or "gross" in names or {"quantity", "unit_price"} <= names
    if "total" not in names or "tax" in names or has_net:
        return None
    label = plan.labels["total"]
    if not any(word in compact(label) for word in _WITH_TAX):
        return None
    text = (
        f"Is there no tax in column '{label}'? Tax is no revenue: if there is, map the column that holds "
        "the tax or the amount without it."
    )
    return Question(
        "total_tax", label, text, "its label says that it holds tax, and no column is the tax", (NO_TAX,)
    )


def _tax_in_net(plan: Plan) -> Question | None:
    """Ask where the amount without tax equals the amount with it, though there is tax."""
    if not {"net", "tax", "total"} <= plan.labels.keys():
        return None
    taxed = [row for row in _sampled(plan, ("net", "tax", "total")) if row[1]]
    if not taxed or any(net != total for net, _, total in taxed):
        return None
    label = plan.labels["net"]
    text = f"Is the tax included in column '{label}'? Then it is taken off: tax is no revenue."
    evidence = f"it says the same as column '{plan.labels['total']}' in rows that have tax"
    return Question("net_tax", label, text, evidence, (INCLUDED, EXCLUDED))


def _repeated(plan: Plan) -> Question | None:
    """Ask where an amount is the same on all lines of every document though the lines differ."""
    names = plan.labels.keys()
    amount = next((name for name in ("net", "gross", "total") if name in names), "")
    line = [name for name in ("item", "item_name", "description", "quantity", "unit_price") if name in names]
    if not amount or "document" not in names or not line or (amount != "net" and "unit_price" in names):
        return None
    documents: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    places = [plan.place(name) for name in ("document", amount, *line)]
    for row in plan.layout.sample:
        if len(row) > max(places) and row[places[0]].strip() and row[places[1]].strip():
            documents[row[places[0]]].append(tuple(row[place] for place in places[1:]))
    several = [rows for rows in documents.values() if len({row[1:] for row in rows}) > 1]
    same = [rows for rows in several if len({row[0] for row in rows}) == 1]
    if len(same) < 2 or len(same) < len(several) or _each_has_its_price(list(documents.values()), same):
        return None
    label = plan.labels[amount]
    text = (
        f"Is '{label}' each line's own amount? If it is the total of the whole document, written on each line, map "
        "the column with the amount of the line instead."
    )
    evidence = f"in all {len(same)} documents with several lines that were looked at, their lines say the same amount"
    return Question("repeated_amount", label, text, evidence, (OWN_AMOUNT,))


def _each_has_its_price(documents: Sequence[_Lines], several: Sequence[_Lines]) -> bool:
    """Tell whether every line that comes again has the amount it had: then it is a price, and no document's total."""
    lines = [{row[1:] for row in rows} for rows in documents]
    amounts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in chain.from_iterable(documents):
        amounts[row[1:]].add(row[0])
    if any(len(found) > 1 for found in amounts.values()):
        return False
    times = Counter(chain.from_iterable(lines))
    again = [rows for rows in several if any(times[row[1:]] > 1 for row in rows)]
    return len(set().union(*amounts.values())) == 1 or 2 * len(again) >= len(several)


def _labelled_twice(plan: Plan) -> Question | None:
    """Ask where two columns that say different things bear the label of an amount that is used."""
    for name in sorted(_USED_AMOUNTS & plan.labels.keys()):
        label = plan.labels[name]
        bare = label.rpartition(" (")[0] if label.endswith(")") else label
        twins = [
            one
            for one in plan.layout.labels
            if one == bare or re.fullmatch(rf"{re.escape(bare)} \(\d+\)", one)
        ]
        values = {plan.layout.column(one) for one in twins}
        if len(values) > 1 and any(map(str.strip, set().union(*values) - set(plan.layout.column(label)))):
            text = f"Several columns are called '{bare}'. Is the first the right one? If not, map another."
            evidence = f"the columns are {', '.join(twins)}, and their values differ"
            return Question("labelled_twice", label, text, evidence, (f"{label} is right",))
    return None


def _unknown_types(plan: Plan, types: Mapping[str, int]) -> Question | None:
    """Ask about types that are not known, where the column names others that are."""
    unknown = {word.strip(): count for word, count in types.items() if is_unknown_type(word)}
    if not unknown or not any(kind_of(word) or no_sale(word) for word in types):
        return None
    label = plan.labels["type"]
    named = ", ".join(f"'{word}' ({count} rows)" for word, count in list(unknown.items())[:8])
    text = f"Are these types of column '{label}' sales? {named}"
    return Question("unknown_types", label, text, "the words are not known", (IS_SALES, LEFT_OUT))
