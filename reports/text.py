"""A report as plain text: for golden files and for reading without a screen. No figure is rounded."""

from collections.abc import Iterator
from datetime import date

from core.money import plain
from core.unit import Unit
from reports.content import (
    Block,
    Callouts,
    Chart,
    Columns,
    Definitions,
    Facts,
    Heading,
    KeyFigures,
    Paragraph,
    Report,
    SideHeading,
    Table,
    Value,
)

UNKNOWN = "unknown"


def render_text(report: Report) -> str:
    """Return the whole pack as text, one figure to a place, ending in a line feed."""
    lines = [*_cover(report)]
    for section in report.sections:
        lines += ["", f"== {section.title} [{section.key}]"]
        for block in section.blocks:
            lines += _block(block, report.exponent)
    for kind, tables in (("data", report.data), ("checks", report.checks)):
        for table in tables:
            lines += ["", f"== {kind}"]
            lines += _table(table, report.exponent)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def exact(value: Value, unit: Unit, exponent: int) -> str:
    """A value without rounding: money with all its decimals, a ratio as the fraction it is."""
    if value is None:
        return UNKNOWN
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\n", " / ")
    if unit is Unit.MONEY and isinstance(value, int):
        return plain(value, exponent)
    return repr(value)


def _cover(report: Report) -> Iterator[str]:
    cover, branding = report.cover, report.branding
    yield f"{cover.title}, {cover.period_label}"
    yield f"{branding.client_name} / {branding.firm_name}"
    if report.draft:
        yield "Draft"
    yield cover.what_it_is
    for label, text in (
        ("Prepared for", cover.prepared_for),
        ("Prepared by", cover.prepared_by),
        ("Date and basis", cover.date_and_basis),
        ("Currency", f"{report.currency} ({report.currency_name})"),
        ("Tie-out", report.tie_out_line),
        ("Period", report.period_key),
        ("As of", report.created.isoformat()),
        ("Fingerprint", report.fingerprint),
    ):
        yield f"{label}: {' / '.join(text.splitlines())}"
    yield from (f"Segment {style.palette}: {style.name}" for style in report.segments)
    if cover.shares:
        yield from _chart(cover.shares, report.exponent)


def _block(block: Block, exponent: int) -> Iterator[str]:  # noqa: C901 - one arm a kind of block
    match block:
        case Heading(text, level, kicker):
            yield ""
            yield f"{'#' * level} {text}" + (f"  ({kicker})" if kicker else "")
        case Paragraph(text):
            yield text
        case SideHeading(label, text):
            yield f"{label}: {text}"
        case KeyFigures():
            yield from _key_figures(block, exponent)
        case Table():
            yield from _table(block, exponent)
        case Chart():
            yield from _chart(block, exponent)
        case Definitions(entries, title):
            yield from _titled(title)
            yield from (f"{entry.term}: {entry.text}" for entry in entries)
        case Facts(pairs, title):
            yield from _titled(title)
            yield from (f"{label}: {text}" for label, text in pairs)
        case Callouts(cards, title):
            yield from _titled(title)
            yield from (f"{card.title}: {card.text} ({card.footer})" for card in cards)
        case Columns(columns):
            for column in columns:
                for inner in column:
                    yield from _block(inner, exponent)


def _titled(title: str) -> Iterator[str]:
    if title:
        yield ""
        yield f"-- {title}"


def _key_figures(block: KeyFigures, exponent: int) -> Iterator[str]:
    for figure in block.figures:
        key = f" [{figure.key}]" if figure.key else ""
        change = "" if figure.change is None else f", change {figure.change!r} {figure.change_unit}"
        note = f", {figure.note}" if figure.note else ""
        yield f"{figure.name}{key} = {exact(figure.value, figure.unit, exponent)}{change}{note}"


def _table(table: Table, exponent: int) -> Iterator[str]:
    yield from _titled(f"{table.title or 'Table'}{f' [{table.key}]' if table.key else ''}")
    yield " | ".join(column.title or column.key for column in table.columns)
    for row in table.rows:
        mark = "" if row.kind == "row" else f"{row.kind}: "
        yield mark + _cells(row.cells, table, exponent)
    if table.totals is not None:
        yield "total: " + _cells(table.totals, table, exponent)
    if table.note:
        yield f"note: {table.note}"


def _cells(cells: tuple[Value, ...], table: Table, exponent: int) -> str:
    return " | ".join(
        exact(cell, column.unit, exponent) for cell, column in zip(cells, table.columns, strict=False)
    )


def _chart(chart: Chart, exponent: int) -> Iterator[str]:
    yield from _titled(f"{chart.title or 'Chart'} ({chart.kind})")
    for series in chart.series:
        pairs = enumerate(zip(chart.categories, series.values, strict=False))
        yield f"{series.name}: " + "; ".join(
            f"{name} {exact(value, chart.unit_of(at), exponent)}" for at, (name, value) in pairs
        )
    yield from (f"at {label.index}: {label.text} {label.detail}".rstrip() for label in chart.annotations)
    if chart.note:
        yield f"note: {chart.note}"
