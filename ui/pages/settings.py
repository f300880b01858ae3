"""Settings: the client, the firm, how orders are counted, and what is kept on this computer."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ui.page_spec import PageSpec
from ui.session import Session
from ui.settings_fields import (
    FIELDS,
    GROUPS,
    SettingField,
    kept_values,
    problems,
    set_elsewhere,
    shown_values,
)
from ui.theme import theme_notifier
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import FieldProblem, combo, labelled
from ui.widgets.labels import TextLabel, clear_layout, hbox, vbox
from ui.widgets.messages import InlineMessage
from ui.widgets.page import Page

GAP_PX = 12
SENTENCE = "Kept in this book. Nothing changes before Save."
THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))


class SettingRow(QWidget):
    """A field with its label, what it means, what is wrong with it, and what a change moves."""

    edited = Signal()

    def __init__(self, field: SettingField) -> None:
        super().__init__()
        self.field = field
        self.input: QLineEdit | QComboBox
        if field.choices:
            self.input = combo(field.choices, name=field.label)
            self.input.currentIndexChanged.connect(lambda _place: self.edited.emit())
        else:
            self.input = QLineEdit()
            self.input.setPlaceholderText(field.placeholder)
            self.input.textEdited.connect(lambda _text: self.edited.emit())
        self.problem = FieldProblem(self.input)
        self.moves = TextLabel(f"Changes: {field.moves}", "small", tone="info", wrap=True)
        self.moves.hide()
        explained = TextLabel(field.explained, "small", tone="muted", wrap=True)
        self.setLayout(vbox(labelled(field.label, self.input), explained, self.problem, self.moves, gap=4))

    @property
    def value(self) -> str:
        """What is entered."""
        if isinstance(self.input, QComboBox):
            return str(self.input.currentData())
        return self.input.text()

    def show_value(self, value: str) -> None:
        """Show a value without saying that it was edited."""
        self.input.blockSignals(True)
        if isinstance(self.input, QComboBox):
            self.input.setCurrentIndex(self.input.findData(value))
        else:
            self.input.setText(value)
        self.input.blockSignals(False)


class SettingsPage(Page):
    """A form; nothing is kept before Save, and what was saved can be taken back."""

    def __init__(self, session: Session) -> None:
        self.revert_button = Button("Revert", icon_name="arrow-counter-clockwise", clicked=self.revert)
        self.save_button = Button("Save", "primary", icon_name="floppy-disk", clicked=self.save)
        super().__init__("Settings", SENTENCE, actions=(self.revert_button, self.save_button), scrolls=True)
        self.session = session
        self.rows = {field.name: SettingRow(field) for field in FIELDS}
        for row in self.rows.values():
            row.edited.connect(self._check)
        client, report, orders = (self._card(title, fields) for title, fields in GROUPS)
        self.add_row(_column(client, orders, self._computer_card()), _column(report, self._patterns_card()))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self.save)
        session.figures_changed.connect(self._follow)
        session.book_changed.connect(self.revert)
        theme_notifier().changed.connect(self._show_theme)
        self.revert()

    def _card(self, title: str, fields: tuple[SettingField, ...]) -> Card:
        card = Card(title)
        for field in fields:
            card.add(self.rows[field.name])
            card.body.addSpacing(GAP_PX // 2)
        return card

    def _patterns_card(self) -> Card:
        """What is set where its result can be seen; here it is only told."""
        card = Card("Scores, classes and lifetime value", "set on Patterns")
        self.patterns_button = Button(
            "Open Patterns", "quiet", clicked=lambda: self.session.open_page("patterns")
        )
        card.add_action(self.patterns_button)
        self._told = QVBoxLayout()
        card.add(self._told)
        return card

    def _computer_card(self) -> Card:
        card = Card("This computer")
        self.theme = combo(THEMES, name="Theme", current=theme_notifier().choice)
        self.theme.currentIndexChanged.connect(lambda _place: self._choose_theme())
        self.backup_button = Button("Back up now", icon_name="floppy-disk", clicked=self.back_up)
        self.backup_button.setToolTip("Copy the book beside itself, with the date in its name, and verify it")
        self.file = TextLabel("", "small", tone="muted", wrap=True)
        card.add(labelled("Theme", self.theme))
        card.body.addSpacing(GAP_PX // 2)
        card.add(TextLabel("This book’s file", "small-strong", tone="secondary"))
        card.add(self.file)
        card.add(hbox(self.backup_button, None))
        return card

    # Filling ---------------------------------------------------------------------------------------

    @property
    def values(self) -> dict[str, str]:
        """What is entered, by setting."""
        return {name: row.value for name, row in self.rows.items()}

    @property
    def changes(self) -> dict[str, str]:
        """What Save would keep."""
        return kept_values(self.values, self.session.settings) if self.session.settings else {}

    def revert(self) -> None:
        """Show what the book keeps."""
        settings, path = self.session.settings, self.session.book_path
        if not settings:
            return
        for name, value in shown_values(settings).items():
            self.rows[name].show_value(value)
        clear_layout(self._told)
        for label, text in set_elsewhere(settings):
            title = TextLabel(label, "small-strong", tone="secondary")
            title.setFixedWidth(120)
            row = hbox(title, TextLabel(text, "small", wrap=True), gap=8)
            row.setStretch(1, 1)
            self._told.addLayout(row)
        self.file.setText(str(path) if path is not None else "")
        self._check()

    def _follow(self) -> None:
        """The book is another: show it, unless somebody is just editing."""
        if self.save_button.isEnabled() or any(not row.problem.isHidden() for row in self.rows.values()):
            self._check()
        else:
            self.revert()

    def _check(self) -> None:
        wrong, changes = problems(self.values), self.changes
        reason = self.session.read_only_reason
        for name, row in self.rows.items():
            row.problem.say(wrong.get(name, ""))
            row.moves.setVisible(name in changes and name not in wrong)
            row.input.setDisabled(bool(reason))
            row.input.setToolTip(reason)
        self._fix_currency()
        edited = bool(changes) or bool(wrong)
        self.save_button.setEnabled(bool(changes) and not wrong and not reason)
        self.revert_button.setEnabled(edited and not reason)
        hint = "Mend what is marked first" if wrong else "Nothing was changed" if not changes else ""
        self.save_button.setToolTip(reason or hint or "Keep the settings (Ctrl S)")
        self.header.set_sentence(reason or SENTENCE)

    def _fix_currency(self) -> None:
        loaded = self.session.loaded
        if loaded is not None and loaded.imports:
            field = self.rows["currency"].input
            field.setDisabled(True)
            field.setToolTip("Amounts were imported in this currency; another one needs a new book.")

    # Doing -----------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep what was changed."""
        if self.save_button.isEnabled():
            before = {name: self.session.settings[name] for name in self.changes}
            self._keep(self.changes, before)

    def _keep(self, changes: Mapping[str, str], before: Mapping[str, str]) -> None:
        from core.usecases.books import change_settings

        self.save_button.setEnabled(False)
        self.session.run(
            lambda book, _progress: change_settings(book, changes),
            lambda _nothing: self._saved(changes, before),
            title="Saving the settings",
            on_error=self._not_saved,
            changes_book=True,
            cancellable=False,
        )

    def _saved(self, changes: Mapping[str, str], before: Mapping[str, str]) -> None:
        names = [field.label for field in FIELDS if field.name in changes]
        self.session.settings = {**self.session.settings, **changes}
        self.revert()
        words = f"{', '.join(names)}. Every page follows."
        undo = InlineMessage(
            "success",
            "Settings saved.",
            words,
            action="Undo",
            on_action=lambda: self._keep(before, changes),
        )
        self.messages.post(undo)

    def _not_saved(self, error: Exception) -> None:
        self._check()
        self.session.report(error)

    def back_up(self) -> None:
        """Copy the book to a verified backup beside it."""
        from core.usecases.books import back_up

        self.session.run(
            lambda book, _progress: back_up(book),
            lambda path: self.messages.post(InlineMessage("success", "Backed up and verified.", str(path))),
            title="Backing up",
            cancellable=False,
        )

    def _choose_theme(self) -> None:
        key = f"shell.theme.{self.theme.currentData()}"
        if self.session.actions.has(key):
            self.session.actions.action(key).trigger()

    def _show_theme(self) -> None:
        self.theme.blockSignals(True)
        self.theme.setCurrentIndex(self.theme.findData(theme_notifier().choice))
        self.theme.blockSignals(False)


def _column(*cards: Card) -> QVBoxLayout:
    return vbox(*cards, None, gap=GAP_PX)


PAGE = PageSpec(
    "settings", "Settings", "gear", "foot", "Ctrl+,", SettingsPage, order=30, help_topic="command-line"
)
