"""The totals that a grouped report states, compared with the rows that were read."""

from dataclasses import dataclass

from core.importing.importer import Parsing, StatedTotal
from core.importing.issue import Issue, Severity
from core.money import plain as plain_amount
from importers.cells import FINE, CellError, MinorMemo, shown


@dataclass
class Sums:
    """Amounts so far, in minor units; `fine` is what rounding changed, in 1/10000 of a minor unit."""

    kept: int = 0
    left_out: int = 0
    rejected: int = 0
    fine: int = 0

    def since(self, start: "Sums") -> "Sums":
        """Return what was added after an earlier state."""
        return Sums(
            self.kept - start.kept,
            self.left_out - start.left_out,
            self.rejected - start.rejected,
            self.fine - start.fine,
        )


class GroupTotals:
    """Adds up the rows of every group and compares each total row with them."""

    def __init__(self, parsing: Parsing, amounts: MinorMemo) -> None:
        """Take where totals and issues are reported, and the reader of the amount column."""
        self.sums = Sums()
        self.grand_total_stated = False
        self._parsing, self._amounts = parsing, amounts
        self._starts: dict[int, Sums] = {}
        self._total_rows = 0

    def open_group(self, group: int) -> None:
        """Remember the sums at the heading of a group."""
        self._starts[group] = self.sums.since(Sums())

    def group_total(self, group: int, row: int, label: str, text: str) -> None:
        """Compare the total row of a group with all rows since its heading."""
        self._compare(row, label, text, self.sums.since(self._starts[group]))

    def grand_total(self, row: int, label: str, text: str) -> None:
        """Compare the file's own total with all of its rows."""
        self.grand_total_stated = self._compare(row, label, text, self.sums)

    def _compare(self, row: int, label: str, text: str, computed: Sums) -> bool:
        self._total_rows += 1
        if not text or text.startswith("#"):
            return False  # a formula without a value, or one that failed in the workbook
        try:
            stated = self._amounts[text]
        except CellError as error:
            self._say(row, Severity.WARNING, f"{shown(label)}: {error}")
            return False
        self._parsing.stated_totals.append(StatedTotal(row, label, stated, computed.kept))
        if not _agree(stated, computed.kept, computed.fine):
            self._explain(row, label, stated, computed)
        return True

    def _explain(self, row: int, label: str, stated: int, computed: Sums) -> None:
        exponent = self._amounts.exponent
        said = (
            f"row {row}, {shown(label)}: the file states {plain_amount(stated, exponent)}, "
            f"its rows taken as sales add up to {plain_amount(computed.kept, exponent)}"
        )
        severity = Severity.WARNING
        if _agree(stated, computed.kept + computed.left_out, computed.fine):
            said += f"; the rest, {plain_amount(computed.left_out, exponent)}, is in rows that are no sales"
            severity = Severity.NOTE
        elif computed.rejected:
            said += f"; rows with errors hold {plain_amount(computed.rejected, exponent)}"
        else:
            said += "; look for rows that are missing or were changed, or export the report again"
        self._say(row, severity, said)

    def finish(self) -> None:
        """Keep the list of totals only where it ends with the grand total, as the contract has it."""
        totals = self._parsing.stated_totals
        if self._total_rows and not totals:
            self._say(
                0,
                Severity.NOTE,
                "the total rows of the file carry no amount: there is nothing to compare with",
            )
        if totals and not self.grand_total_stated:
            agree = sum(total.minor == total.computed_minor for total in totals)
            counted = f"{agree} of its {len(totals)} group totals agree with their rows"
            self._say(0, Severity.NOTE, f"the file states no grand total; {counted}")
            totals.clear()

    def _say(self, row: int, severity: Severity, message: str) -> None:
        self._parsing.issues.append(Issue(row, "amount", severity, message))


def _agree(stated: int, stored: int, fine: int) -> bool:
    """Tell whether a stated total is the exact sum of what was written, rounded once."""
    return abs((stated - stored) * FINE + fine) <= FINE // 2
