"""Words such as NULL and None where a customer or an item is expected: nobody, unless the user says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from core.importing.issue import Issue, Severity
from core.importing.records import Posting, Record, SalesLine
from core.money import exponent_of, plain
from importers.mapped_columns import WORDS_ARE_NAMES, Columns, Readers

_FIELDS = {"customer": ("customer", "customer_name"), "item": ("item", "item_name")}


@dataclass
class _Met:
    """Rows in which a word stood for nothing."""

    first_row: int
    rows: int = 0
    minor: int = 0
    words: set[str] = field(default_factory=set)
    currencies: set[str] = field(default_factory=set)


class Nobody:
    """Counts the rows without a customer or item because of such a word, and says so at the end."""

    def __init__(self, readers: Readers) -> None:
        """Take the readers, which know the words that were met."""
        self._readers = readers
        self._met: dict[str, _Met] = {}

    def look(self, columns: Columns, numbers: Sequence[int], records: Sequence[Record]) -> None:
        """Look at the rows that were made into records."""
        rows = {number: place for place, number in enumerate(numbers)}
        for name, sources in _FIELDS.items():
            words = {
                source: self._readers.nothings[source]
                for source in sources
                if source in self._readers.nothings
            }
            if not words or not records or not hasattr(records[0], name):
                continue
            said = {source: columns.raw(source) for source in words}
            for record, key in zip(records, map(attrgetter(name), records), strict=True):
                if not key:
                    place = rows[record.row]
                    found = {said[source][place] for source in words} & set().union(*words.values())
                    if found:
                        self._count(name, record, found)

    def _count(self, name: str, record: Record, words: set[str]) -> None:
        met = self._met.setdefault(name, _Met(record.row))
        met.rows += 1
        met.words |= {word.strip() for word in words}
        if isinstance(record, SalesLine):
            met.minor += record.net_minor
            met.currencies.add(record.currency)
        elif isinstance(record, Posting):
            met.minor += record.amount_minor
            met.currencies.add(record.currency)

    def finish(self) -> None:
        """Warn of what was taken for nobody."""
        plan = self._readers.plan
        for name, met in self._met.items():
            words = ", ".join(f"'{word}'" for word in sorted(met.words))
            amount = ""
            if len(met.currencies) == 1:
                code = met.currencies.copy().pop() or plan.currency
                amount = f", {plain(met.minor, exponent_of(code))} {code}{' in all' if met.rows > 1 else ''}"
            rows = f"{met.rows} rows, the first is row {met.first_row}, have"
            where = (
                f"{rows if met.rows > 1 else f'Row {met.first_row} has'} {words} where the {name} is expected"
            )
            taken = (
                "they are taken as rows without one" if met.rows > 1 else "it is taken as a row without one"
            )
            message = (
                f"{where}: {taken}{amount}. If that is the {name}'s name, set the option "
                f'"empty_words" to "{WORDS_ARE_NAMES}" in the mapping and import the file again.'
            )
            plan.parsing.issues.append(Issue(met.first_row, name, Severity.WARNING, message))
