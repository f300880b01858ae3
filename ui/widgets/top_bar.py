"""The bar above the pages: book, period, comparison, search, import."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton

from core.period import Period
from ui.session import Session
from ui.theme import current_theme, theme_notifier
from ui.theme_icons import icon
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import ChoiceButton
from ui.widgets.labels import ElidedLabel, IconLabel, KeyCap, TextLabel, hbox
from ui.widgets.period_picker import PeriodPicker


def compare_choices(period: Period) -> list[tuple[str, str]]:
    """What a period can be compared with, in words."""
    count = period.month_count if period.is_whole_months and not period.is_everything else 0
    before = {0: "period", 1: "month", 3: "quarter"}.get(count, f"{count} months")
    return [
        ("previous", f"Previous {before}"),
        ("last_year", "Same period last year"),
        ("none", "No comparison"),
    ]


LONGEST_NAME_PX = 210
WIDE_SEARCH_PX = 200


class SearchButton(QPushButton):
    """Looks like a field; opens the command palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Search or run a command")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(150)
        self.setMaximumWidth(270)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        parts = (
            IconLabel("magnifying-glass"),
            ElidedLabel("Search or run a command", "body", tone="muted"),
            KeyCap("Ctrl K"),
        )
        self._hint = parts[2]
        row = hbox(*parts, gap=8, margins=(10, 0, 7, 0))
        row.setStretch(1, 1)
        self.setLayout(row)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the words matter more than the shortcut."""
        super().resizeEvent(event)
        self._hint.setVisible(self.width() > WIDE_SEARCH_PX)

    def sizeHint(self) -> QSize:
        """As wide as the pictures show it."""
        return QSize(270, current_theme().size("control"))


class TopBar(QFrame):
    """Follows the session; its buttons ask the session and the shell."""

    search_asked = Signal()
    import_asked = Signal()

    def __init__(self, session: Session, *, fill_book_menu: Callable[[QMenu], None]) -> None:
        super().__init__()
        self.setObjectName("TopBar")
        self._session = session
        self.book_button = QToolButton()
        self.book_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.book_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.book_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.book_button.setFont(current_theme().font("card-title"))
        self.book_button.setIconSize(QSize(22, 16))
        menu = QMenu(self)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: fill_book_menu(menu))
        self.book_button.setMenu(menu)
        self.back = IconButton(
            "caret-left", "Earlier period", shortcut_hint="Ctrl [", clicked=lambda: session.step_period(-1)
        )
        self.forward = IconButton(
            "caret-right", "Later period", shortcut_hint="Ctrl ]", clicked=lambda: session.step_period(1)
        )
        self.picker = PeriodPicker()
        self.picker.picked.connect(session.set_period)
        self.compare = ChoiceButton("")
        self.compare.chosen.connect(session.set_compare)
        self.search = SearchButton()
        self.search.clicked.connect(lambda _checked=False: self.search_asked.emit())
        self.import_button = Button(
            "Import…", "primary", icon_name="download-simple", clicked=self.import_asked.emit
        )
        self._lay_out()
        session.book_changed.connect(self.refresh)
        session.period_changed.connect(self.refresh)
        theme_notifier().changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        rule = QFrame()
        rule.setObjectName("TopBarRule")
        rule.setFixedSize(1, 26)
        row.addWidget(self.book_button)
        row.addWidget(IconLabel("caret-down", size=12))
        row.addSpacing(6)
        for part in (rule, self.back, self.picker, self.forward):
            row.addWidget(part)
        self._versus = TextLabel("vs", "body", tone="muted")
        row.addWidget(self._versus)
        row.addWidget(self.compare)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        row.addWidget(self.import_button)
        self.setFixedHeight(current_theme().size("topbar"))

    def refresh(self) -> None:
        """Show the session's book and period."""
        session = self._session
        self.book_button.setIcon(icon("book", color_token="accent.base", gap=6))
        metrics = self.book_button.fontMetrics()
        name = metrics.elidedText(session.client_name, Qt.TextElideMode.ElideRight, LONGEST_NAME_PX)
        self.book_button.setText(name.replace("&", "&&"))
        self.book_button.setToolTip(session.client_name)
        self.book_button.setAccessibleName(f"Book: {session.client_name}")
        shown = session.has_period
        for part in (self.back, self.picker, self.forward, self._versus, self.compare):
            part.setVisible(shown)
        self.import_button.setDisabled(bool(session.read_only_reason))
        self.import_button.setToolTip(session.read_only_reason or "Import files (Ctrl I)")
        if shown:
            self.picker.show_period(
                session.period, last=session.latest_period, year_start_month=session.year_start_month
            )
            self.back.setEnabled(session.can_step(-1))
            self.forward.setEnabled(session.can_step(1))
            self.compare.set_choices(compare_choices(session.period), current=session.compare)
