"""The mapped table that a file of an unknown program is nearest to."""

from core.importing.source import Source
from importers.mapped_likely import Likely
from importers.mapped_table import MappedTable
from importers.shelf import importers

_FOR_DOCUMENTS = 0.5  # numbers of documents speak for sales
_FOR_REPEATS = 0.75  # keys that come again speak against a list
_FOR_COLUMNS = 0.3


def nearest_table(source: Source) -> tuple[MappedTable, Likely]:
    """Return the format with the best guess of its columns; sales where nothing speaks for another."""
    tables = [one for one in importers() if isinstance(one, MappedTable)]
    answers = [(table, table.likely(source)) for table in tables]
    return max(answers, key=lambda answer: (_score(source, *answer), answer[0].yields == "sales"))


def _score(source: Source, table: MappedTable, likely: Likely) -> float:
    if not likely.labels:
        return 0.0
    columns = {**likely.found, **likely.guessed}
    met = 1 - len(likely.missing) / len(table.needs)
    score = met + _FOR_COLUMNS * len(columns) / len(likely.labels)
    if table.yields == "sales":
        return score + _FOR_DOCUMENTS * ("document" in columns)
    if table.yields in {"customers", "items"} and _keys_repeat(source, table, likely):
        score -= _FOR_REPEATS
    return score


def _keys_repeat(source: Source, table: MappedTable, likely: Likely) -> bool:
    """Tell whether the same key stands in several rows, as it does in a log of what was bought."""
    names = [name for name in ("key", "code", "name") if name in likely.found]
    values = table.sample(source, likely.found[names[0]]) if names else ()
    return len(set(values)) * 10 < len(values) * 9
