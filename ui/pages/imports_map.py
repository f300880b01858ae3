"""Step 3: which column holds what, and what the values do not prove."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.importing.importer import ColumnMapping
from core.importing.issue import Question
from ui.pages.imports_mapping_data import MappingData, answered
from ui.pages.imports_texts import choice_text
from ui.theme import current_theme
from ui.widgets.cards import Card
from ui.widgets.fields import combo
from ui.widgets.labels import TextLabel, clear_layout, vbox
from ui.widgets.page import scrolling

NOT_THERE = "Not in this file"
ROW_PX = 38
FIELD_PX, COLUMN_PX = 280, 240


class MapStep(QWidget):
    """Questions on the top, then a table: field, column of the file, sample values."""

    def __init__(self) -> None:
        super().__init__()
        self._data: MappingData | None = None
        self._columns: dict[str, QComboBox] = {}
        self._answers: dict[str, QButtonGroup] = {}
        self.problem = TextLabel("", "body", tone="negative", wrap=True)
        self.problem.hide()
        self._questions = QVBoxLayout()
        self._questions.setSpacing(12)
        self.table = _make_table()
        self.table_card = Card(
            "Columns",
            "Which column of the file holds what. The answers are kept for the next export.",
            flush=True,
        )
        self.table_card.add(self.table, 1)
        self.table_card.setMinimumHeight(320)
        content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(12)
        content.addLayout(self._questions)
        content.addWidget(self.problem)
        content.addWidget(self.table_card, 1)
        content.addStretch(0)
        self.setLayout(vbox(scrolling(content)))

    def show_mapping(self, data: MappingData, problem: str = "") -> None:
        """Ask about a file."""
        self._data = data
        self.say(problem or data.open_columns)
        self._show_questions(data.questions)
        self.table_card.setVisible(bool(data.fields))
        self._show_columns(data)

    def say(self, problem: str) -> None:
        """Say what is wrong with the mapping as it is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def mapping(self) -> ColumnMapping:
        """What was chosen."""
        assert self._data is not None
        columns = {name: str(box.currentData() or "") for name, box in self._columns.items()}
        return answered(self._data, columns, self.answers())

    def answers(self) -> dict[str, str]:
        """The answers to the questions, by what was asked."""
        found = {}
        for name, group in self._answers.items():
            button = group.checkedButton()
            if button is not None:
                found[name] = str(button.property("choice"))
        return found

    @property
    def is_answered(self) -> bool:
        """Whether every question has an answer."""
        return len(self.answers()) == len(self._answers)

    def answer(self, field: str, choice: str) -> None:
        """Choose an answer, as a click does."""
        for button in self._answers[field].buttons():
            if button.property("choice") == choice:
                button.setChecked(True)

    def choose_column(self, field: str, label: str) -> None:
        """Choose the column of a field; '' takes it out."""
        box = self._columns[field]
        box.setCurrentIndex(box.findData(label))

    # Parts -----------------------------------------------------------------------------------------

    def _show_questions(self, questions: tuple[Question, ...]) -> None:
        clear_layout(self._questions)
        self._answers = {}
        for question in questions:
            if question.field not in self._answers:  # one answer holds for every column of its kind
                self._questions.addWidget(self._question_card(question))

    def _question_card(self, question: Question) -> Card:
        card = Card(edge="warning")
        card.add(TextLabel(question.text, "body-bold", wrap=True))
        if question.evidence:
            card.add(TextLabel(f"What was seen: {question.evidence}", "body", tone="secondary", wrap=True))
        group = QButtonGroup(card)
        for choice in question.choices:
            button = QRadioButton(choice_text(choice))
            button.setProperty("choice", choice)
            button.setAccessibleName(f"{question.text} {choice_text(choice)}")
            group.addButton(button)
            card.add(button)
        self._answers[question.field] = group
        return card

    def _show_columns(self, data: MappingData) -> None:
        self._columns = {}
        self.table.setRowCount(len(data.fields))
        choices = [("", NOT_THERE), *((label, label) for label in data.labels)]
        for row, field in enumerate(data.fields):
            words = field.title.removeprefix("the ").removeprefix("a ")
            words = words[:1].upper() + words[1:]
            chosen = data.mapping.columns.get(field.name, "")
            label = TextLabel(words, "body-strong" if chosen else "body")
            label.setContentsMargins(14, 0, 0, 0)
            self.table.setCellWidget(row, 0, label)
            box = combo(choices, name=f"Column with {field.title}", current=chosen)
            box.currentIndexChanged.connect(
                lambda _i, row=row, box=box: self._show_sample(row, str(box.currentData()))
            )
            self._columns[field.name] = box
            holder = QWidget()
            holder.setLayout(vbox(box, margins=(8, 3, 8, 4)))
            self.table.setCellWidget(row, 1, holder)
            self._show_sample(row, chosen)

    def _show_sample(self, row: int, label: str) -> None:
        text = self._data.samples.get(label, "") if self._data is not None else ""
        item = QTableWidgetItem(text)
        item.setForeground(current_theme().color("text.muted"))
        item.setToolTip(text)
        self.table.setItem(row, 2, item)


def _make_table() -> QTableWidget:
    table = QTableWidget(0, 3)
    table.setAccessibleName("Columns of the file")
    table.setHorizontalHeaderLabels(["  What Quintile needs", "Column in the file", "First values"])
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_PX)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setFont(current_theme().font("small-strong"))
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    table.setColumnWidth(0, FIELD_PX)
    table.setColumnWidth(1, COLUMN_PX)
    return table
