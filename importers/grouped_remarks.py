"""What is said about a whole grouped report once all of its rows were seen."""

from collections.abc import Mapping, Sequence

from core.importing.issue import Issue, Severity
from importers.cells import shown
from importers.grouped_survey import Survey
from importers.grouped_tree import RowKind

LEFT_OUT_AS = {
    RowKind.HEADING: "group heading",
    RowKind.TOTAL: "group total",
    RowKind.GRAND_TOTAL: "grand total",
    RowKind.FOOTER: "footer",
    RowKind.REPEATED_HEADER: "repeated column labels",
}


def remarks(found: Survey, left_out: Mapping[str, int], blank_amounts: Sequence[int]) -> list[Issue]:
    """Return the remarks on rows that are no sales, on blank amounts and on a file that was cut off."""
    said = [*_no_sales(left_out), *_blanks(blank_amounts)]
    if not found.complete:
        advice = "the export may be incomplete; compare its end with the report on screen"
        said.append(Issue(0, "amount", Severity.WARNING, f"no TOTAL row found, {advice}"))
    if found.unclosed:
        first = found.unclosed[0]
        where = f"the first is {shown(first.name)} in row {first.start}"
        message = f"groups without a total row: {len(found.unclosed)}; {where}"
        said.append(Issue(first.start, "amount", Severity.WARNING, message))
    return said


def _no_sales(left_out: Mapping[str, int]) -> list[Issue]:
    reasons = sorted(set(left_out) - set(LEFT_OUT_AS.values()))
    if not reasons:
        return []
    counted = ", ".join(f"{reason}: {left_out[reason]}" for reason in reasons)
    return [Issue(0, "type", Severity.NOTE, f"rows left out because they are no sales ({counted})")]


def _blanks(rows: Sequence[int]) -> list[Issue]:
    if not rows:
        return []
    places = ", ".join(str(row) for row in rows[:5]) + (", ..." if len(rows) > 5 else "")
    message = f"rows without an amount, taken as 0: {len(rows)} (row {places})"
    return [Issue(0, "amount", Severity.NOTE, message)]
