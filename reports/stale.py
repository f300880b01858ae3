"""Figures in the bookkeeper's own words that the report no longer says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    SideHeading,
    Table,
)
from reports.numbers import Numbers, change_text
from reports.printed import printed_blocks

# Digits with their grouping, what stands before them, and a per cent sign or what is counted after them.
_FIGURE = re.compile(
    r"(?P<sign>[^\s\w.,;:()“”'’*-]|[A-Z]{3}\s)?(?P<digits>\d(?:[\d,]*\d)?(?:\.\d+)?)"
    r"(?P<percent>\s?%)?(?P<counted>\s(?:customers?|orders?)\b)?"
)


@dataclass(frozen=True)
class StaleFigure:
    """A figure in a section's text that stands nowhere in the report."""

    section: str
    figure: str  # as it is written


def stale_figures(
    section: str, text: str, blocks: Iterable[Block], numbers: Numbers
) -> Iterator[StaleFigure]:
    """Find amounts, shares and counts in a text that the generated blocks do not print.

    Plain numbers that look like no figure of the report (a year, "in 2 weeks") are left alone.
    """
    printed = set()
    for line in _printed(printed_blocks(blocks, numbers.exponent), numbers):
        printed |= {match["digits"] for match in _FIGURE.finditer(line)}
    for match in figures_in(text):
        if match["digits"] not in printed:
            yield StaleFigure(section, match[0].strip())


def figures_in(text: str) -> Iterator[re.Match[str]]:
    """Find what looks like a figure of the report: an amount, a share, or a count of something."""
    for match in _FIGURE.finditer(text):
        digits = match["digits"]
        if match["sign"] or match["percent"] or match["counted"] or "," in digits or "." in digits:
            yield match


def _printed(blocks: Iterable[Block], numbers: Numbers) -> Iterator[str]:  # noqa: C901 - one arm a block
    for block in blocks:
        match block:
            case Heading(text) | Paragraph(text):
                yield text
            case SideHeading(label, text):
                yield f"{label} {text}"
            case KeyFigures(figures):
                for figure in figures:
                    yield f"{numbers.write(figure.value, figure.unit)} {change_text(figure)} {figure.note}"
            case Table():
                yield from _cells(block, numbers)
            case Chart():
                yield from (numbers.write(v, block.unit) for series in block.series for v in series.values)
                yield from (f"{label.text} {label.detail}" for label in block.annotations)
            case Definitions(entries):
                yield from (entry.text for entry in entries)
            case Facts(pairs):
                yield from (text for _, text in pairs)
            case Callouts(cards):
                yield from (f"{card.title} {card.text}" for card in cards)
            case Columns(columns):
                for column in columns:
                    yield from _printed(column, numbers)


def _cells(table: Table, numbers: Numbers) -> Iterator[str]:
    for cells in (*(row.cells for row in table.rows), table.totals or ()):
        for value, column in zip(cells, table.columns, strict=False):
            yield numbers.write(value, column.unit, cents=column.cents)
