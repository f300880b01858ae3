"""Profitability: where profit is made and where serving customers uses it up."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column_table import ColumnTableModel
from ui.page_spec import PageSpec
from ui.pages.figures_page import FiguresPage
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.messages import InlineMessage
from ui.widgets.segmented import SegmentedButtons
from ui.widgets.totals_table import TotalsTable

CHART_PX = 330
NARROW_PX = 1150
ROW_PX = 26
MOST_BARS = 10


class ProfitabilityPage(FiguresPage):
    """Whale curve, waterfall, and who earns least and why."""

    empty_sentence = "Import an invoice export with costs and a ledger to see where profit is made."
    empty_icon = "chart-line-up"

    def __init__(self, session: Session) -> None:
        self.views = SegmentedButtons([("customers", "Customers")], name="View")
        self.allocation_button = Button(
            "Cost allocation…", icon_name="sliders-horizontal", clicked=self.ask_allocation
        )
        super().__init__(session, "Profitability", actions=(self.views, self.allocation_button), scrolls=True)
        self.views.chosen.connect(lambda _key: self.refresh_now())
        self.curve_card, self.fall_card = Card("Whale curve"), Card("From list price to net contribution")
        self._charts: dict[str, QWidget] = {}
        self.model = ColumnTableModel([], self)
        self.table = TotalsTable(
            self.model, name="Profitability", stretch="reason", multi=False, row_height=ROW_PX
        )
        self.table.table.open_asked.connect(self._open_row)
        self.table_card = Card("Least profitable customers", flush=True)
        self.all_button = Button("Show all in Customers", "quiet", icon_name="users", clicked=self._show_all)
        self.table_card.add_action(self.all_button)
        self.table_card.add(self.table, 1)
        self.table_card.setMinimumHeight(260)
        for card in (self.curve_card, self.fall_card):
            card.setMinimumHeight(CHART_PX)
        self.add_row(self.curve_card, self.fall_card, stretches=(56, 44), stretch=1)
        self.add(self.table_card, 1)
        self._rows: list[int] = []
        self._curve_rows: list[int] = []
        self._choices: list[tuple[str, str]] = []

    def open_with(self, context: Mapping[str, Any]) -> None:
        """Show a `view`: customers, segments, regions or products."""
        self.views.set_current(str(context.get("view", "customers")))
        self.refresh_now()

    # Filling ---------------------------------------------------------------------------------------

    def show_figures(self, loaded: Loaded) -> None:
        """Fill charts and table for the view that is chosen."""
        from ui.pages.profitability_views import available_views

        views = available_views(loaded)
        if views != self._choices:  # new buttons would lose the focus
            self._choices = views
            self.views.set_choices(views)
        facts = loaded.figures.facts
        reason = self.session.read_only_reason or ("" if facts.has_ledger else "Import a ledger first")
        self.allocation_button.setDisabled(bool(reason))
        self.allocation_button.setToolTip(reason or "Which costs are shared out, and by what")
        self.header.set_sentence(_sentence(loaded))
        self._tell_unknown(loaded)
        if self.views.current == "customers":
            self._show_whale(loaded)
            self._show_least(loaded)
        else:
            self._show_groups(loaded)
        self._show_waterfall(loaded)

    def _tell_unknown(self, loaded: Loaded) -> None:
        self.messages.clear()
        rungs = loaded.figures.ladder.customers
        if rungs.contribution is not None:
            return
        missing = []
        if rungs.gross_profit is None:
            covered = "no cost" if not rungs.cost_coverage else f"{rungs.cost_coverage:.0%} of costs"
            missing.append(f"cost of goods ({covered} known)")
        if rungs.cost_to_serve is None:
            missing.append("at least one serving cost")
        until_then = "Revenue" if rungs.cost_of_sales is None else "Gross margin"
        text = f"Add {' and '.join(missing)} to see net contribution. {until_then} is shown until then."
        can_set = loaded.figures.facts.has_ledger and not self.session.is_read_only
        self.messages.post(
            InlineMessage(
                "info",
                "Net contribution is not known.",
                text,
                action="Cost allocation…" if can_set and rungs.cost_to_serve is None else "",
                on_action=self.ask_allocation,
            )
        )

    def _show_whale(self, loaded: Loaded) -> None:
        from ui.pages.profitability_views import buyers_fifth, curve_of, curve_words
        from ui.widgets.charts_profit import WhaleCurveChart

        curve = curve_of(loaded)
        self.curve_card.set_title("Whale curve", curve_words(loaded, curve))
        self._curve_rows = curve.customers.tolist()
        names = loaded.figures.facts.customers["name"].iloc[self._curve_rows].tolist()
        own = [now - before for now, before in _steps(curve.cumulative.tolist())]
        money, fifth = money_style(loaded.figures), buyers_fifth(loaded)
        chart = self._charts.get("whale")
        if isinstance(chart, WhaleCurveChart) and chart.money == money:
            chart.set_values(own, customer_names=names, buyers_fifth=fifth)
        else:
            chart = WhaleCurveChart(
                own, name="Whale curve", customer_names=names, money=money, buyers_fifth=fifth
            )
            chart.clicked.connect(self._curve_clicked)
        self._put(self.curve_card, "whale", chart)

    def _show_waterfall(self, loaded: Loaded) -> None:
        from ui.pages.profitability_steps import waterfall_steps
        from ui.widgets.charts_profit import WaterfallChart

        steps = waterfall_steps(loaded)
        self.fall_card.set_title(
            f"From list price to {steps[-1].name.lower()}",
            "% of list price, then of revenue",
        )
        money = money_style(loaded.figures)
        chart = self._charts.get("fall")
        if isinstance(chart, WaterfallChart) and chart.money == money:
            chart.set_values(steps)
        else:
            chart = WaterfallChart(steps, name="From list price to net contribution", money=money)
        self._put(self.fall_card, "fall", chart)

    def _show_least(self, loaded: Loaded) -> None:
        from core.analysis.loss_reasons import loss_reasons
        from ui.pages.profitability_tables import customer_columns, customer_rows, customer_totals
        from ui.pages.profitability_views import least_profitable

        reasons = loss_reasons(loaded.figures.ladder, loaded.figures.allocation)
        self._rows = list(least_profitable(loaded))
        is_net = bool(loaded.figures.ladder.by_customer["contribution"].notna().any())
        note = "Shaded: more than twice the typical share of sales at list price"
        self.table_card.set_title(
            "Least profitable customers",
            note if is_net else "By gross margin, because net contribution is not known",
        )
        self.table_card.setVisible(bool(self._rows))
        self.model.set_columns(
            customer_columns(loaded, self._rows, reasons), customer_rows(loaded, self._rows, reasons)
        )
        self._fit_columns()
        self.table.set_totals(customer_totals(loaded, self._rows))
        losing = int((loaded.figures.ladder.by_customer["contribution"].fillna(0) < 0).sum())
        self.all_button.setText(f"Show all {losing:,} in Customers")
        self.all_button.setVisible(losing > 0 and self.session.actions.has("page.customers"))

    def _show_groups(self, loaded: Loaded) -> None:
        from ui.pages.profitability_tables import group_columns, group_rows, group_totals
        from ui.pages.profitability_views import groups_of
        from ui.widgets.charts_bars import HorizontalBarChart

        view = self.views.current
        groups = groups_of(loaded, view)
        is_product = view == "products"
        has_costs = loaded.figures.ladder.customers.cost_of_sales is not None
        what = "Gross margin" if is_product or groups[0].net is None else "Net contribution"
        what = what if has_costs else "Revenue"
        shown = groups[:MOST_BARS]
        more = f", the largest {MOST_BARS} of {len(groups)}" if len(groups) > MOST_BARS else ""
        self.curve_card.set_title(
            f"{what} by {view.removesuffix('s')}",
            f"{'Most profitable' if has_costs else 'Largest'} first{more}",
        )
        chart = HorizontalBarChart(
            [group.name for group in shown],
            [group.best_known if has_costs else group.revenue for group in shown],
            name=f"{what} by {view.removesuffix('s')}",
            value_name=what,
            segments=[group.palette or 0 for group in shown] if view == "segments" else None,
            money=money_style(loaded.figures),
        )
        self._put(self.curve_card, "bars", chart)
        columns = group_columns(loaded, view, with_pools=not is_product)
        rows = group_rows(groups, columns)
        self.table_card.show()
        self.table_card.set_title(view.capitalize(), _group_note(loaded) if is_product else "")
        self.model.set_columns(columns, {column.key: rows[column.key] for column in columns})
        totals = group_totals(groups, f"All {view}")
        self.table.set_totals({key: totals[key] for key in rows if key in {c.key for c in columns}})
        self.all_button.hide()

    def _put(self, card: Card, kind: str, chart: QWidget) -> None:
        """Show a chart; making one takes a tenth of a second, so curve and waterfall are kept."""
        earlier = self._charts.get(kind)
        if earlier is not chart:
            if earlier is not None:
                earlier.hide()
                earlier.setParent(None)
                earlier.deleteLater()
            self._charts[kind] = chart
            card.add(chart, 1)
        chart.show()
        for other in {"whale", "bars"} - {kind} if card is self.curve_card else ():
            if other in self._charts:
                self._charts[other].hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The reason comes before the segment where there is no room for both."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        keys = [column.key for column in self.model.columns]
        if "reason" in keys and "segment" in keys:
            self.table.table.setColumnHidden(keys.index("segment"), self.width() < NARROW_PX)

    # Doing -----------------------------------------------------------------------------------------

    def _curve_clicked(self, rank: int) -> None:
        row = self._curve_rows[rank]
        if row in self._rows:
            self.table.table.select_source_row(self._rows.index(row))
        self._open_customer(row)

    def _open_row(self, row: int) -> None:
        if self.views.current == "customers":
            self._open_customer(self._rows[row])
        elif self.views.current == "segments":
            self.session.open_page("customers", {"segment": self.model.value(row, "name")[1]})

    def _open_customer(self, row: int) -> None:
        loaded = self.session.loaded
        if loaded is not None and self.session.actions.has("page.customers"):
            customers = loaded.figures.facts.customers
            number, name = int(customers["customer_id"].iloc[row]), str(customers["name"].iloc[row])
            self.session.open_page("customers", {"customer_ids": (number,), "title": name})

    def _show_all(self) -> None:
        self.session.open_page("customers", {"view": "unprofitable"})

    def ask_allocation(self) -> None:
        """Ask which costs are shared out, and by what."""
        from ui.dialogs.cost_allocation import open_cost_allocation

        open_cost_allocation(self.session, self.window())


def _steps(running: list[int]) -> list[tuple[int, int]]:
    return list(zip(running, [0, *running], strict=False))


def _group_note(loaded: Loaded) -> str:
    outside = loaded.figures.ladder.no_customer.net_revenue
    if not outside:
        return "Costs to serve are given to customers, not to products"
    return f"With {numbers_of(loaded.figures).money(outside)} of sales on no customer"


def _sentence(loaded: Loaded) -> str:
    """What few customers earn, and what the others cost."""
    from core.analysis.patterns.concentration import taking_part, whale_curve
    from reports.numbers import percent

    ladder = loaded.figures.ladder.by_customer
    contribution = ladder["contribution"]
    if loaded.figures.ladder.customers.cost_of_sales is None:
        return "Where revenue comes from; no cost is known yet."
    if not contribution.notna().any():
        return "Where gross margin is made; what it costs to serve customers is not known yet."
    curve = whale_curve(contribution, taking_part(ladder))
    lost = numbers_of(loaded.figures).money(-curve.loss_minor)
    if curve.top_share is None:
        return (
            f"1 customer loses {lost}."
            if curve.loss_makers == 1
            else f"{curve.loss_makers:,} customers lose {lost}."
        )
    share = percent(curve.top_share)
    best, verb = ("best", "earns") if curve.top_count == 1 else (f"best {curve.top_count:,}", "earn")
    first = f"The {best} of {len(curve.customers):,} customers {verb} {share} of net contribution"
    if not curve.loss_makers:
        return f"{first}."
    return f"{first}; {curve.loss_makers:,} {'loses' if curve.loss_makers == 1 else 'lose'} {lost}."


PAGE = PageSpec(
    "profitability", "Profitability", "chart-line-up", "main", "Ctrl+3", ProfitabilityPage, order=3,
    help_topic="profit",
)  # fmt: skip
