"""Overview: the month in one look."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.figure_texts import money_style
from ui.loading import Loaded
from ui.page_spec import PageSpec
from ui.pages.figures_page import FiguresPage
from ui.pages.overview_texts import headline, key_figures, month_sentence
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, KpiCard
from ui.widgets.labels import IconLabel, SegmentMark, TextLabel, clear_layout, hbox
from ui.widgets.legend import ChartLegend
from ui.widgets.row_button import RowButton
from ui.widgets.tags import StatusTag

CARDS = (
    ("revenue", "Revenue", "customers"),
    ("gross", "Gross margin", "profitability"),
    ("serve", "Cost to serve", "profitability"),
    ("contribution", "Net contribution", "profitability"),
    ("active", "Active customers", "customers"),
    ("again", "Bought again", "customers"),
)
STEP_MARKS = {
    "done": ("check-circle-fill", "positive.fill"),
    "review": ("warning-circle-fill", "warning.fill"),
    "waiting": ("circle-dashed", "text.muted"),
}
SIDE_PX = 420


class OverviewPage(FiguresPage):
    """Key figures, revenue by month, the month-end checklist, segments, and what changed."""

    empty_sentence = "This book is empty. Import an invoice export and a ledger to see the first month."

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Overview", scrolls=True)
        self.newer_tag = StatusTag("Import newer than the close", "review")
        self.newer_tag.setToolTip(
            "Something was imported after this month was closed: the figures here are newer than "
            "those that were frozen."
        )
        self.newer_tag.hide()
        self.header.add_action(self.newer_tag)
        self.cards = {key: KpiCard(title) for key, title, _ in CARDS}
        for key, _title, page in CARDS:
            self.cards[key].clicked.connect(partial(session.open_page, page))
        self.add_row(*self.cards.values())
        self._make_chart_card()
        self._make_steps_card()
        self._make_segments_card()
        self._make_changes_card()
        self.add_row(self.chart_card, self.steps_card, stretches=(66, 34), stretch=1)
        self.add_row(self.segments_card, self.changes_card, stretches=(66, 34), stretch=1)

    # Parts -----------------------------------------------------------------------------------------

    def _make_chart_card(self) -> None:
        self.legend = ChartLegend()
        self.chart_card = Card("Revenue by month", actions=(self.legend,))
        self.chart_card.setMinimumHeight(230)
        self.chart: QWidget | None = None

    def _make_steps_card(self) -> None:
        self.done_tag = StatusTag("", "review", with_icon=False)
        self.steps_card = Card("Month-end", actions=(self.done_tag,), flush=True)
        self.steps = QVBoxLayout()
        self.steps.setSpacing(0)
        self.steps_card.add(self.steps)
        self.steps_card.body.addStretch(1)

    def _make_segments_card(self) -> None:
        from ui.pages.overview_segments import SegmentsTable

        self.segments = SegmentsTable(self.session)
        self.segments_card = Card("Segments", flush=True)
        if self.session.actions.has("page.segments"):
            self.segments_card.add_action(
                Button("Open segments →", "quiet", clicked=lambda: self.session.open_page("segments"))
            )
        self.segments_card.add(self.segments, 1)
        self.segments_card.setMinimumHeight(322)

    def _make_changes_card(self) -> None:
        self.changes_card = Card("What changed", flush=True)
        self.change_rows = QVBoxLayout()
        self.change_rows.setSpacing(0)
        self.changes_card.add(self.change_rows)
        self.changes_card.body.addStretch(1)

    # Filling ---------------------------------------------------------------------------------------

    def show_figures(self, loaded: Loaded) -> None:
        """Fill every card."""
        from ui.pages.overview_month_end import import_is_newer

        self.header.set_sentence(headline(loaded))
        self.newer_tag.setVisible(import_is_newer(loaded))
        self._show_cards(loaded)
        self._show_chart(loaded)
        self._show_steps(loaded)
        self._show_segments(loaded)
        self._show_changes(loaded)

    def _show_cards(self, loaded: Loaded) -> None:
        trends = loaded.trends
        lines = {"revenue": trends.revenue, "gross": trends.gross_profit or (), "active": trends.active}
        for key, text in key_figures(loaded).items():
            card = self.cards[key]
            card.set_value(text.value)
            card.set_change(
                text.change.text, direction=text.change.direction, verdict=text.change.verdict, note=text.note
            )
            card.setToolTip(text.tooltip)
            card.set_sparkline(list(lines.get(key, ())))

    def _show_chart(self, loaded: Loaded) -> None:
        from ui.widgets.charts_bars import BarComparisonChart

        trends = loaded.trends
        self.chart_card.set_title("Revenue by month", month_sentence(loaded))
        names = [f"{month.start:%b}" for month in trends.months]
        compare = trends.compare or None
        words = "The same months before" if compare else ""
        if isinstance(self.chart, BarComparisonChart) and self.chart.money == money_style(loaded.figures):
            self.chart.set_values(names, trends.revenue, compare_minor=compare, compare_name=words)
        else:
            if self.chart is not None:
                self.chart.deleteLater()
            self.chart = BarComparisonChart(
                names,
                trends.revenue,
                name="Revenue by month",
                compare_minor=compare,
                compare_name=words,
                money=money_style(loaded.figures),
            )
            self.chart.clicked.connect(self._open_month)
            self.chart_card.add(self.chart, 1)
        self.legend.set_names("Revenue", _compared_words(self.session) if compare else "")

    def _open_month(self, place: int) -> None:
        loaded = self.session.loaded
        if loaded is not None:
            self.session.open_page("customers", {"month": loaded.trends.months[place]})

    def _show_steps(self, loaded: Loaded) -> None:
        from ui.pages.overview_month_end import month_end_steps

        clear_layout(self.steps)
        steps = month_end_steps(loaded)
        for step in steps:
            name, token = STEP_MARKS[step.state]
            can_open = self.session.actions.has(f"page.{step.page}")
            row = RowButton(
                IconLabel(name, color_token=token, size=17),
                step.title,
                step.note,
                tone="warning" if step.state == "review" else "muted",
                clicked=partial(self.session.open_page, step.page) if can_open else None,
                last=step is steps[-1],
            )
            row.setToolTip(step.tooltip)
            self.steps.addWidget(row)
        done = sum(step.state == "done" for step in steps)
        self.steps_card.set_title(f"{loaded.month.start:%B} month-end")
        self.done_tag.set_status(f"{done} of {len(steps)} done", "good" if done == len(steps) else "review")

    def _show_segments(self, loaded: Loaded) -> None:
        self.segments.show_figures(loaded)
        if loaded.membership is not None:
            facts = loaded.figures.facts
            from core.period import day_label

            self.segments_card.set_title(
                "Segments", f"Scheme: {loaded.membership.scheme.name} · as of {day_label(facts.as_of)}"
            )

    def _show_changes(self, loaded: Loaded) -> None:
        from ui.pages.overview_changes import changed_explained, changed_words, changes

        clear_layout(self.change_rows)
        since = loaded.moved_since
        subtitle = changed_words(loaded) if since is not None else ""
        self.changes_card.setToolTip(changed_explained(loaded))
        self.changes_card.set_title(f"What changed in {loaded.month.start:%B}", subtitle)
        lines = changes(loaded)
        for line in lines:
            mark = SegmentMark(line.segment) if line.segment is not None else IconLabel("users", size=12)
            row = RowButton(
                mark,
                line.title,
                line.note,
                below=True,
                clicked=partial(self.session.open_page, "customers", line.context),
                last=line is lines[-1],
            )
            self.change_rows.addWidget(row)
        if since is None:
            words = "Moves between segments show from the first closed month on."
            note = TextLabel(words, "body", tone="muted", wrap=True)
            note.setContentsMargins(14, 8, 14, 8)
            self.change_rows.addLayout(hbox(note))


def _compared_words(session: Session) -> str:
    from ui.widgets.top_bar import compare_choices

    return dict(compare_choices(session.period)).get(session.compare, "")


PAGE = PageSpec("overview", "Overview", "squares-four", "main", "Ctrl+1", OverviewPage, order=1)
