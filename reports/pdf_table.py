"""Tables: rows of 19 points, figures in line, the head repeated on each page, no row ever split."""

from dataclasses import dataclass
from functools import cached_property

from core.unit import Unit
from reports.content import Table, TableRow, Value
from reports.pdf_flow import Piece
from reports.pdf_grid import GAP, SYMBOL, Grid, fit_grid, is_figure, is_negative
from reports.pdf_pen import Pen
from reports.pdf_setting import Setting, heading_piece
from reports.pdf_words import Face, Line, lines_of, shorten, write_lines
from reports.style import size

ROW = 19.0
_MORE = 11.5  # height of each further line in a row
_MOST_LINES = 6
_BASELINE = 12.75
_RED = {Unit.MONEY, Unit.RATIO, Unit.POINTS, Unit.NUMBER}


def table_pieces(table: Table, setting: Setting, width: float) -> list[Piece]:
    """Title, head, rows, total and note."""
    grid = fit_grid(table, setting, width)
    rows = _Rows(table, setting, grid, width)
    pieces = [heading_piece(table.title, setting, width)] if table.title else []
    head = rows.head(before=0.0 if table.title else 8.0)
    pieces.append(head)
    for at, row in enumerate(table.rows):
        # The first row stays with the second, the last but one with the last, the last with the total.
        keep = at == 0 or at >= len(table.rows) - 2
        last = at == len(table.rows) - 1
        pieces.append(rows.row(row, head=head, keep=keep and not (last and table.totals is None), last=last))
    if table.totals is not None:
        pieces.append(rows.total(table.totals, head=head))
    if table.note:
        pieces += _note(table.note, setting, width, after=pieces)
    return pieces


def _note(note: str, setting: Setting, width: float, *, after: list[Piece]) -> list[Piece]:
    face = Face(size("caption"), setting.style.muted, strong_colour=setting.style.text, leading=11.5)
    lines = lines_of(setting.words(note), width, face, setting.faces, most=12)
    last = after.pop()
    kept = Piece(last.height, last.draw, before=last.before, keep=True, head=last.head)
    return [
        kept,
        Piece(11.5 * len(lines) + 4, lambda pen, x, y: write_lines(pen, x, y + 12, lines, face), before=2.0),
    ]


@dataclass(frozen=True)
class _Rows:
    """Makes the pieces of one table."""

    table: Table
    setting: Setting
    grid: Grid
    width: float

    @cached_property
    def _head_face(self) -> Face:
        colour = self.setting.style.muted
        return Face(min(8.25, self.grid.size), colour, "medium", strong_colour=colour, leading=10.5)

    def head(self, *, before: float) -> Piece:
        """Column titles above a rule; a title wider than its column takes more lines."""
        face, faces, style = self._head_face, self.setting.faces, self.setting.style
        titles = [
            lines_of(column.title, wide, face, faces, most=3)
            for column, wide in zip(self.table.columns, self.grid.widths, strict=True)
        ]
        most = max(map(len, titles), default=1)
        height = ROW + 10.5 * (most - 1)

        def draw(pen: Pen, x: float, y: float) -> None:
            for at, lines in enumerate(titles):
                for number, line in enumerate(lines):
                    base = y + 12 + 10.5 * (most - len(lines) + number)
                    text = "".join(part for part, _ in line)
                    left, right = x + self.grid.lefts[at], x + self.grid.lefts[at] + self.grid.widths[at]
                    figures = is_figure(self.table.columns[at])
                    pen.text(
                        right if figures else left,
                        base,
                        text,
                        size=face.size,
                        colour=face.colour,
                        weight="medium",
                        align="right" if figures else "left",
                    )
            pen.line((x, y + height), (x + self.width, y + height), colour=style.axis, width=0.75)

        return Piece(height, draw, before=before, keep=True)

    def row(self, row: TableRow, *, head: Piece, keep: bool, last: bool) -> Piece:
        """One row with the rule below it; the last leaves that rule to the total."""
        strong = row.kind in {"subtotal", "group"}
        muted = row.kind == "muted"
        cells = row.cells[:1] if row.kind == "group" else row.cells
        laid, height = self._laid(
            cells, strong=strong, muted=muted, symbol=row.segment is not None, span=row.kind == "group"
        )
        style = self.setting.style
        rule_above = row.kind == "subtotal"
        rule_below = not (last and self.table.totals is not None)

        def draw(pen: Pen, x: float, y: float) -> None:
            if rule_above:
                pen.line((x, y), (x + self.width, y), colour=style.text, width=0.75)
            if row.segment is not None:
                pen.symbol(x + 3.4, y + _BASELINE - 3.1, row.segment, style.segment(row.segment))
            self._cells(pen, x, y, cells, laid, strong=strong, blank=row.kind != "row", muted=muted)
            if rule_below:
                pen.line((x, y + height), (x + self.width, y + height), colour=style.grid)

        return Piece(height, draw, keep=keep or row.kind == "group", head=head)

    def total(self, totals: tuple[Value, ...], *, head: Piece) -> Piece:
        """The total below its rule in the text's colour."""
        laid, height = self._laid(totals, strong=True, muted=False, symbol=False, span=False)

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.line((x, y), (x + self.width, y), colour=self.setting.style.text, width=0.75)
            self._cells(pen, x, y, totals, laid, strong=True, blank=True, muted=False)

        return Piece(height, draw, head=head)

    def _face(self, *, strong: bool, muted: bool) -> Face:
        style = self.setting.style
        colour = style.muted if muted else style.text
        weight = "semibold" if strong else "regular"
        return Face(self.grid.size, colour, weight, strong_colour=style.text, leading=_MORE)

    def _laid(
        self, cells: tuple[Value, ...], *, strong: bool, muted: bool, symbol: bool, span: bool
    ) -> tuple[dict[int, list[Line]], float]:
        """Lines of each text cell, and the height of the row."""
        laid: dict[int, list[Line]] = {}
        for at, (cell, column) in enumerate(zip(cells, self.table.columns, strict=False)):
            if is_figure(column) or not isinstance(cell, str):
                continue
            wide = self.width if span else self.grid.widths[at]
            if at == 0 and symbol:
                wide -= SYMBOL
            face = self._face(strong=strong or column.strong, muted=muted)
            laid[at] = lines_of(self.setting.words(cell), wide, face, self.setting.faces, most=_MOST_LINES)
        most = max(map(len, laid.values()), default=1)
        return laid, ROW + _MORE * (most - 1)

    def _cells(
        self,
        pen: Pen,
        x: float,
        y: float,
        cells: tuple[Value, ...],
        laid: dict[int, list[Line]],
        *,
        strong: bool,
        blank: bool,
        muted: bool,
    ) -> None:
        indent = SYMBOL if self.grid.symbols and not blank else 0.0
        for at, (cell, column) in enumerate(zip(cells, self.table.columns, strict=False)):
            left = x + self.grid.lefts[at] + (indent if at == 0 else 0.0)
            face = self._face(strong=strong or column.strong, muted=muted)
            if at in laid:
                write_lines(pen, left, y + _BASELINE, laid[at], face)
            elif cell is not None or not blank:
                self._figure(pen, x, y, at, cell, face)

    def _figure(self, pen: Pen, x: float, y: float, at: int, cell: Value, face: Face) -> None:
        column = self.table.columns[at]
        text = self.grid.text(cell, column)
        right = x + self.grid.lefts[at] + self.grid.widths[at]
        negative = is_negative(cell)
        if self.grid.brackets[at] and not text.endswith(")"):
            right -= self.setting.faces.width(")", face.weight, face.size)
        figure_size, room = face.size, self.grid.widths[at] + GAP / 2
        while figure_size > 3 and self.setting.faces.width(text, face.weight, figure_size) > room:
            figure_size -= 0.25
        if isinstance(cell, str):
            text = shorten(text, room, face.weight, figure_size, self.setting.faces)
        colour = self.setting.style.loss if negative and column.unit in _RED else face.colour
        if cell is None:
            colour = self.setting.style.muted
        pen.text(
            right, y + _BASELINE, text, size=figure_size, colour=colour, weight=face.weight, align="right"
        )
