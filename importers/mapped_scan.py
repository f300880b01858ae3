"""Go through a whole table once and decide how its columns write dates, numbers and keys."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from weakref import finalize

from core.importing.issue import Question
from core.importing.source import Row, Source
from importers.cells import (
    DateDecision,
    DateOrder,
    DateScan,
    NumberDecision,
    NumberScan,
    NumberStyle,
    number_style,
)
from importers.mapped_field import MappedField
from importers.mapped_guess import Layout
from importers.table import EMPTY_WORDS, body_columns

_MANGLED = re.compile(r"\d+\.0")
_MIXED = "Part of the column is written one way, part the other; rows that do not fit will be left out."


@dataclass
class Decisions:
    """What the columns of a table prove, by field."""

    dates: dict[str, DateDecision] = field(default_factory=dict)
    numbers: dict[str, NumberDecision] = field(default_factory=dict)
    mangled: set[str] = field(default_factory=set)  # keys that a spreadsheet turned into 17850.0


_DONE: dict[int, dict[tuple[object, ...], Decisions]] = {}  # by the identity of a source


def _known(source: Source) -> dict[tuple[object, ...], Decisions]:
    """Return what was decided about a source; forgotten when the source is."""
    if id(source) not in _DONE:
        _DONE[id(source)] = {}
        finalize(source, _DONE.pop, id(source), None)
    return _DONE[id(source)]


def decide(source: Source, layout: Layout, columns: Mapping[str, MappedField]) -> Decisions:
    """Decide all columns (label -> field); the answer is kept as long as the source is."""
    key = (layout.sheet, layout.header, tuple((label, f.name) for label, f in columns.items()))
    known = _known(source)
    if key not in known:
        known[key] = _scan(source, layout, columns)
    return known[key]


def _scan(source: Source, layout: Layout, columns: Mapping[str, MappedField]) -> Decisions:
    places = {field.name: layout.labels.index(label) for label, field in columns.items()}
    dates = {f.name: DateScan() for f in columns.values() if f.kind == "date"}
    numbers = {f.name: NumberScan() for f in columns.values() if f.is_number}
    mangled = {f.name: False for f in columns.values() if f.kind == "id"}
    width = len(layout.labels)
    for first_row, columns_of_batch, rows in body_columns(source, layout.sheet, layout.header, width):
        by_column = columns_of_batch or _padded(rows, width)
        for name, date_scan in dates.items():
            date_scan.add(by_column[places[name]], first_row)
        for name, number_scan in numbers.items():
            number_scan.add(by_column[places[name]], first_row)
        for name in list(mangled):
            verdict = _all_mangled(by_column[places[name]])
            if verdict is False:
                del mangled[name]
            elif verdict:
                mangled[name] = True
    return Decisions(
        {name: scan.decision() for name, scan in dates.items()},
        {name: scan.decision() for name, scan in numbers.items()},
        {name for name, found in mangled.items() if found},
    )


def _padded(rows: list[Row], width: int) -> Sequence[Sequence[str]]:
    even = [(row + [""] * width)[:width] for row in rows]
    return list(zip(*even, strict=True)) if even else [()] * width


def _all_mangled(values: Sequence[str]) -> bool | None:
    """Tell whether all keys end in .0; None where all are empty."""
    filled = False
    for text in values:
        if _MANGLED.fullmatch(text):
            filled = True
        elif text not in EMPTY_WORDS:
            return False
    return filled or None


def date_order(name: str, decisions: Decisions, options: Mapping[str, str]) -> DateOrder | None:
    """Return a column's order: proven by itself, answered, or proven by the other date columns."""
    own = decisions.dates[name]
    if own.order:
        return own.order
    answer = options.get("date_order", "")
    if answer in {"dmy", "mdy"}:
        return "dmy" if answer == "dmy" else "mdy"
    others = {other.order for other in decisions.dates.values() if other.order in {"dmy", "mdy"}}
    return others.pop() if len(others) == 1 and not own.mixed else None


def style_of(name: str, decisions: Decisions, options: Mapping[str, str]) -> NumberStyle | None:
    """Return a column's number style: proven by itself, answered, or proven by the other number columns."""
    own = decisions.numbers[name]
    if own.style:
        return own.style
    if answer := options.get("number_format", ""):
        return number_style(answer)
    others = {other.style for other in decisions.numbers.values() if other.style and other.style.thousands}
    return others.pop() if len(others) == 1 and not own.mixed else None


def open_questions(
    decisions: Decisions, options: Mapping[str, str], labels: Mapping[str, str]
) -> list[Question]:
    """Return what the columns do not prove and the options do not answer, one question of each kind."""
    questions = []
    for name, date_decision in decisions.dates.items():
        if date_order(name, decisions, options) is None:
            text = f"Does column '{labels[name]}' write the day or the month first?"
            text += f" {_MIXED}" if date_decision.mixed else ""
            questions.append(
                Question("date_order", labels[name], text, date_decision.evidence, ("dmy", "mdy"))
            )
            break
    for name, number_decision in decisions.numbers.items():
        if style_of(name, decisions, options) is None:
            text = f"Is the decimal mark of column '{labels[name]}' a point or a comma?"
            text += f" {_MIXED}" if number_decision.mixed else ""
            choices = ("1,234.5", "1.234,5")
            questions.append(Question("number_format", labels[name], text, number_decision.evidence, choices))
            break
    return questions
