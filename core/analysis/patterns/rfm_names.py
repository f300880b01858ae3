"""The names a bookkeeper gives to combinations of scores: cleaned, spelled alike, short enough to print."""

import unicodedata
from collections.abc import Iterable, Mapping

from core.analysis.patterns.rfm_table import SEGMENTS, TABLE, Cell

LONGEST_NAME = 60  # characters: what a table of the report and a tab of the workbook still hold
OUTSIDE = ("No orders in the period", "No orders yet")  # segments of those who have no scores
_UNSEEN = {"Cc", "Cf", "Co", "Cs"}  # control and direction characters, private ones, halves of a character


def clean_name(text: str) -> str:
    """Return a name composed, on one line, without characters that nobody can see."""
    seen = (" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))
    return " ".join("".join(one for one in seen if unicodedata.category(one) not in _UNSEEN).split())


def spelled_alike(changes: Mapping[Cell, str]) -> dict[Cell, str]:
    """Return the names with one spelling for each: 'champions' are the Champions, not a twelfth segment."""
    known = _spellings(())
    return {cell: known.setdefault(name.casefold(), name) for cell, name in sorted(changes.items())}


def spelling_of(name: str, names: Iterable[str]) -> str:
    """Return a name as the usual names, or these, spell it."""
    return _spellings(names).get(name.casefold(), name)


def own_names(changes: Mapping[Cell, str]) -> dict[Cell, str]:
    """Return the cells that really have another name than usual, cleaned and spelled alike."""
    cleaned = spelled_alike({cell: clean_name(name) for cell, name in changes.items()})
    return {cell: name for cell, name in cleaned.items() if TABLE.get(cell) != name}


def changed_cells(table: Mapping[Cell, str]) -> dict[Cell, str]:
    """Return the cells of a table that have another name than usual."""
    return {cell: name for cell, name in sorted(table.items()) if TABLE[cell] != name}


def name_problem(text: str) -> str:
    """Say what is wrong with a name; nothing where it can be used."""
    name = clean_name(text)
    if not name:
        return "Enter a name, or reset the cells to their usual one."
    if len(name) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} characters; this one has {len(name):,}."
    outside = next((one for one in OUTSIDE if one.casefold() == name.casefold()), "")
    if outside:
        return f"'{outside}' are the customers without scores; choose another name."
    return ""


def _spellings(names: Iterable[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for name in (*SEGMENTS, *names):
        known.setdefault(name.casefold(), name)
    return known
