"""Tie-out: the proof that the figures agree with the general ledger."""

from collections.abc import Iterator

from core.analysis.tie_out_result import Result
from core.unit import Unit
from reports.content import Block, Column, Heading, Paragraph, Table, TableRow
from reports.narrative import agreement
from reports.section import Context, SectionSpec
from reports.tie_out_tables import accounts_table, items_table, months_table

_TITLE = "Agreement with the ledger"


def build(context: Context) -> Iterator[Block]:
    """By month, by account, completeness, and every row behind a difference."""
    tie_out = context.tie_out
    yield Heading(agreement.headline(tie_out, context.numbers), kicker=_TITLE)
    yield Paragraph(agreement.lead(tie_out), lead=True)
    if tie_out.months:
        yield months_table(tie_out)
    accounts = accounts_table(tie_out)
    if accounts.rows:
        yield accounts
    counted = _counted(context)
    if counted.rows:
        yield counted
    rows = items_table(tie_out)
    if rows is not None:
        yield rows


def _counted(context: Context) -> Table:
    """The checks that count: whether anything is missing."""
    rows = [
        TableRow((check.label, check.ledger_minor, check.difference_minor, _result(check.result), check.note))
        for check in context.tie_out.checks
        if check.unit is Unit.COUNT
    ]
    return Table(
        columns=(
            Column("Check", key="check", width=2.4),
            Column("Expected", Unit.COUNT, key="expected"),
            Column("Missing", Unit.COUNT, key="missing"),
            Column("Result", key="result"),
            Column("Note", key="note", width=1.8),
        ),
        rows=tuple(rows),
        key="completeness",
        title="Completeness",
    )


def _result(result: Result) -> str:
    return {Result.AGREES: "Agrees", Result.REVIEW: "To review", Result.NOT_TIED: "Not tied"}[result]


SECTION: SectionSpec = SectionSpec(agreement.SECTION_KEY, 60, lambda _: _TITLE, build)
