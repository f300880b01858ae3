"""The columns of a batch as values: each converter remembers what it has read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from core.importing.importer import Parsing
from core.importing.source import Row, Source
from importers.cells import (
    CellError,
    DateReader,
    MinorMemo,
    NumberStyle,
    plain_number,
    scaled_number,
)
from importers.mapped_guess import Layout
from importers.mapped_scan import Decisions, date_order, style_of
from importers.table import EMPTY_WORDS, is_total_label

T = TypeVar("T")
MOST_REMEMBERED = 100_000
WORDS_ARE_NAMES = "names"  # option empty_words: NULL, None ... are names of customers and items
_NAMING = frozenset({"customer", "customer_name", "item", "item_name", "key", "name", "code"})


@dataclass
class Plan:
    """All that is decided before the rows of a table are read."""

    source: Source
    layout: Layout
    labels: Mapping[str, str]  # field -> label
    decisions: Decisions
    options: Mapping[str, str]
    currency: str  # of the book
    parsing: Parsing

    def place(self, name: str) -> int:
        """Return the position of a field's column."""
        return self.layout.labels.index(self.labels[name])

    def style(self, name: str) -> NumberStyle | None:
        """Return how a field's column writes numbers."""
        return style_of(name, self.decisions, self.options)


class Memo(dict[str, T]):
    """Maps the texts of a column to values by a function, once each."""

    def __init__(self, convert: Callable[[str], T]) -> None:
        """Take the function; it may raise CellError."""
        super().__init__()
        self._convert = convert

    def __missing__(self, text: str) -> T:
        """Convert a text that was not seen yet."""
        value = self[text] = self._convert(text)
        return value


class Readers:
    """The converters of one table, kept from batch to batch."""

    def __init__(self, plan: Plan) -> None:
        """Take what was decided."""
        self.plan = plan
        self.places = {name: plan.place(name) for name in plan.labels}
        self._memos: dict[tuple[object, ...], dict[str, object]] = {}
        self.nothings: dict[str, set[str]] = {}  # field -> its cells that are words for nothing
        self.total_labels: dict[str, set[str]] = {}  # field -> its cells that may announce a total

    def memo(self, key: tuple[object, ...], make: Callable[[], Mapping[str, T]]) -> Mapping[str, T]:
        """Return the converter under a key, made on first use."""
        if key not in self._memos:
            self._memos[key] = make()  # type: ignore[assignment]
        return self._memos[key]  # type: ignore[return-value]

    def trim(self) -> None:
        """Forget between batches what grew too large."""
        for key in [key for key, memo in self._memos.items() if len(memo) > MOST_REMEMBERED]:
            del self._memos[key]

    def text(self, name: str) -> Mapping[str, str]:
        """Convert text: blanks around it and words for nothing removed, spreadsheet's .0 behind keys too."""
        mangled = name in self.plan.decisions.mangled
        are_names = name in _NAMING and self.plan.options.get("empty_words") == WORDS_ARE_NAMES

        def bare(text: str) -> str:
            stripped = text.strip()
            if stripped in EMPTY_WORDS and not are_names:
                if stripped:
                    self.nothings.setdefault(name, set()).add(text)
                return ""
            if is_total_label(stripped):
                self.total_labels.setdefault(name, set()).add(text)
            return stripped.removesuffix(".0") if mangled else stripped

        return self.memo(("text", name), lambda: Memo(bare))

    def texts_met(self, names: Iterable[str]) -> set[str]:
        """Return the texts that these fields have held lately."""
        return {text for name in names for text in self._memos.get(("text", name), {})}

    def date(self, name: str) -> Mapping[str, str]:
        """Convert dates."""

        def make() -> Mapping[str, str]:
            reader = DateReader(date_order(name, self.plan.decisions, self.plan.options))
            reader.update(dict.fromkeys(EMPTY_WORDS, ""))
            return reader

        return self.memo(("date", name), make)

    def minor(self, name: str, exponent: int, blank: int | None) -> MinorMemo:
        """Convert amounts to minor units."""

        def make() -> MinorMemo:
            return MinorMemo(self.plan.style(name), exponent, blank=blank, empty=EMPTY_WORDS)

        memo = self.memo(("minor", name, exponent, blank), make)
        assert isinstance(memo, MinorMemo)
        return memo

    def scaled(self, name: str, blank: int | None) -> Mapping[str, int]:
        """Convert numbers to whole numbers times 10**12, for exact products."""
        style = self.plan.style(name)

        def convert(text: str) -> int:
            if blank is not None and text.strip() in EMPTY_WORDS:
                return blank
            return scaled_number(text, style)

        return self.memo(("scaled", name, blank), lambda: Memo(convert))

    def plain(self, name: str) -> Mapping[str, str]:
        """Convert numbers to plain decimal text, "" where the cell is empty."""
        style = self.plan.style(name)

        def convert(text: str) -> str:
            return "" if text.strip() in EMPTY_WORDS else plain_number(text, style)

        return self.memo(("plain", name), lambda: Memo(convert))


class Columns:
    """Some rows of a table, by field. Reading raises CellError with the field's name."""

    def __init__(self, readers: Readers, raw: Sequence[Sequence[str]]) -> None:
        """Take one sequence of cells for each label of the header."""
        self._readers = readers
        self._raw = raw
        self.count = len(raw[0])

    @classmethod
    def of_rows(cls, readers: Readers, rows: Sequence[Row]) -> "Columns":
        """Take rows, at least one, as wide as the header."""
        return cls(readers, list(zip(*rows, strict=True)))

    def part(self, start: int, end: int) -> "Columns":
        """Return some of the rows that follow each other."""
        return Columns(self._readers, [column[start:end] for column in self._raw])

    def only(self, places: Sequence[int]) -> "Columns":
        """Return the rows at these places."""
        return Columns(self._readers, [[column[place] for place in places] for column in self._raw])

    def row(self, place: int) -> Row:
        """Return one row as it stands in the file."""
        return [column[place] for column in self._raw]

    def __contains__(self, name: str) -> bool:
        """Tell whether a field is mapped."""
        return name in self._readers.places

    def names(self) -> set[str]:
        """Return the mapped fields."""
        return set(self._readers.places)

    def raw(self, name: str) -> Sequence[str]:
        """Return a field's cells as they stand in the file."""
        return self._raw[self._readers.places[name]]

    def at(self, place: int) -> list[str]:
        """Return the texts of a column that is not mapped."""
        empty = EMPTY_WORDS
        return ["" if (bare := cell.strip()) in empty else bare for cell in self._raw[place]]

    def text(self, name: str) -> list[str]:
        """Return texts; "" for all where the field is not mapped."""
        if name not in self:
            return [""] * self.count
        return list(map(self._readers.text(name).__getitem__, self.raw(name)))

    def plain(self, name: str) -> list[str]:
        """Return numbers as plain text; "" for all where the field is not mapped."""
        if name not in self:
            return [""] * self.count
        return self._convert(name, self._readers.plain(name))

    def dates(self, name: str, *, required: bool) -> list[str]:
        """Return ISO dates; a required one that is empty raises CellError."""
        if name not in self:
            return [""] * self.count
        dates = self._convert(name, self._readers.date(name))
        if required and "" in dates:
            raise _named(CellError("a date", ""), name)
        return dates

    def minor(self, name: str, exponent: int, *, blank: int | None) -> tuple[list[int], list[int] | None]:
        """Return minor units, and what rounding changed (None: nothing)."""
        memo = self._readers.minor(name, exponent, blank)
        amounts = self._convert(name, memo)
        if not memo.residues:
            return amounts, None
        return amounts, [memo.residues.get(text, 0) for text in self.raw(name)]

    def scaled(self, name: str, *, blank: int | None) -> list[int]:
        """Return numbers times 10**12."""
        return self._convert(name, self._readers.scaled(name, blank))

    def rates(self) -> list[str]:
        """Return exchange rates as plain text; one that is not above 0 raises CellError."""
        rates = self.plain("rate")
        if any(rate and Decimal(rate) <= 0 for rate in set(rates)):
            bad = next(rate for rate in rates if rate and Decimal(rate) <= 0)
            raise _named(CellError("an exchange rate above 0", bad), "rate")
        return rates

    def _convert(self, name: str, memo: Mapping[str, T]) -> list[T]:
        try:
            return list(map(memo.__getitem__, self.raw(name)))
        except CellError as error:
            raise _named(error, name) from None


def _named(error: CellError, name: str) -> CellError:
    error.field = name
    return error
