"""The total rows of a mapped table, compared with the rows above them."""

from core.importing.importer import Parsing, StatedTotal
from core.importing.issue import Issue, Severity
from core.money import plain


class Stated:
    """Compares each total row with all rows so far, or with those since a total before it."""

    def __init__(self, parsing: Parsing, exponent: int) -> None:
        """Take where totals and issues are kept; amounts are minor units."""
        self._parsing = parsing
        self._exponent = exponent
        self.sum = 0
        self._rows = 0
        self._starts = {0: 0}  # where a group may have begun: the sum there -> how many rows came before

    def add(self, minor: int, rows: int) -> None:
        """Count some more rows."""
        self.sum += minor
        self._rows += rows

    def rows_of(self, minor: int) -> int:
        """Return how many rows, back to a total or to the first row, add up to this; 0: none do."""
        start = self._starts.get(self.sum - minor)
        return 0 if start is None else self._rows - start

    def state(self, row: int, label: str, minor: int) -> None:
        """Keep what a total row says, beside what was read above it."""
        computed = minor if self.rows_of(minor) else self.sum
        self._parsing.stated_totals.append(StatedTotal(row, label, minor, computed))
        self._starts[self.sum] = self._rows

    def shown(self, minor: int) -> str:
        """Return an amount as a person reads it."""
        return plain(minor, self._exponent)

    @property
    def group_sum(self) -> int:
        """Return what the rows since the last total add up to."""
        return self.sum - max(self._starts.items(), key=lambda start: start[1])[0]

    def finish(self) -> None:
        """Warn where the last total of the file is not the sum of its rows."""
        if not self._parsing.stated_totals:
            return
        total = self._parsing.stated_totals[-1]
        if total.minor != total.computed_minor:
            stated, computed = (self.shown(one) for one in (total.minor, total.computed_minor))
            message = (
                f"Row {total.row}: '{total.label}' states {stated}, but the rows that were taken add up to {computed}. "
                "Look for rows that are missing, left out or twice in the file, or export it again."
            )
            self._parsing.issues.append(Issue(total.row, "total", Severity.WARNING, message))
