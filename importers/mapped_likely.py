"""What a table whose columns are not all known seems to hold, for a person to confirm and complete."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.importing.issue import Question
from importers.cells import POINT, CellError, read_date, read_number

_SHOWN = 12  # columns in a sentence
NO_TABLE = (
    "No table was found: expected a row with the names of the columns, and columns parted by commas, semicolons "
    "or tabs. Save the file as CSV with such a row, or export it again."
)


@dataclass(frozen=True)
class Likely:
    """The columns of a table as far as they are known; `guessed` ones rest on values and a hint in the heading."""

    format_label: str
    labels: tuple[str, ...]
    found: Mapping[str, str]  # field -> label
    guessed: Mapping[str, str]
    titles: Mapping[str, str]  # field -> title
    missing: tuple[str, ...] = ()  # titles without which nothing can be read
    unnamed: tuple[str, ...] = ()  # titles of what was not found and would be useful
    blanks: tuple[str, ...] = ()  # fields to be completed
    remarks: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """The mapping to complete: "" where a column is still to be named."""
        return {**self.found, **self.guessed, **dict.fromkeys(self.blanks, "")}

    def question(self) -> Question:
        """Ask for what is missing, or to have the guess confirmed."""
        several = len(self.missing) > 1
        text = (
            f"Which {'columns hold' if several else 'column holds'} {_listed(self.missing)}?"
            if self.missing
            else "Is this what the columns hold?"
        )
        return Question("mapping", "", text, self.evidence(), self.labels)

    def evidence(self) -> str:
        """Say which columns there are and what they are taken for."""
        if not self.labels:
            return NO_TABLE
        rest = [label for label in self.labels if label not in self.columns.values()]
        parts = (
            ("Found: ", self._named(self.found)),
            ("Guessed: ", self._named(self.guessed)),
            ("Not found: ", _listed((*self.missing, *self.unnamed))),
            ("Other columns: " if self.columns else "The columns are ", _quoted(rest)),
        )
        sentences = [f"{head}{words}." for head, words in parts if words]
        if 2 * sum(map(_is_value, self.labels[:_SHOWN])) > len(self.labels[:_SHOWN]):
            sentences.append("The first row seems to hold values: add a row with the names of the columns.")
        return " ".join((*sentences, *self.remarks))

    def _named(self, columns: Mapping[str, str]) -> str:
        return ", ".join(f"{self.titles[name]} ('{label}')" for name, label in columns.items())


def _listed(titles: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(titles[:-1]), *titles[-1:])))


def _quoted(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return ", ".join(f"'{label}'" for label in labels[:_SHOWN]) + more


def _is_value(label: str) -> bool:
    """Tell whether what stands in the header row is an amount or a date."""
    if any(map(str.isalpha, label)):
        return False
    return _reads(lambda: read_number(label, POINT)) or _reads(lambda: read_date(label, "dmy"))


def _reads(read: Callable[[], object]) -> bool:
    try:
        read()
    except CellError:
        return False
    return True
