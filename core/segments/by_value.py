"""One segment for each value of an attribute or column: the small ones together, the unknown ones apart."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from core.segments.field import Field, Fields, field_named
from core.segments.method import (
    PALETTE_SIZE,
    Assignment,
    Definition,
    MethodInput,
    Reason,
    SchemeMistake,
    SegmentSpec,
    as_text,
)
from core.segments.rule_match import folded

SMALLEST = 3  # customers; a value with fewer goes to the others
MOST = 12  # values with a segment of their own


def assign_by_value(
    given: MethodInput, key: str, *, noun: str, others: str, definition: Definition
) -> Assignment:
    """Divide by the values of one field; `noun` is what it is called: 'area', 'customer type'."""
    field = given.field(key)
    shown = _spellings(given.column(key).tolist())
    own = _values_with_own_segment(shown, _whole(definition, "smallest", SMALLEST))
    unknown = f"{noun[:1].upper()}{noun[1:]} unknown"
    own = [value for value in own if value not in {others, unknown}]
    names = [
        *own,
        *([others] if set(filter(None, shown)) - set(own) else []),
        *([unknown] if "" in shown else []),
    ]
    place = {name: code for code, name in enumerate(names)}
    codes = np.array([place[_segment_of(value, place, others, unknown)] for value in shown], np.int64)
    segments = tuple(_spec(name, code, noun, (others, unknown)) for code, name in enumerate(names))

    def why(row: int) -> list[Reason]:
        if not shown[row]:
            return [Reason(f"{field.label} is not known", holds=True)]
        small = ", which has too few customers for a segment of its own" if shown[row] not in place else ""
        return [Reason(f"{field.label} is {shown[row]}{small}", holds=True)]

    return Assignment(segments, codes, why, note=f"Divided by {field.label}.")


def _segment_of(value: str, place: dict[str, int], others: str, unknown: str) -> str:
    if not value:
        return unknown
    return value if value in place else others


def _spellings(values: Iterable[object]) -> list[str]:
    """Write each value as it is spelled most often; '' where it is not known."""
    written = [as_text(value) for value in values]
    most: dict[str, str] = {}
    for text, _ in sorted(Counter(written).items(), key=lambda found: (-found[1], found[0])):
        most.setdefault(folded(text), text)
    return [most[folded(text)] for text in written]


def _values_with_own_segment(shown: list[str], smallest: int) -> list[str]:
    counts = Counter(value for value in shown if value)
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return [value for value, count in ordered if count >= smallest][:MOST]


def _whole(definition: Definition, name: str, otherwise: int) -> int:
    value = definition.options.get(name, otherwise)
    return value if isinstance(value, int) else otherwise


def _spec(name: str, code: int, noun: str, apart: tuple[str, str]) -> SegmentSpec:
    others, unknown = apart
    if name == unknown:
        text = f"Customers whose {noun} is not recorded."
    elif name == others:
        text = "Values with only a few customers each, taken together."
    else:
        text = f"Customers whose {noun} is {name}."
    return SegmentSpec(name, code % PALETTE_SIZE, text, rank=code)


def chosen_field(definition: Definition, fields: Fields, guesses: Iterable[str]) -> Field | None:
    """Return the field that the definition names, else the first field with one of these labels."""
    named = definition.options.get("field", "")
    if isinstance(named, str) and named:
        return field_named(named, fields)
    by_label = {folded(field.label): field for field in reversed(fields.values()) if field.is_text}
    return next((by_label[guess] for guess in guesses if guess in by_label), None)


def check_field(definition: Definition, fields: Fields, exponent: int) -> None:
    """Find out whether the named field can divide customers. Raises SchemeMistake."""
    del exponent
    named = definition.options.get("field", "")
    if not isinstance(named, str) or (named and field_named(named, fields) is None):
        raise SchemeMistake(f"There is no attribute or column called '{named}' in this book.")
    smallest = definition.options.get("smallest", SMALLEST)
    if isinstance(smallest, bool) or not isinstance(smallest, int) or smallest < 1:
        raise SchemeMistake("The least number of customers of a segment is a whole number from 1.")
