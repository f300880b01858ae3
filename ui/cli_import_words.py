"""What the command line says of a file that leaves something open, and how it is answered there."""

import shlex
from pathlib import Path

from core.importing.importer import ColumnMapping
from core.importing.issue import Question
from importers.mapped_mapping import mapping_text
from importers.mapped_table import MappedTable
from importers.shelf import importers
from ui.intake import Recognised, completed_mapping

_BY_MAPPING = ("format", "mapping")  # answered by the mapping itself
ANSWERS = """
\b
Answers stand under "options" of the mapping file:
  date_order      dmy, mdy or ymd
  number_format   1,234.5 or 1.234,5 (also 1 234,5 and 1'234.5)
  discount_kind   amount or percent
  total_tax       no tax in it
  net_tax         included or excluded
  repeated_amount each line's own amount
  unreadable      leave it out
  labelled_twice  COLUMN is right
  unknown_types   sales or left out
  customer_list   customers
  amount_sign     debit_positive, credit_positive or natural
\b
Without a question: sheet, header_row, currency, empty_words (names),
credit_sign (positive), discount_sign (negative).
"""


def asked_in_words(question: Question) -> str:
    """Return a question with what was seen, and the place of its answer."""
    seen = question.evidence[:1].upper() + question.evidence[1:]
    text = f"{question.text} {seen}{'' if seen.endswith(('.', '?')) else '.'}"
    if question.field in _BY_MAPPING:
        return text
    choices = " or ".join(f'"{choice}"' for choice in question.choices)
    return f"{text} To answer, set options.{question.field} in the mapping file to {choices}."


def way_on(path: Path, recognised: Recognised, book: Path | None = None) -> str:
    """Return the commands that come next; "" for a file without any table."""
    if recognised.importer is None and recognised.likely is None:
        return ""
    file = shlex.quote(str(path))
    into = shlex.quote(str(book)) if book else "BOOK"
    words = (
        f"Next: quintile identify {file} --save-mapping mapping.json, fill in what is open in that file, then "
        f"quintile import {into} {file} --mapping mapping.json."
    )
    if recognised.importer is not None:
        return words
    if isinstance(recognised.likely, MappedTable) and not recognised.likely.questions(
        recognised.source, ColumnMapping()
    ):
        key = recognised.likely.key
        words = f"Next, if that is right: quintile import {into} {file} --format {key}. Or: {words[6:]}"
    others = ", ".join(one.key for one in importers() if isinstance(one, MappedTable))
    return f"{words} If it is another kind of table, add --format to both ({others})."


def mapping_to_complete(recognised: Recognised) -> str:
    """Return the best guess of the mapping as JSON; what is still to be named is empty."""
    chosen = recognised.importer or recognised.likely
    return mapping_text(chosen.key if chosen else "", completed_mapping(recognised))
