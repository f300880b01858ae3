"""The bookkeeper's own words about a section: plain text, **bold**, figures that are still true shaded."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QWidget

from ui.theme import current_theme, theme_notifier
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.labels import Rule, TextLabel, hbox

TYPING_PAUSE_MS = 300
LONGEST = 4_000  # characters: what the book keeps of one section
EXPLANATION = "Shaded figures stand in the report. Amber ones do not, or no longer: check them."
NO_TEXT = "Nothing is printed above the figures of this section."
COVER_TEXT = "The cover is made from the branding and the period; it has no text of its own."


@dataclass(frozen=True)
class Written:
    """The text of a section as it is in the editor, and whether it was reviewed."""

    section: str
    text: str
    reviewed: bool


class CommentaryCard(Card):
    """Edits the text of one section at a time."""

    edited = Signal(object)  # Written, a pause after typing, or at once where something else is done next

    def __init__(self) -> None:
        super().__init__("Commentary", flush=True)
        self.section = ""
        self._generated = ""
        self._reviewed = False
        self._filling = False
        self._is_dirty = False
        self._read_only = ""
        self._seen = ""
        self._has_text = True
        self._suggest = Button(
            "Suggest text", icon_name="arrows-clockwise", clicked=self.suggest, scale="small"
        )
        self._suggest.setToolTip("Put in the sentences that are made from the figures")
        self.add_action(self._suggest)
        self.editor = _Editor()
        self._shading = _Shading(self.editor.document())
        self._words = TextLabel("", "small", tone="muted")
        self._note = TextLabel(EXPLANATION, "small", tone="muted", wrap=True)
        self._too_long = TextLabel("", "small", tone="negative", wrap=True)
        self._too_long.hide()
        self._review = Button("Mark reviewed", icon_name="check", clicked=self.toggle_reviewed)
        self._make_bar()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.flush)
        self.editor.reviewed.connect(self.toggle_reviewed)
        theme_notifier().changed.connect(self._shading.rehighlight)

    def _make_bar(self) -> None:
        self._bold = IconButton("text-b", "Bold", clicked=self.make_bold)
        self._insert = Button("Insert figure", "quiet", icon_name="plus")
        self._insert.set_menu(QMenu(self._insert))
        self._bar = QFrame()
        self._bar.setObjectName("EditorBar")
        self._bar.setLayout(
            hbox(
                self._bold, Rule(vertical=True), self._insert, None, self._words, gap=6, margins=(8, 0, 12, 5)
            )
        )

    def _lay_out(self) -> None:
        self.add(self._bar)
        self.add(self.editor, 1)
        foot = QWidget()
        foot.setLayout(hbox(self._note, self._review, gap=10, margins=(14, 8, 13, 11)))
        self.add(hbox(self._too_long, margins=(14, 0, 14, 0)))
        self.add(Rule())
        self.add(foot)
        self.body.setSpacing(0)
        self.body.setContentsMargins(1, 0, 1, 1)

    # What is shown ---------------------------------------------------------------------------------

    def show_section(self, written: Written, title: str, *, has_text: bool) -> None:
        """Edit another section; what was typed before is handed over first."""
        self.flush()
        self._filling = True
        self.section, self._reviewed, self._has_text = written.section, written.reviewed, has_text
        self.subtitle_label.setText(title)
        self.editor.setPlainText(written.text)
        self._seen = self.text
        self.editor.setAccessibleName(f"Commentary on {title}")
        self._filling = False
        for part in (self._suggest, self._bold, self._insert, self._review):
            part.setVisible(has_text)
        self.set_read_only(self._read_only)
        self._note.setText(EXPLANATION if has_text else COVER_TEXT)
        self._count()
        self._show_reviewed()

    def set_generated(self, text: str) -> None:
        """Take the sentences that the figures say; they are printed while the editor is empty."""
        self._generated = text
        self.editor.setPlaceholderText((text or NO_TEXT) if self._has_text else "")
        self._suggest.setEnabled(bool(text) and not self._read_only)

    def set_stale(self, figures: Collection[str]) -> None:
        """Flag these figures in the text."""
        self._shading.set_stale(figures)

    def set_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Offer figures (name, as printed) to put into the text."""
        menu = self._insert.menu()
        menu.clear()
        for name, value in figures:
            menu.addAction(f"{name}\t{value}", self._inserter(value))
        self._insert.setEnabled(bool(figures) and not self._read_only)

    def _inserter(self, value: str) -> Callable[[], None]:
        return lambda: self.editor.insertPlainText(value)

    def set_read_only(self, reason: str) -> None:
        """Say why nothing can be changed; empty where it can."""
        self._read_only = reason
        self.editor.setReadOnly(bool(reason) or not self._has_text)
        for part in (self._suggest, self._bold, self._insert, self._review):
            part.setDisabled(bool(reason))
            if reason:
                part.setToolTip(reason)

    # What can be done ------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self.editor.toPlainText()

    def written(self) -> Written:
        """What stands in the editor, for the book."""
        return Written(self.section, self.text.strip()[:LONGEST], self._reviewed)

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that was not handed over yet."""
        return self._is_dirty

    def flush(self) -> None:
        """Hand over what was typed, now."""
        self._pause.stop()
        if self._is_dirty:
            self._is_dirty = False
            self.edited.emit(self.written())

    def suggest(self) -> None:
        """Put the generated sentences below what stands there; nothing is ever overwritten."""
        if self._generated and self._generated not in self.text:
            before = self.text.rstrip()
            self.editor.insert_at_end(("\n\n" if before else "") + self._generated)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_bold(self) -> None:
        """Make the selection bold, or plain again."""
        cursor = self.editor.textCursor()
        chosen = cursor.selectedText()
        is_bold = len(chosen) > 4 and chosen.startswith("**") and chosen.endswith("**")
        cursor.insertText(chosen[2:-2] if is_bold else f"**{chosen}**")
        if not chosen:
            cursor.movePosition(cursor.MoveOperation.Left, n=2)
            self.editor.setTextCursor(cursor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_reviewed(self) -> None:
        """Mark the section as reviewed, or take the mark back."""
        if self._read_only or not self._has_text:
            return
        self._pause.stop()
        self._is_dirty = False
        self._reviewed = not self._reviewed
        self._show_reviewed()
        self.edited.emit(self.written())

    def _typed(self) -> None:
        if self._filling or self.text == self._seen:  # shading says "changed" too
            return
        self._seen = self.text
        self._reviewed = False  # what was reviewed is no longer what stands there
        self._show_reviewed()
        self._count()
        self._is_dirty = True
        self._pause.start()

    def _count(self) -> None:
        count = len(self.text.split())
        self._words.setText(f"{count:,} {'word' if count == 1 else 'words'}" if count else "")
        over = len(self.text.strip()) - LONGEST
        words = f"{over:,} characters too long for a page; the end is not kept."
        self._too_long.setText(words if over > 0 else "")
        self._too_long.setVisible(over > 0)

    def _show_reviewed(self) -> None:
        self._review.setText("Reviewed" if self._reviewed else "Mark reviewed")
        self._review.set_icon_name("check-circle-fill" if self._reviewed else "check")
        if not self._read_only:
            words = "Take the mark back" if self._reviewed else "This section is true and complete"
            self._review.setToolTip(f"{words} (Ctrl Enter)")


class _Editor(QPlainTextEdit):
    """Ctrl Enter marks as reviewed, Tab goes on to the next control."""

    left = Signal()
    reviewed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bare", True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setFont(current_theme().font("body"))
        self.setMinimumHeight(90)

    def insert_at_end(self, text: str) -> None:
        """Put a text below what stands there; Ctrl Z takes it back."""
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.reviewed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class _Shading(QSyntaxHighlighter):
    """Shows bold words bold, and which figures stand in the report."""

    _BOLD = QRegularExpression(r"\*\*(.+?)\*\*")

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._stale: frozenset[str] = frozenset()

    def set_stale(self, figures: Collection[str]) -> None:
        if frozenset(figures) != self._stale:
            self._stale = frozenset(figures)
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if not text:
            return
        from reports.stale import figures_in  # loaded by the worker before there is a text

        theme = current_theme()
        found = self._BOLD.globalMatch(text)
        while found.hasNext():
            match = found.next()
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.DemiBold)
            self.setFormat(match.capturedStart(1), match.capturedLength(1), bold)
            stars = QTextCharFormat()
            stars.setForeground(theme.color("text.muted"))
            self.setFormat(match.capturedStart(), 2, stars)
            self.setFormat(match.capturedEnd() - 2, 2, stars)
        for figure in figures_in(text):
            tone = "warning" if figure[0].strip() in self._stale else "accent"
            start = figure.start() + len(figure[0]) - len(figure[0].lstrip())
            length = len(figure[0].strip())
            shade = QTextCharFormat(self.format(start))
            shade.setBackground(theme.color(f"{tone}.soft"))
            shade.setForeground(theme.color(f"{tone}.text"))
            self.setFormat(start, length, shade)
