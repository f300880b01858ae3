from dataclasses import replace
from datetime import date

from core.unit import Unit
from reports.content import (
    Annotation,
    Callout,
    Callouts,
    Chart,
    ChartKind,
    Column,
    Columns,
    Definition,
    Definitions,
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Series,
    SideHeading,
    Table,
    TableRow,
)
from reports.text import exact, render_text
from tests.reports.builders import report

SECTION = Section(
    "only",
    "Only section",
    (
        Heading("Sales grew", kicker="Summary"),
        Paragraph("One sentence."),
        KeyFigures((KeyFigure("Revenue", 123_456, Unit.MONEY, key="net_revenue", change=0.125, note="from $1"), KeyFigure("Left", None, Unit.MONEY))),
        Columns(((SideHeading("What works", "**All** of it"),), (Facts((("Source", "Ledger"),), title="Facts"),)), (1, 1)),
        Table(
            (Column("Name"), Column("Money", Unit.MONEY), Column("Share", Unit.RATIO), Column("Day", Unit.DATE)),
            (TableRow(("a\nb", -5, 1 / 3, date(2026, 10, 31))), TableRow(("Rest", None, None, None), kind="muted")),
            ("Total", -5, 1.0, None),
            key="t",
            title="A table",
            note="A note.",
        ),
        Chart(ChartKind.WHALE_CURVE, "A curve", ("one", "two"), (Series("Sum", (100, None)),), note="N.", annotations=(Annotation(1, "Peak"),)),
        Definitions((Definition("Word", "Meaning."),), title="Words"),
        Callouts((Callout("Call", "them", "Ruth"),), title="Next"),
    ),
)  # fmt: skip

EXPECTED = """
== Only section [only]

# Sales grew  (Summary)
One sentence.
Revenue [net_revenue] = 1234.56, change 0.125 ratio, from $1
Left = unknown
What works: **All** of it

-- Facts
Source: Ledger

-- A table [t]
Name | Money | Share | Day
a / b | -0.05 | 0.3333333333333333 | 2026-10-31
muted: Rest | unknown | unknown | unknown
total: Total | -0.05 | 1.0 | unknown
note: A note.

-- A curve (whale curve)
Sum: one 1.00; two unknown
at 1: Peak
note: N.

-- Words
Word: Meaning.

-- Next
Call: them (Ruth)
"""


def test_every_block_is_written_with_its_figures_unrounded() -> None:
    text = render_text(report(sections=(SECTION,), data=(), checks=()))
    assert text.endswith(EXPECTED)


def test_the_head_says_who_what_and_when() -> None:
    lines = render_text(report(draft=True)).splitlines()
    assert lines[:3] == [
        "Customer segment report, October 2026",
        "Alder & Finch Coffee Roasters / Larkspur Bookkeeping",
        "Certified bookkeepers, 14 Mill Row, Portbury",
    ]
    assert "Draft" in lines
    assert "As of: 2026-11-12" in lines
    assert "Prepared by: Dana Whitlock / Larkspur Bookkeeping" in lines


def test_a_cover_may_have_no_chart_and_the_data_follow() -> None:
    text = render_text(report(cover=replace(report().cover, shares=None)))
    assert "Revenue by segment" not in text
    assert "== data" in text
    assert "== checks" in text


def test_money_without_cents_stays_whole() -> None:
    assert exact(1234, Unit.MONEY, 0) == "1234"
    assert exact(-1, Unit.MONEY, 3) == "-0.001"
