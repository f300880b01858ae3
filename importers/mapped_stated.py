"""The total rows of a mapped table, compared with the rows above them."""

from core.importing.importer import Parsing, StatedTotal
from core.importing.issue import Issue, Severity
from core.money import plain


class Stated:
    """Compares each total row with all rows so far, or with those since the total before it."""

    def __init__(self, parsing: Parsing, exponent: int) -> None:
        """Take where totals and issues are kept; amounts are minor units."""
        self._parsing = parsing
        self._exponent = exponent
        self._sum = 0
        self._since = 0

    def add(self, minor: int) -> None:
        """Count some more rows."""
        self._sum += minor
        self._since += minor

    def state(self, row: int, label: str, minor: int) -> None:
        """Keep what a total row says, beside what was read above it."""
        computed = self._since if minor == self._since else self._sum
        self._parsing.stated_totals.append(StatedTotal(row, label, minor, computed))
        self._since = 0

    def finish(self) -> None:
        """Warn where the last total of the file is not the sum of its rows."""
        if not self._parsing.stated_totals:
            return
        total = self._parsing.stated_totals[-1]
        if total.minor != total.computed_minor:
            stated, computed = (plain(one, self._exponent) for one in (total.minor, total.computed_minor))
            message = (
                f"Row {total.row}: '{total.label}' states {stated}, but the rows that were taken add up to {computed}. "
                "Look for rows that are missing, left out or twice in the file, or export it again."
            )
            self._parsing.issues.append(Issue(total.row, "total", Severity.WARNING, message))
