"""Scores and names: how a book scores its customers, and what each of the 125 combinations is called."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLayout, QLineEdit, QWidget

from core.analysis.patterns.rfm_names import clean_name, name_problem
from core.analysis.patterns.rfm_table import TABLE, Cell
from ui.dialogs.plain_dialog import PlainDialog
from ui.dialogs.rfm_table_choice import ChoiceRow
from ui.dialogs.rfm_table_draft import Draft, Scorings, customers
from ui.dialogs.rfm_table_grid import NameCell, NamesGrid
from ui.models.column import Column
from ui.segment_marks import segment_marks
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldProblem
from ui.widgets.labels import Rule, TextLabel, hbox, vbox
from ui.widgets.segmented import SegmentedButtons
from ui.widgets.table import simple_table

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH_PX, PREVIEW_PX, NAME_PX = 1080, 344, 220
SCORES = range(1, 6)
VALUES = [(str(score), str(score)) for score in SCORES]
PREVIEW_COLUMNS = [
    Column("segment", "Segment", "segment", width=150),
    Column("before", "Now", "integer", width=56, header_tooltip="Customers as this book scores them now"),
    Column("after", "After", "integer", width=56, header_tooltip="Customers after saving"),
    Column("change", "Change", "signed", width=72),
]


class RfmTableDialog(PlainDialog):
    """Bins, rule and names; shows at once how many customers each segment would have."""

    def __init__(self, scorings: Scorings, parent: QWidget | None = None) -> None:
        super().__init__("Scores and names", "Save", parent, width=WIDTH_PX)
        self.draft = Draft(scorings)
        self.choice = ChoiceRow(self.draft.bins, self.draft.rule)
        self.value = SegmentedButtons(VALUES, name="Value score", current="5")
        self.grid = NamesGrid()
        self.reach = TextLabel("", "small", tone="muted", wrap=True)
        self.name = _name_box()
        self.problem = FieldProblem(self.name)
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.chosen_label = TextLabel("", "small-strong", tone="secondary")
        self.all_values = QCheckBox("At all five value scores")
        self.set_button = Button("Set name", clicked=self.set_name)
        self.reset_button = Button("Reset selected", clicked=self.reset_chosen)
        self.reset_all_button = Button("Reset all", clicked=self.reset_all)
        self.preview = simple_table(
            PREVIEW_COLUMNS, name="Customers in each segment", stretch="segment", row_height=25
        )
        self.moved = TextLabel("", "body-strong", wrap=True)
        self.changed_label = TextLabel("", "small", tone="muted")
        self.foot.insertWidget(0, self.changed_label)
        self._lay_out()
        self._connect()
        self._show_all()
        self.grid.choose([(5, 5)])
        self.grid.setFocus()

    def _lay_out(self) -> None:
        self.body.setSpacing(10)
        self.body.addWidget(self.choice)
        self.body.addWidget(Rule())
        body = hbox(self._names_side(), self._preview_side(), gap=20)
        body.setStretch(0, 1)
        self.body.addLayout(body, 1)

    def _names_side(self) -> QLayout:
        period = f"Customers with an order in {self.draft.scorings.period}"
        head = hbox(
            TextLabel("Names at value score", "body-bold"),
            self.value,
            TextLabel("of recency R and frequency F; 5 is best", "small", tone="muted"),
            None,
            gap=8,
        )
        self.grid.setToolTip(period)
        naming = hbox(self.chosen_label, self.name, self.set_button, self.reset_button, None, gap=8)
        everything = hbox(self.all_values, None, self.reset_all_button, gap=8)
        return vbox(head, self.grid, self.reach, naming, self.problem, self.note, everything, None, gap=8)

    def _preview_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(PREVIEW_PX)
        period = TextLabel(
            f"Customers with an order in {self.draft.scorings.period}", "small", tone="muted", wrap=True
        )
        self.preview.setMinimumHeight(30 + 25 * 11 + 4)
        column = vbox(TextLabel("What changes", "body-bold"), period, self.preview, self.moved, gap=6)
        column.setStretch(2, 1)
        side.setLayout(column)
        return side

    def _connect(self) -> None:
        self.choice.changed.connect(self._show_all)
        self.value.chosen.connect(lambda _key: self._show_all())
        self.grid.chosen.connect(self._show_chosen)
        self.grid.naming_asked.connect(self._go_to_name)
        self.name.activated.connect(lambda _place: self.set_name())
        self._edit.returnPressed.connect(self.set_name)
        self.name.editTextChanged.connect(lambda _text: self._show_problem())
        self.all_values.toggled.connect(lambda _on: self._show_chosen())

    @property
    def _edit(self) -> QLineEdit:
        edit = self.name.lineEdit()
        assert edit is not None
        return edit

    # Changing --------------------------------------------------------------------------------------

    def cells(self) -> list[Cell]:
        """The chosen cells, at one value score or at all."""
        values = SCORES if self.all_values.isChecked() else (int(self.value.current),)
        return [(recency, frequency, value) for recency, frequency in self.grid.places() for value in values]

    def set_name(self) -> None:
        """Give the chosen cells the name in the box, or say what is wrong with it."""
        text, cells = self.name.currentText(), self.cells()
        problem = name_problem(text)
        self.problem.say(problem)
        if not problem and cells:
            note = self.note.text()
            self.draft.name_cells(cells, text)
            self._show_all()
            self._say(note)

    def reset_chosen(self) -> None:
        """Give the chosen cells their usual names back."""
        self.draft.reset_cells(self.cells())
        self._show_all()

    def reset_all(self) -> None:
        """Give all 125 cells their usual names back."""
        self.draft.reset_cells(TABLE)
        self._show_all()

    def _go_to_name(self) -> None:
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()

    # Showing ---------------------------------------------------------------------------------------

    def _show_all(self) -> None:
        draft = self.draft
        draft.bins, draft.rule = self.choice.bins, self.choice.rule
        names = draft.names
        marks = segment_marks(names)
        value = int(self.value.current)
        self.grid.show_cells([[_cell(draft, (r, f, value), marks) for f in SCORES] for r in reversed(SCORES)])
        self.reach.setText(draft.reach_words())
        self.reach.setVisible(bool(self.reach.text()))
        self._show_preview()
        self._offer(names)
        self._show_chosen()
        changed = len(draft.changed)
        self.changed_label.setText(_changed_words(changed))
        self.reset_all_button.setEnabled(changed > 0)
        self.accept_button.setEnabled(draft.is_changed)
        self.accept_button.setToolTip("" if draft.is_changed else "Nothing is changed yet")

    def _show_preview(self) -> None:
        counts = self.draft.counts()
        marks = segment_marks([name for name, _, _ in counts])
        self.preview.table_model.set_rows(
            {
                "segment": [(marks[name], name) for name, _, _ in counts],
                "before": [before for _, before, _ in counts],
                "after": [after for _, _, after in counts],
                "change": [after - before or None for _, before, after in counts],
            }
        )
        self.moved.setText(self.draft.moved_words())

    def _offer(self, names: "Sequence[str]") -> None:
        if [self.name.itemText(place) for place in range(self.name.count())] != list(names):
            self.name.blockSignals(True)
            self.name.clear()
            self.name.addItems(list(names))
            self.name.blockSignals(False)

    def _show_chosen(self) -> None:
        """The name of the chosen cells; none where they have several."""
        cells, table = self.cells(), self.draft.table
        own = {table[cell] for cell in cells}
        self._edit.setPlaceholderText("Several names" if len(own) > 1 else "Choose cells first")
        self.name.setEditText(next(iter(own)) if len(own) == 1 else "")
        self.problem.say("")
        count = "1 cell" if len(cells) == 1 else f"{len(cells):,} cells"
        self.chosen_label.setText(f"Name of {count}" if cells else "No cell chosen")
        for part in (self.name, self.set_button):
            part.setEnabled(bool(cells))
        self.reset_button.setEnabled(any(table[cell] != TABLE[cell] for cell in cells))

    def _show_problem(self) -> None:
        text = self.name.currentText()
        self.problem.say(name_problem(text) if text else "")
        spelled = self.draft.spelled(set(self.cells()), text)
        other = spelled != clean_name(text)
        self._say(f"There is '{spelled}' already, spelled so: the cells join it." if other else "")

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))


def _changed_words(count: int) -> str:
    if not count:
        return "Every cell has its usual name."
    return f"{count:,} of 125 cells {'has' if count == 1 else 'have'} another name than usual: marked by a corner."


def _name_box() -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setCompleter(None)  # type: ignore[arg-type] # else 'Lo' would become 'Loyal' by itself
    box.setAccessibleName("Name of the chosen cells")
    box.setFixedWidth(NAME_PX)
    box.setToolTip("Choose a name or type your own, then press Enter")
    return box


def _cell(draft: Draft, cell: Cell, marks: dict[str, int]) -> NameCell:
    name, now = draft.table[cell], draft.now
    count, reached = now.counts[cell], now.can_reach(cell)
    recency, frequency, value = cell
    words = f"Recency {recency}, frequency {frequency}, value {value}: {name}.\n"
    if reached:
        words += f"{customers(count)} with these scores in {draft.scorings.period}."
    else:
        words += f"With {now.bins} {'bin' if now.bins == 1 else 'bins'} nobody can have these scores."
    if name != TABLE[cell]:
        words += f"\nUsual name: {TABLE[cell]}."
    return NameCell(
        name,
        tooltip=words,
        symbol=marks[name],
        customers=count,
        changed=name != TABLE[cell],
        reached=reached,
    )
