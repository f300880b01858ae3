"""Patterns: how often customers buy, when, what together, and whether they come back."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from ui.loading import Loaded
from ui.page_spec import PageSpec
from ui.pages.figures_page import FiguresPage
from ui.session import Session
from ui.widgets.segmented import SegmentedButtons

if TYPE_CHECKING:
    from ui.pages.patterns_parts import Parts, PatternTab

SENTENCE = "How often customers buy, when, and whether they come back."
NARROW_PX = 1130  # of the page: narrower, the sentence would take three lines beside the tabs
TABS = [
    ("summary", "Summary"),
    ("scores", "Recency, frequency, value"),
    ("seasonality", "Seasonality"),
    ("retention", "Retention"),
    ("products", "Products"),
    ("concentration", "Concentration"),
    ("value", "Lifetime value"),
]
TOPICS = {"scores": "scores", "value": "lifetime-value"}  # of the help, where it is not that of the page


class PatternsPage(FiguresPage):
    """Tabs over the parts; a tab is made, and its parts are worked out, when it is first opened."""

    empty_sentence = "Import an invoice export to see how often, when and what customers buy."
    empty_icon = "pulse"

    def __init__(self, session: Session) -> None:
        self.tabs = SegmentedButtons(TABS, name="Patterns")
        super().__init__(session, "Patterns", actions=(self.tabs,))
        self.header.set_sentence(SENTENCE)
        self.stack = QStackedWidget()
        self.add(self.stack, 1)
        self._made: dict[str, PatternTab] = {}
        self._parts: Parts | None = None
        self.tabs.chosen.connect(self.show_tab)

    def open_with(self, context: Mapping[str, Any]) -> None:
        """Show a `tab`: summary, scores, seasonality, retention, products, concentration or value."""
        self.show_tab(str(context.get("tab", TABS[0][0])))

    @property
    def help_topic(self) -> str:
        """Scores and lifetime value have topics of their own."""
        return TOPICS.get(self.tabs.current, PAGE.help_topic)

    def show_figures(self, loaded: Loaded) -> None:
        """Forget what was worked out for other figures, and begin with the tab that shows."""
        self._say_sentence()
        self.parts.begin(loaded)
        self.show_tab(self.tabs.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tabs come before the sentence where there is no room for both."""
        super().resizeEvent(event)
        self._say_sentence()

    def _say_sentence(self) -> None:
        loaded = self.session.loaded
        if loaded is None or not loaded.is_empty:
            self.header.set_sentence(SENTENCE if self.width() >= NARROW_PX else "")

    @property
    def parts(self) -> "Parts":
        """What was worked out so far."""
        if self._parts is None:
            from ui.pages.patterns_parts import Parts

            self._parts = Parts(self.session)
        return self._parts

    def show_tab(self, key: str) -> None:
        """Show one tab, and work out what it needs."""
        self.tabs.set_current(key)
        if self.session.loaded is None or self.session.loaded.is_empty:
            return
        if key not in self._made:
            self._made[key] = MAKERS[key](self.parts, self.show_tab)
            self.stack.addWidget(self._made[key])
        self.stack.setCurrentWidget(self._made[key])
        self._made[key].ask()

    def tab(self, key: str) -> "PatternTab":
        """A tab that was shown."""
        return self._made[key]


def _summary(parts: "Parts", go: "Go") -> "PatternTab":
    from ui.pages.patterns_summary import summary_tab

    return summary_tab(parts, go)


def _scores(parts: "Parts", _go: "Go") -> "PatternTab":
    from ui.pages.patterns_scores import scores_tab

    return scores_tab(parts)


def _season(parts: "Parts", _go: "Go") -> "PatternTab":
    from ui.pages.patterns_season import season_tab

    return season_tab(parts)


def _retention(parts: "Parts", _go: "Go") -> "PatternTab":
    from ui.pages.patterns_retention import retention_tab

    return retention_tab(parts)


def _products(parts: "Parts", _go: "Go") -> "PatternTab":
    from ui.pages.patterns_products import products_tab

    return products_tab(parts)


def _concentration(parts: "Parts", _go: "Go") -> "PatternTab":
    from ui.pages.patterns_concentration import concentration_tab

    return concentration_tab(parts)


def _value(parts: "Parts", _go: "Go") -> "PatternTab":
    from ui.pages.patterns_value import value_tab

    return value_tab(parts)


Go = Callable[[str], None]  # shows another tab
MAKERS: "Mapping[str, Callable[[Parts, Go], PatternTab]]" = {
    "summary": _summary,
    "scores": _scores,
    "seasonality": _season,
    "retention": _retention,
    "products": _products,
    "concentration": _concentration,
    "value": _value,
}


PAGE = PageSpec(
    "patterns", "Patterns", "pulse", "main", "Ctrl+4", PatternsPage, order=4, help_topic="patterns"
)
