"""What the model expects beside what happened: by frequency, over time, and in the time held back."""

from typing import Any

from core.analysis.patterns.lifetime_terms import LifetimeTerms
from core.analysis.patterns.not_enough import NotEnough
from ui.figure_texts import numbers_of
from ui.loading import Loaded
from ui.pages.patterns_parts import PartCard, Parts
from ui.pages.patterns_value_data import HeldBack, Valued, held_back_part, hundredths, value_part, whole
from ui.pages.patterns_value_texts import held_back_words, over_time_words
from ui.widgets.charts import Chart
from ui.widgets.charts_expected import HUNDREDTHS, ExpectedBarsChart, ExpectedLinesChart
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.legend import ChartLegend
from ui.widgets.segmented import SegmentedButtons

FREQUENCY, OVER_TIME, HELD_BACK = "frequency", "time", "held"
VIEWS = [(FREQUENCY, "By frequency"), (OVER_TIME, "Over time"), (HELD_BACK, "Held back")]
FREQUENCY_WORDS = (
    "Customers by their repeat orders, those after the first. The model was fitted to all of them."
)
TIPS = {
    FREQUENCY: "Bars: customers with so many repeat orders. Dashed: how many the model expects of all customers "
    "together, knowing only when each ordered first.",
    OVER_TIME: "Repeat orders from the beginning on, week by week added up. Dashed: what the model expects, knowing "
    "only when each customer ordered first. It was fitted to the time left of the line and has not seen the rest.",
    HELD_BACK: "Bars: orders a customer in the time that the model has not seen, by how often it had ordered again "
    "before. Dashed: what the model expected of just these customers.",
}


class CheckCard(PartCard):
    """Three looks at whether the model expects what happens."""

    missing_title = "a model of repeat orders"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Expected against actual")
        self._terms = LifetimeTerms()
        self.part = value_part(self._terms)
        self.views = SegmentedButtons(VIEWS, name="What is compared")
        for key, _text in VIEWS:
            self.views.button(key).setToolTip(TIPS[key])
        self.views.chosen.connect(self._view_chosen)
        self.add_action(self.views)
        self.words = TextLabel("", "small", tone="secondary", wrap=True)
        legend = ChartLegend()
        legend.set_names("Actual", "Expected")
        head = hbox(self.words, vbox(legend, None, gap=0, margins=(0, 2, 0, 0)), gap=12)
        head.setStretch(0, 1)
        self.content.addLayout(head)
        self.charts: dict[str, Chart] = {}
        self.setMinimumHeight(290)

    def set_terms(self, terms: LifetimeTerms) -> None:
        """Look at the model of other terms; what stands there stays until it is fitted."""
        self._terms = terms
        self.show_part(self._part_of_view(), stays=True)

    def _view_chosen(self, _key: str) -> None:
        self._filled_for = None  # another part, or another look at the same one
        self.show_part(self._part_of_view(), stays=False)

    def _part_of_view(self) -> Any:
        wanted = value_part if self.views.current == FREQUENCY else held_back_part
        return wanted(self._terms)

    def own(self, found: Any) -> Any:
        """The comparison, which may lack history where other figures do not."""
        return found.check if isinstance(found, Valued) and isinstance(found.check, NotEnough) else found

    def fill(self, loaded: Loaded, found: Any) -> None:
        """Show the chosen comparison."""
        numbers = numbers_of(loaded.figures)
        if isinstance(found, HeldBack):
            if self.views.current == OVER_TIME:
                self.words.setText(over_time_words(found, numbers))
                self._show_weeks(found)
            else:
                self.words.setText(held_back_words(found, loaded.figures.facts, numbers))
                check = found.by_class
                self._show_bars(
                    HELD_BACK,
                    check.labels,
                    hundredths(check.actual.tolist()),
                    hundredths(check.expected.tolist()),
                )
        else:
            self.words.setText(FREQUENCY_WORDS)
            check = found.check
            self._show_bars(FREQUENCY, check.labels, check.actual.tolist(), whole(check.expected))

    def _show_bars(self, view: str, labels: Any, actual: Any, expected: Any) -> None:
        if view not in self.charts:
            style = {"money": HUNDREDTHS} if view == HELD_BACK else {}
            name = "Expected against actual " + (
                "orders a customer in the time held back" if view == HELD_BACK else "customers"
            )
            self._add(view, ExpectedBarsChart(name=name, class_name="Repeat orders", **style))
        chart = self.charts[view]
        assert isinstance(chart, ExpectedBarsChart)
        chart.set_values(labels, actual, compare_minor=expected)
        self._show_chart(view)

    def _show_weeks(self, found: HeldBack) -> None:
        if OVER_TIME not in self.charts:
            self._add(OVER_TIME, ExpectedLinesChart(name="Expected against actual repeat orders over time"))
        chart, weeks = self.charts[OVER_TIME], found.held.tracking
        assert isinstance(chart, ExpectedLinesChart)
        chart.set_values(
            weeks.week_ends,
            weeks.cumulative_actual.tolist(),
            whole(weeks.cumulative_expected.tolist()),
            fit_end=found.held.until,
        )
        self._show_chart(OVER_TIME)

    def _add(self, view: str, chart: Chart) -> None:
        chart.setToolTip(TIPS[view])
        self.charts[view] = chart
        self.content.addWidget(chart, 1)

    def _show_chart(self, view: str) -> None:
        for key, chart in self.charts.items():
            chart.setVisible(key == view)
