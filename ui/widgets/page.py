"""A page: title, one sentence, actions, messages, body."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import current_theme
from ui.widgets.labels import TextLabel
from ui.widgets.messages import MessageArea

HEADER_PX = 32


class PageHeader(QWidget):
    """The page's title, one plain sentence computed from the data, and its actions at the right."""

    def __init__(self, title: str, sentence: str = "", *, actions: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._title = TextLabel(title, "title")
        self._sentence = TextLabel(sentence, "body", tone="secondary", wrap=True)
        takes_the_rest = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        takes_the_rest.setHeightForWidth(True)  # two lines where the actions leave little room
        self._sentence.setSizePolicy(takes_the_rest)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self._sentence.setContentsMargins(0, 4, 0, 0)
        for action in actions:
            self._row.addWidget(action)
        self.setMinimumHeight(HEADER_PX)

    def set_sentence(self, sentence: str) -> None:
        """Say what the data says now."""
        self._sentence.setText(sentence)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a control at the right."""
        self._row.addWidget(widget)

    @property
    def sentence(self) -> str:
        """The sentence as a whole."""
        return self._sentence.text()


class Page(QFrame):
    """The frame of every page; put cards into it with `add`."""

    def __init__(
        self, title: str, sentence: str = "", *, actions: Sequence[QWidget] = (), scrolls: bool = False
    ) -> None:
        """`scrolls` lets the body be higher than the window."""
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        padding, gutter = current_theme().size("page_padding"), current_theme().size("gutter")
        self.header = PageHeader(title, sentence, actions=actions)
        self.messages = MessageArea()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(gutter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(padding, 20, padding, 16)
        outer.setSpacing(16)
        outer.addWidget(self.header)
        outer.addWidget(self.messages)
        if scrolls:
            outer.addWidget(scrolling(self.body), 1)
        else:
            outer.addLayout(self.body, 1)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a part below the earlier ones."""
        if isinstance(part, QLayout):
            self.body.addLayout(part, stretch)
        else:
            self.body.addWidget(part, stretch)

    def add_row(
        self, *parts: QWidget | QLayout, stretches: Sequence[int] = (), stretch: int = 0
    ) -> QHBoxLayout:
        """Put parts beside each other, with the page's gutter; `stretches` are their shares of the width."""
        row = QHBoxLayout()
        row.setSpacing(current_theme().size("gutter"))
        for place, part in enumerate(parts):
            share = stretches[place] if place < len(stretches) else 1
            if isinstance(part, QLayout):
                row.addLayout(part, share)
            else:
                row.addWidget(part, share)
        self.body.addLayout(row, stretch)
        return row


def scrolling(content: QWidget | QLayout) -> QScrollArea:
    """Let a content be higher than its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if isinstance(content, QLayout):
        holder = QWidget()
        holder.setLayout(content)
        content = holder
    content.setObjectName("ScrollBody")
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area
