"""A report as a value: frozen blocks that PDF, workbook, preview and golden text all render alike.

Amounts are minor units, ratios fractions (0.25 is 25 %), unknown is None. Nothing here knows a page or a cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.unit import Unit

Value = int | float | str | date | None


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a section's page, its kicker stands small above it."""

    text: str
    level: int = 1
    kicker: str = ""
    kicker_segment: int | None = None  # palette index that colours the kicker


@dataclass(frozen=True)
class Paragraph:
    """Plain text; `lead` is the sentence below a section's heading. Runs between ** are bold."""

    text: str
    lead: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """One tile: name, value, and how it changed."""

    name: str
    value: Value
    unit: Unit
    key: str = ""  # stable name, e.g. "net_revenue": the figure can be read back from any rendering
    change: float | None = None  # ratio, or points/count by change_unit; None: no comparison
    change_unit: Unit = Unit.RATIO
    note: str = ""  # "from $1,156,744"
    good_when_up: bool = True


@dataclass(frozen=True)
class KeyFigures:
    """A row of at most eight tiles."""

    figures: tuple[KeyFigure, ...]
    columns: int = 3


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    title: str
    unit: Unit = Unit.TEXT
    key: str = ""
    width: float = 1.0  # relative
    strong: bool = False
    cents: bool = False  # money with its decimals (reconciliation) instead of whole units
    sum_: bool = False  # the total is the sum of the column: a live formula in the workbook
    ratio_of: tuple[str, str] | None = None  # keys of two columns: the total is the quotient of their sums


@dataclass(frozen=True)
class TableRow:
    """One row; a segment row carries its palette index, a group row spans the table."""

    cells: tuple[Value, ...]
    segment: int | None = None  # palette index: symbol and colour before the first cell
    kind: str = "row"  # "row", "group", "subtotal", "muted"


@dataclass(frozen=True)
class Table:
    """Rows and an optional total, with a stable key that names the workbook's table."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[Value, ...] | None = None
    key: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Series:
    """Values of one series, one for each category; None leaves a gap."""

    name: str
    values: tuple[float | int | None, ...]
    segment: int | None = None


class ChartKind(StrEnum):
    """How a chart is drawn."""

    BARS_COMPARED = "bars compared"  # series[0] bars, series[1] dashed line; the last bar stands out
    WHALE_CURVE = "whale curve"  # series[0] cumulative profit over ranked customers
    WATERFALL = "waterfall"  # series[0] signed steps; totals named in `totals`
    SHARES = "shares"  # stacked 100 % bars: one category a bar, one series a segment
    HORIZONTAL_BARS = "horizontal bars"  # series[0], one bar a category, coloured by segments


@dataclass(frozen=True)
class Annotation:
    """A label on a chart at a category index."""

    index: int
    text: str
    detail: str = ""


@dataclass(frozen=True)
class Chart:
    """One chart for pyqtgraph, the PDF and the workbook alike."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = Unit.MONEY
    note: str = ""
    key: str = ""
    totals: tuple[int, ...] = ()  # waterfall: indices of categories that are running totals
    segments: tuple[int | None, ...] = ()  # palette index of each category, where it has one
    category_units: tuple[Unit, ...] = ()  # of each category, where they are of different kinds
    annotations: tuple[Annotation, ...] = ()

    def unit_of(self, category: int) -> Unit:
        """In what a category is counted."""
        return self.category_units[category] if self.category_units else self.unit


@dataclass(frozen=True)
class Definition:
    """A word and what it means here."""

    term: str
    text: str
    segment: int | None = None


@dataclass(frozen=True)
class Definitions:
    """A list of definitions in one or two columns."""

    entries: tuple[Definition, ...]
    title: str = ""
    columns: int = 2


@dataclass(frozen=True)
class Facts:
    """Label and value pairs on a quiet panel (sources, sign-off, fingerprint)."""

    pairs: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True)
class Callout:
    """One of up to three cards side by side: a title, a sentence and who by when."""

    title: str
    text: str
    footer: str = ""
    segment: int | None = None


@dataclass(frozen=True)
class Callouts:
    """A row of cards."""

    cards: tuple[Callout, ...]
    title: str = ""


@dataclass(frozen=True)
class Columns:
    """Blocks side by side; widths are relative."""

    columns: tuple[tuple["Block", ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class SideHeading:
    """A short bold label left of a paragraph ("What is working")."""

    label: str
    text: str


Block = (
    Heading | Paragraph | KeyFigures | Table | Chart | Definitions | Facts | Callouts | Columns | SideHeading
)


@dataclass(frozen=True)
class Section:
    """One section of the pack; it begins on a new page."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Branding:
    """Whose report it is; logos are the bytes of a PNG, b"" for none."""

    firm_name: str
    client_name: str
    accent: str  # "#23395B"
    firm_logo: bytes = b""
    client_logo: bytes = b""


@dataclass(frozen=True)
class SegmentStyle:
    """A segment's name and its place in the palette (colour and symbol)."""

    name: str
    palette: int


@dataclass(frozen=True)
class Cover:
    """What the first page says."""

    title: str
    period_label: str
    what_it_is: str
    prepared_for: str
    prepared_by: str
    date_and_basis: str
    shares: Chart | None = None


@dataclass(frozen=True)
class Report:
    """The whole pack, the same for every rendering."""

    cover: Cover
    sections: tuple[Section, ...]
    branding: Branding
    currency: str
    exponent: int
    currency_name: str
    tie_out_line: str  # "Income and costs agree with the general ledger, see page 8." or what does not
    period_key: str
    created: date  # the as-of date, never the clock
    fingerprint: str
    segments: tuple[SegmentStyle, ...] = ()
    draft: bool = False
    paper: str = "A4"  # or "Letter"
    data: tuple[Table, ...] = ()  # workbook only: Customers, Products, Monthly, Data, ...
    checks: tuple[Table, ...] = ()  # workbook only: two sides and a difference that must be 0

    def blocks(self) -> Iterator[Block]:
        """Yield every block of every section, columns opened up."""
        for section in self.sections:
            yield from _opened(section.blocks)


def _opened(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Columns):
            for column in block.columns:
                yield from _opened(column)
        else:
            yield block
