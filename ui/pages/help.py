"""Help and definitions: the pages of resources/help, and what every figure means."""

from functools import cache
from pathlib import PurePosixPath

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser

from core.unit import Unit
from resources import resource_path
from ui.page_spec import PageSpec
from ui.session import Session
from ui.theme import current_theme, theme_notifier
from ui.widgets.cards import Card
from ui.widgets.fields import SearchField
from ui.widgets.page import Page

DEFINITIONS = "definitions"
TOPICS = (
    "getting-started",
    "importing",
    "tie-out",
    "profit",
    "patterns",
    "scores",
    "lifetime-value",
    "segments",
    "closing",
    "report",
    DEFINITIONS,
    "command-line",
    "keyboard",
)
LIST_PX = 236
TEXT_PX = 820  # longer lines are hard to read
ROW_PX = 32
GAP_PX = 9
CELL_PX = 5
HEADING_FONTS = {1: "title", 2: "section"}
LINE_HEIGHT = 135  # % of the letters' height
KEY = Qt.ItemDataRole.UserRole
UNIT_WORDS = {
    Unit.MONEY: "Amount",
    Unit.COUNT: "Count",
    Unit.DAYS: "Days",
    Unit.RATIO: "Per cent",
    Unit.POINTS: "Percentage points",
    Unit.DATE: "Date",
    Unit.SCORE: "Score from 1 to 5",
    Unit.NUMBER: "Number",
    Unit.TEXT: "Name",
}


@cache
def topic_text(topic: str) -> str:
    """The text of a topic in Markdown; it begins with its title."""
    if topic == DEFINITIONS:
        return definitions_text()
    return resource_path("help", f"{topic}.md").read_text(encoding="utf-8")


def topic_title(topic: str) -> str:
    """The title of a topic, without loading what it is made from."""
    if topic == DEFINITIONS:
        return "Definitions"
    return topic_text(topic).partition("\n")[0].removeprefix("# ")


def definitions_text() -> str:
    """Every figure about a customer with its unit, its definition and its name on the command line."""
    from core.analysis.metric_shelf import all_metrics

    head = (
        "# Definitions\n\nEvery figure about a customer, as tables, rules, reports and the command line have it. "
        "What is not known is shown as unknown, never as nothing. The name at the end is the one that the command "
        "line and its JSON use.\n"
    )
    entries = [
        f"## {one.label}\n\n{one.definition} *{UNIT_WORDS[one.unit]}*, `{one.key}`\n" for one in all_metrics()
    ]
    return "\n".join((head, *entries))


class HelpPage(Page):
    """The topics at the left, the chosen one beside them."""

    def __init__(self, session: Session) -> None:
        self.search = SearchField("Search the help")
        super().__init__(
            "Help & definitions", "How the work goes, and what every figure means.", actions=[self.search]
        )
        self.session = session
        self.topics = self._make_list()
        self.text = self._make_text()
        card = Card(flush=True)
        card.setFixedWidth(LIST_PX)
        card.add(self.topics)
        row = self.add_row(card, self.text, stretch=1)
        row.addStretch(1)
        row.setStretch(0, 0)
        row.setStretch(1, 1000)
        self.search.searched.connect(self.search_for)
        self.topics.currentItemChanged.connect(lambda *_: self._show_topic())
        theme_notifier().changed.connect(self._dress)
        self.topics.setCurrentRow(0)

    def _make_list(self) -> QListWidget:
        topics = QListWidget()
        topics.setAccessibleName("Topics")
        topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for topic in TOPICS:
            item = QListWidgetItem(topic_title(topic))
            item.setData(KEY, topic)
            item.setSizeHint(QSize(0, ROW_PX))
            topics.addItem(item)
        return topics

    def _make_text(self) -> QTextBrowser:
        text = QTextBrowser()
        text.setAccessibleName("Help text")
        text.setMaximumWidth(TEXT_PX)
        text.setOpenLinks(False)
        text.anchorClicked.connect(self._follow)
        return text

    @property
    def topic(self) -> str:
        """The topic that shows."""
        item = self.topics.currentItem()
        return str(item.data(KEY)) if item is not None else TOPICS[0]

    def open_with(self, context: dict[str, str]) -> None:
        """`{"topic": name}` shows a topic."""
        self.choose(context.get("topic", self.topic))

    def choose(self, topic: str) -> None:
        """Show a topic, whatever is searched for."""
        item = self.topics.item(TOPICS.index(topic))
        item.setHidden(False)
        self.topics.setCurrentItem(item)

    def focus_filter(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def search_for(self, words: str) -> None:
        """List the topics that hold these words, and go to the first place where they stand."""
        wanted = _as_one_line(words)
        found = [topic for topic in TOPICS if wanted in _as_one_line(topic_text(topic))]
        for place, topic in enumerate(TOPICS):
            self.topics.item(place).setHidden(topic not in found)
        usual = "How the work goes, and what every figure means."
        self.header.set_sentence(usual if found else f"Nothing in the help says “{words.strip()}”.")
        if found and self.topic not in found:
            self.choose(found[0])
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if wanted:
            self.text.find(words.strip())

    def _show_topic(self) -> None:
        self._dress()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress(self) -> None:
        """Set the text again: links and letters have the colours and sizes of the appearance."""
        document = self.text.document()
        document.setDefaultFont(current_theme().font("body"))
        document.setDocumentMargin(18)
        features = QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        document.setMarkdown(topic_text(self.topic), features)
        set_type(document)

    def _follow(self, link: QUrl) -> None:
        topic = PurePosixPath(link.path()).stem
        if topic in TOPICS:
            self.choose(topic)


def _as_one_line(text: str) -> str:
    return " ".join(text.split()).casefold()


def set_type(document: QTextDocument) -> None:
    """Give headings the program's letters, and lines, paragraphs and tables room."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        _space_out(cursor, block.blockFormat())
        table = cursor.currentTable()
        if table is not None:
            form = table.format()
            form.setCellPadding(CELL_PX)
            form.setBorder(0)
            form.setBottomMargin(GAP_PX)
            table.setFormat(form)
        block = block.next()


def _space_out(cursor: QTextCursor, form: QTextBlockFormat) -> None:
    spaced = QTextBlockFormat()
    spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if form.headingLevel():
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        letters.setFont(current_theme().font(HEADING_FONTS[form.headingLevel()]))
        cursor.mergeCharFormat(letters)
        spaced.setTopMargin(2 * GAP_PX if form.headingLevel() > 1 else 0)
        spaced.setBottomMargin(GAP_PX / 2)
    elif cursor.currentTable() is None:
        spaced.setTopMargin(0)
        spaced.setBottomMargin(GAP_PX if cursor.currentList() is None else GAP_PX / 3)
    cursor.mergeBlockFormat(spaced)


PAGE = PageSpec("help", "Help & definitions", "question", "foot", "F1", HelpPage, order=31, needs_book=False)
