"""Names and texts that a workbook accepts: nothing in a cell becomes a formula, no name is refused."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 32_767  # UTF-16 units in a cell; XlsxWriter drops a longer text with a return code only
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\Z")
_LIKE_A_CELL = re.compile(r"([A-Za-z]{1,3}\d+|[rRcC]|[rR]\d*[cC]\d*)\Z")


def cell_text(text: str) -> str:
    """Text without control characters and halves of letters; what is too long is cut and says so."""
    clean = "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
    units = len(clean.encode("utf-16-le")) // 2
    if units <= LONGEST:
        return clean
    note = f" [cut: {len(clean):,} characters]"
    kept = clean.encode("utf-16-le")[: 2 * (LONGEST - len(note) - 1)].decode("utf-16-le", errors="ignore")
    return kept + "…" + note


def sheet_name(title: str, taken: Iterable[str]) -> str:
    """A name of at most 31 characters, free of what Excel forbids, that no other sheet has."""
    clean = _FORBIDDEN.sub(" ", cell_text(title).replace("\n", " ")).strip(" '") or "Sheet"
    clean = (
        "History of the book" if clean.casefold() == "history" else clean
    )  # Excel keeps that name for itself
    used = {name.casefold() for name in taken}
    name, number = _cut(clean, 31), 1
    while name.casefold() in used:
        number += 1
        ending = f" {number}"
        name = _cut(clean, 31 - len(ending)) + ending
    return name


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").strip(" '")


def table_name(key: str) -> str:
    """'customers' becomes tblCustomers."""
    words = re.findall(r"[A-Za-z0-9]+", key)
    return "tbl" + "".join(word[:1].upper() + word[1:] for word in words)[:200]


def is_defined_name(key: str) -> bool:
    """Whether Excel takes a key as the name of a cell."""
    return bool(_NAME.match(key)) and not _LIKE_A_CELL.match(key) and len(key) <= 255


def unique_titles(titles: Iterable[str]) -> list[str]:
    """Column titles of a table: none empty, no two alike whatever their case."""
    found: list[str] = []
    used: set[str] = set()
    for at, title in enumerate(titles, 1):
        clean = " ".join(cell_text(title).split())[:200] or f"Column {at}"
        name, number = clean, 1
        while name.casefold() in used:
            number += 1
            name = f"{clean} {number}"
        used.add(name.casefold())
        found.append(name)
    return found
