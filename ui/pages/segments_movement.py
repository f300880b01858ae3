"""Who moved between two closes, or since the last one: a matrix that ties to opening and closing."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.period import day_label, month_of
from core.segments.movement import Movement
from ui.figure_texts import numbers_of
from ui.pages.segments_data import NOW, SegmentsData
from ui.pages.segments_draft import symbol_of
from ui.theme import current_theme
from ui.widgets.cards import Card
from ui.widgets.fields import ChoiceButton
from ui.widgets.labels import TextLabel, hbox
from ui.widgets.matrix import HEAD_PX, ROW_PX, Cell, MatrixTable
from ui.widgets.states import EmptyState, StateStack

NOBODY = "·"
_TONES = {1: "up", -1: "down", 0: "muted"}


class MovementCard(Card):
    """From rows to columns; a cell opens its customers."""

    span_chosen = Signal(str)

    def __init__(self, on_open: Callable[[list[int], str], object]) -> None:
        self.span = ChoiceButton("")
        legend = QWidget()
        legend.setLayout(
            hbox(
                _Swatch("up"), TextLabel("up", "small"), 4, _Swatch("down"), TextLabel("down", "small"), gap=5
            )
        )
        super().__init__("Movement", actions=(legend, self.span), flush=True)
        self.matrix = MatrixTable("Movement between segments")
        self.states = StateStack(self.matrix)
        self.add(self.states, 1)
        self.span.chosen.connect(self.span_chosen)
        self.matrix.opened.connect(lambda payload: on_open(*payload))
        self._legend = legend
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_movement(self, data: SegmentsData) -> None:
        """Show another scheme or span."""
        movement = data.movement
        self.span.setVisible(len(data.spans) > 1)
        self.span.set_choices(
            [(one.key, one.text) for one in data.spans], current=data.span.key if data.span else ""
        )
        self._legend.setVisible(movement is not None)
        if movement is None:
            self.set_title("Movement", "")
            self.states.show_state(
                EmptyState("No movement to show yet", _why_not(data), icon_name="arrows-clockwise")
            )
            return
        self.states.show_content()
        title = f"Movement, {data.span.text}" if data.span else "Movement"
        self.set_title(title, movement.sentence)
        self.matrix.set_cells(*cells_of(data, movement))

    @property
    def wanted_height(self) -> int:
        """What all rows need."""
        return 46 + HEAD_PX + ROW_PX * len(self.matrix.matrix.cells) + 4


def _why_not(data: SegmentsData) -> str:
    if not data.closes:
        return "Close a month: who moved between two closes shows here from then on."
    return "This scheme is younger than the last close. It takes part from the next close on."


def cells_of(data: SegmentsData, movement: Movement) -> tuple[list[str], list[list[Cell]]]:
    """Titles and cells of a movement, best segment first, with opening and closing counts."""
    numbers = numbers_of(data.figures)
    before, after = (f"{day.day} {day:%b}" for day in (movement.before, movement.after))
    if data.span is not None and data.span.end is None:
        after = NOW.capitalize()
    names = [segment.name for segment in movement.segments]
    titles = [
        f"From {before}, to {after[:1].lower() + after[1:] if after == 'Now' else after}",
        *names,
        "Left",
        before,
    ]

    def cell(start: str, end: str) -> Cell:
        ids = list(movement.cells.get((start, end), ()))
        if not ids:
            return Cell(NOBODY, "muted", f"Nobody went from {start or 'outside'} to {end or 'outside'}.")
        tone = (
            "same"
            if start == end
            else "up"
            if not start
            else "down"
            if not end
            else _TONES[movement.direction(start, end)]
        )
        money = numbers.money(movement.money_after.get((start, end), 0))
        words = _moved_words(len(ids), start, end)
        return Cell(f"{len(ids):,}", tone, f"{words} Net revenue {money}.", payload=(ids, words))  # type: ignore[arg-type]

    rows = []
    for segment in movement.segments:
        opening = Cell(
            f"{movement.opening(segment.name):,}",
            "total",
            f"In {segment.name} on {day_label(movement.before)}",
        )
        name = Cell(segment.name, "name", segment.description, symbol=symbol_of(segment))
        rows.append([name, *(cell(segment.name, end) for end in names), cell(segment.name, ""), opening])
    joined = (
        f"Joined in {movement.after:%B}"
        if month_of(movement.before).shift(1) == month_of(movement.after)
        else "Joined since"
    )
    rows.append(
        [Cell(joined, "muted"), *(cell("", end) for end in names), Cell(NOBODY, "muted"), Cell("–", "muted")]
    )
    rows.append(_totals(movement, names, after))
    return titles, rows


def _totals(movement: Movement, names: list[str], after: str) -> list[Cell]:
    tie = f"{movement.total_before:,} + {movement.joined:,}"
    tie += f" − {movement.left:,}" if movement.left else ""
    closing = [
        Cell(f"{movement.closing(name):,}", "total", f"In {name} on {day_label(movement.after)}")
        for name in names
    ]
    last = Cell(f"{tie} = {movement.total_after:,}", "total", "Customers before, joined, left, and after")
    return [Cell(after, "total"), *closing, Cell(f"{movement.left:,}", "total"), last]


def _moved_words(count: int, start: str, end: str) -> str:
    who = "1 customer" if count == 1 else f"{count:,} customers"
    if start == end:
        return f"{who} stayed in {start}."
    if not start:
        return f"{who} joined {end}."
    return f"{who} left from {start}." if not end else f"{who} moved from {start} to {end}."


class _Swatch(QWidget):
    """A small square in the colour of a direction."""

    def __init__(self, direction: str) -> None:
        super().__init__()
        self._token = "positive" if direction == "up" else "negative"
        self.setFixedSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        painter, theme = QPainter(self), current_theme()
        painter.setPen(QPen(theme.color(f"{self._token}.text"), 1))
        painter.setBrush(theme.color(f"{self._token}.soft"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 2, 2)
