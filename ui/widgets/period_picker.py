"""Chooses the period that all pages show."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QDialog, QMenu, QSizePolicy, QToolButton, QWidget

from core.period import Period, add_months, month_of, twelve_months_to
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, TextLabel, hbox, vbox

MONTHS_OFFERED = 12
LENGTH_WORDS = {1: "month", 3: "quarter", 12: "12 months"}


class PeriodPicker(QToolButton):
    """Shows `Nov 2025 – Oct 2026  12 months` and opens months, quarters, years and a calendar."""

    picked = Signal(object)  # core.period.Period

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("control", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._label = TextLabel("", "body-bold")
        self._length = TextLabel("", "small", tone="muted")
        parts: tuple[QWidget, ...] = (
            IconLabel("calendar-blank"),
            self._label,
            self._length,
            IconLabel("caret-down", size=12),
        )
        self.setLayout(hbox(*parts, gap=8, margins=(10, 0, 10, 0)))
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self._period: Period | None = None
        self._last, self._year_start = month_of(date(2000, 1, 1)), 1

    def show_period(self, period: Period, *, last: Period | None = None, year_start_month: int = 1) -> None:
        """Show a period; `last` is the last month that can be chosen."""
        self._period, self._year_start = period, year_start_month
        self._last = (last or period).last_month()
        self._label.setText(period.label)
        count = period.month_count if period.is_whole_months else 0
        words = LENGTH_WORDS.get(count, f"{count} months" if count and not period.is_everything else "")
        self._length.setText(words if count != 1 else "")
        self._length.setVisible(bool(words) and count != 1)
        self.setAccessibleName(f"Period: {period.label} {words}".strip())
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedSize(layout.sizeHint().width(), current_theme().size("control"))

    def choices(self) -> list[tuple[str, list[tuple[str, Period]]]]:
        """What the menu offers: (heading, periods)."""
        last = self._last
        months = [last.shift(-back) for back in range(MONTHS_OFFERED)]
        quarter_first = add_months(last.start, -((last.start.month - 1) % 3))
        quarters = [
            Period(
                add_months(quarter_first, -3 * back), month_of(add_months(quarter_first, 2 - 3 * back)).end
            )
            for back in range(4)
        ]
        year_first = add_months(last.start, -((last.start.month - self._year_start) % 12))
        years = [
            Period(add_months(year_first, -12 * b), month_of(add_months(year_first, 11 - 12 * b)).end)
            for b in range(3)
        ]
        return [
            ("", [("Last 12 months", twelve_months_to(last.end))]),
            ("Month", [(period.label, period) for period in months]),
            ("Quarter", [(period.label, period) for period in quarters]),
            ("Fiscal year", [(period.label, period) for period in years]),
        ]

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for heading, periods in self.choices():
            target = menu.addMenu(heading) if heading else menu
            for text, period in periods:
                action = target.addAction(text, self._picker(period))
                action.setCheckable(True)
                action.setChecked(period == self._period)
        menu.addSeparator()
        menu.addAction("From and to…", self._ask_dates)

    def _picker(self, period: Period) -> Callable[[], None]:
        return lambda: self.picked.emit(period)

    def _ask_dates(self) -> None:
        assert self._period is not None
        dialog = PeriodDialog(self._period, self.window())
        dialog.picked.connect(self.picked)
        dialog.open()


class PeriodDialog(QDialog):
    """Asks for a first and a last day."""

    picked = Signal(object)

    def __init__(self, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Choose a period")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.first, self.last = QCalendarWidget(), QCalendarWidget()
        for calendar, name, day in (
            (self.first, "First day", period.start),
            (self.last, "Last day", period.end),
        ):
            calendar.setAccessibleName(name)
            calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
            calendar.selectionChanged.connect(self._check)
        self._show = Button("Show period", "primary", clicked=self._pick)
        self._note = TextLabel("", "small", tone="negative")
        columns = hbox(
            vbox(TextLabel("First day", "small-strong", tone="muted"), self.first),
            vbox(TextLabel("Last day", "small-strong", tone="muted"), self.last),
            gap=16,
        )
        foot = hbox(self._note, None, Button("Cancel", clicked=self.reject), self._show)
        self.setLayout(vbox(columns, foot, gap=12, margins=(16, 16, 16, 16)))

    def _check(self) -> None:
        wrong = self.first.selectedDate() > self.last.selectedDate()
        self._note.setText("The last day is before the first." if wrong else "")
        self._show.setDisabled(wrong)

    def _pick(self) -> None:
        first, last = self.first.selectedDate(), self.last.selectedDate()
        self.picked.emit(
            Period(
                date(first.year(), first.month(), first.day()), date(last.year(), last.month(), last.day())
            )
        )
        self.accept()
