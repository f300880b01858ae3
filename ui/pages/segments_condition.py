"""One condition of a rule: field, comparison, value, unit."""

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QDoubleSpinBox, QLineEdit, QMenu, QToolButton, QWidget

from core.segments.field import Field, field_named
from core.segments.rule import WITHOUT_VALUE, Comparison, Condition
from core.unit import Unit
from ui.pages.segments_data import SegmentsData, range_text, values_of
from ui.pages.segments_fields import (
    comparison_choices,
    decimals_in,
    decimals_of,
    field_choices,
    first_condition,
    fitted,
    shown_number,
    stored_number,
    times_choices,
    unit_words,
)
from ui.theme import current_theme
from ui.widgets.buttons import IconButton
from ui.widgets.fields import combo
from ui.widgets.labels import TextLabel, clear_layout, hbox, restyle

JOINING_PX, FIELD_PX, COMPARISON_PX, NUMBER_PX = 30, 172, 134, 72
MONEY_PX = 104
LEAST_FIELD_PX, LEAST_COMPARISON_PX, UNIT_PX = 120, 104, 150
LARGEST = 1e12


class _NoWheel(QObject):
    """A wheel over a field scrolls the page instead of changing the field."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class ConditionRow(QWidget):
    """Shows a condition and changes it; `condition` is what it says now."""

    changed = Signal()
    removed = Signal()

    def __init__(self, condition: Condition, data: SegmentsData, *, joining: str = "") -> None:
        super().__init__()
        self.condition = condition
        self._data = data
        self._wheel = _NoWheel(self)
        self.joining = TextLabel(joining, "body", tone="muted")
        self.joining.setFixedWidth(JOINING_PX)
        self.joining.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._values = hbox(gap=6)
        remove = IconButton("x", "Remove this condition", clicked=self.removed.emit, size=26)
        self.field = combo(self._field_choices(), name="Field", current=condition.field)
        self.field.setMinimumWidth(LEAST_FIELD_PX)
        self.field.setMaximumWidth(FIELD_PX)
        self.comparison = combo([], name="Comparison")
        self.comparison.setMinimumWidth(LEAST_COMPARISON_PX)
        self.comparison.setMaximumWidth(COMPARISON_PX)
        row = hbox(self.joining, self.field, self.comparison, self._values, None, remove, gap=6)
        row.setStretch(1, 4)
        row.setStretch(2, 3)
        row.setStretch(4, 0)
        self.setLayout(row)
        self.numbers: list[QDoubleSpinBox] = []
        self.texts: list[QWidget] = []
        self.unit: QToolButton | None = None
        self._show()
        self.field.activated.connect(self._field_chosen)
        self.comparison.activated.connect(self._comparison_chosen)
        for box in (self.field, self.comparison):
            box.setProperty("tight", True)
            self._quiet(box)

    @property
    def known(self) -> Field:
        """The field that is asked about."""
        return field_named(self.condition.field, self._data.given.fields) or Field(
            self.condition.field, self.condition.field, Unit.TEXT
        )

    def _field_choices(self) -> list[tuple[str, str]]:
        choices = field_choices(self._data.given.fields)
        if self.condition.field not in dict(choices):
            choices.append((self.condition.field, self.condition.field))
        return choices

    # Showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        field = self.known
        self.field.setToolTip(range_text(self._data, field.key))
        self.comparison.clear()
        for key, words in comparison_choices(field):
            self.comparison.addItem(words, key)
        self.comparison.setCurrentIndex(self.comparison.findData(str(self.condition.comparison)))
        clear_layout(self._values)
        self.numbers, self.texts, self.unit = [], [], None
        if self.condition.comparison in WITHOUT_VALUE:
            return
        if field.is_text or self.condition.comparison is Comparison.ONE_OF:
            self._values.addWidget(self._text_field(field))
        elif field.unit is Unit.DATE:
            for place in range(len(self.condition.wanted)):
                self._and(place)
                self._values.addWidget(self._date_field(place))
        else:
            for place in range(len(self.condition.wanted)):
                self._and(place)
                self._values.addWidget(self._number_field(place, field))
            self._show_unit(field)

    def _and(self, place: int) -> None:
        if place:
            self._values.addWidget(TextLabel("and", "body", tone="muted"))

    def _number_field(self, place: int, field: Field) -> QDoubleSpinBox:
        times = bool(self.condition.times)
        box = QDoubleSpinBox()
        box.setAccessibleName(f"Value for {field.label}")
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setRange(-LARGEST, LARGEST)
        text = self.condition.wanted[place]
        decimals = decimals_of(field, self._data.figures.exponent, times=times)
        typed = decimals_in(text, field, times=times)
        box.setDecimals(max(decimals if field.unit is not Unit.MONEY else 0, typed))
        box.setProperty("most", max(decimals, typed))
        box.setGroupSeparatorShown(True)
        box.setSingleStep(0.5 if times else 1.0)
        box.setValue(shown_number(text, field, times=times))
        box.setFixedWidth(MONEY_PX if field.unit is Unit.MONEY else NUMBER_PX)
        box.valueChanged.connect(lambda value, place=place: self._number_typed(place, value))
        self._quiet(box)
        self.numbers.append(box)
        return box

    def _text_field(self, field: Field) -> QWidget:
        wanted = self.condition.wanted
        if self.condition.comparison in {Comparison.IS, Comparison.IS_NOT}:
            box = QComboBox()
            box.setEditable(True)
            box.addItems(values_of(self._data, field.key))
            box.setCurrentText(wanted[0] if wanted else "")
            box.setMinimumWidth(FIELD_PX)
            box.currentTextChanged.connect(lambda text: self._set_wanted((text,)))
            box.setAccessibleName(f"Value for {field.label}")
            self._quiet(box)
            self.texts.append(box)
            return box
        line = QLineEdit(", ".join(wanted))
        line.setPlaceholderText("One, another" if self.condition.comparison is Comparison.ONE_OF else "Words")
        line.setMinimumWidth(FIELD_PX)
        line.setAccessibleName(f"Value for {field.label}")
        line.textChanged.connect(self._text_typed)
        self.texts.append(line)
        return line

    def _date_field(self, place: int) -> QDateEdit:
        day = date.fromisoformat(self.condition.wanted[place])
        edit = QDateEdit(QDate(day.year, day.month, day.day))
        edit.setDisplayFormat("d MMM yyyy")
        edit.setCalendarPopup(True)
        edit.setAccessibleName("Day")
        edit.dateChanged.connect(lambda now, place=place: self._replace(place, now.toString("yyyy-MM-dd")))
        self._quiet(edit)
        self.texts.append(edit)
        return edit

    def _show_unit(self, field: Field) -> None:
        times = times_choices(field, self.condition.comparison, self._data.given.fields)
        plain = unit_words(field, self._data.figures.currency)
        if not times:
            self._values.addWidget(TextLabel(plain, "body", tone="muted"))
            return
        words = dict(times).get(self.condition.times, plain or "…")
        self.unit = QToolButton()
        shown = self.unit.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, UNIT_PX)
        self.unit.setText(shown)
        self.unit.setAccessibleName(f"Unit: {words}")
        self.unit.setToolTip("Choose a plain value or a multiple of another figure of the same customer")
        self.unit.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.unit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.unit.setProperty("control", bool(self.condition.times))
        self.unit.setFont(current_theme().font("body"))
        restyle(self.unit)
        menu = QMenu(self.unit)
        menu.addAction(plain or "a plain number", lambda: self._set_times(""))
        for key, text in times:
            menu.addAction(text, partial(self._set_times, key))
        self.unit.setMenu(menu)
        self._values.addWidget(self.unit)

    # Changing --------------------------------------------------------------------------------------

    def choose_field(self, key: str) -> None:
        """Ask about another field."""
        self.field.setCurrentIndex(self.field.findData(key))
        self._field_chosen()

    def choose_comparison(self, comparison: Comparison) -> None:
        """Compare in another way."""
        self.comparison.setCurrentIndex(self.comparison.findData(str(comparison)))
        self._comparison_chosen()

    def _field_chosen(self) -> None:
        key = str(self.field.currentData())
        if key != self.condition.field:
            self.condition = first_condition(self._data.given.field(key))
            self._show()
            self.changed.emit()

    def _comparison_chosen(self) -> None:
        comparison = Comparison(str(self.comparison.currentData()))
        if comparison is not self.condition.comparison:
            today = self._data.given.as_of.isoformat()
            self.condition = fitted(self.condition, comparison, self.known, today)
            self._show()
            self.changed.emit()

    def _set_times(self, key: str) -> None:
        if key != self.condition.times:
            wanted = self.condition.wanted if not key else ("2",)
            self.condition = Condition(self.condition.field, self.condition.comparison, wanted, key)
            self._show()
            self.changed.emit()

    def _number_typed(self, place: int, value: float) -> None:
        decimals = int(self.numbers[place].property("most"))
        times = bool(self.condition.times)
        self._replace(place, stored_number(value, self.known, decimals=decimals, times=times))

    def _text_typed(self, text: str) -> None:
        if self.condition.comparison is Comparison.ONE_OF:
            self._set_wanted(tuple(part.strip() for part in text.split(",") if part.strip()))
        else:
            self._set_wanted((text,))

    def _replace(self, place: int, text: str) -> None:
        wanted = list(self.condition.wanted)
        wanted[place] = text
        self._set_wanted(tuple(wanted))

    def _set_wanted(self, wanted: tuple[str, ...]) -> None:
        before = self.condition
        self.condition = Condition(before.field, before.comparison, wanted, before.times)
        self.changed.emit()

    def _quiet(self, field: QWidget) -> None:
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self._wheel)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(420, super().sizeHint().height())
