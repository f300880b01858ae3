"""Customers: find any of them, see what they earn, and why each one is where it is."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QWidget

from ui.loading import Loaded
from ui.page_spec import PageSpec
from ui.pages.customers_table import LEAVES_FIRST, columns_of, rows_of, totals_of
from ui.pages.customers_views import Filters, Views, Wish, filters_of, views_of, wish_of
from ui.pages.figures_page import FiguresPage
from ui.preferences import remember, remembered
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.fields import ChoiceButton, SearchField
from ui.widgets.labels import clear_layout, hbox
from ui.widgets.segmented import SegmentedButtons
from ui.widgets.states import EmptyState, StateStack
from ui.widgets.totals_table import TotalsTable

ANY = "any"
ONE_LINE_PX = 820  # narrower pages have views and filters below each other
PADDING_PX = 62  # of page, card and scroll bar


class CustomersPage(FiguresPage):
    """The table of customers with saved views and filters; one customer in the drawer."""

    empty_title = "No customers yet"
    empty_sentence = "Import an invoice export to see who buys, how often and what they earn."
    empty_icon = "users"

    def __init__(self, session: Session) -> None:
        self.search = SearchField("Filter customers", width=170)
        self.export_button = Button("Export list", icon_name="export", clicked=self._export)
        super().__init__(session, "Customers", actions=(self.search, self.export_button))
        self._wish: Wish | None = None
        self._wished: Mapping[str, Any] | None = None
        self._views = Views({}, {})
        self._filters = Filters()
        self._filter_buttons: dict[str, ChoiceButton] = {}
        self._layout_key = ""
        self._left_out: set[str] = set()
        self._chosen: set[str] = set()
        self.views = SegmentedButtons([("all", "All")], name="Saved views")
        self.views.chosen.connect(lambda _key: self._apply())
        self._make_table()
        self._lay_out()
        self.search.searched.connect(self._search)
        session.drawer_stepped.connect(self._step)

    # Parts -----------------------------------------------------------------------------------------

    def _make_table(self) -> None:
        from ui.models.column_table import ColumnTableModel

        self.model = ColumnTableModel([], self)
        self.table = TotalsTable(self.model, name="Customers", stretch="name", multi=True)
        rows = self.table.table
        rows.drawer_asked.connect(self.show_customer)
        rows.open_asked.connect(self.show_customer)
        rows.row_selected.connect(self._follow)
        rows.horizontalHeader().sectionResized.connect(lambda *_: self._remember_layout())
        rows.horizontalHeader().sectionMoved.connect(lambda *_: self._remember_layout())

    def _lay_out(self) -> None:
        self.wish_button = Button("", "link", icon_name="x", clicked=self.clear_wish)
        self.wish_button.setToolTip("Show all customers again")
        self.wish_button.hide()
        self.columns_button = IconButton("columns", "Choose columns", framed=True, size=30)
        self.columns_button.clicked.connect(lambda _checked=False: self._choose_columns())
        self.filter_row = QHBoxLayout()
        self.filter_row.setSpacing(8)
        left, right = QWidget(), QWidget()
        left.setLayout(hbox(self.views, self.wish_button, None, gap=8))
        right.setLayout(hbox(None, self.filter_row, self.columns_button, gap=8))
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(8)
        self._tools.addWidget(left, 1)
        self._tools.addWidget(right)
        self.add(self._tools)
        self.card = Card(flush=True)
        self.card.add(self.table, 1)
        self.results = StateStack(self.card)
        self.add(self.results, 1)

    # Filling ---------------------------------------------------------------------------------------

    def show_figures(self, loaded: Loaded) -> None:
        """Show the customers of the loaded figures."""
        self._save_layout()
        self._views, self._filters = views_of(loaded), filters_of(loaded)
        self.views.set_choices(self._views.choices())
        self._make_filters()
        sorts = self.model.sorts
        self.model.set_columns(columns_of(loaded), rows_of(loaded))
        self.model.sort_by(sorts or [(_first_sort(loaded), True)])
        self.table.set_totals_function(lambda rows: totals_of(loaded, rows))
        self._restore_layout()
        if self._wished is not None:
            self._wish = wish_of(loaded, self._wished)
        self.header.set_sentence(_sentence(loaded))
        self._apply()
        self._show_drawer_again()

    def _make_filters(self) -> None:
        kept = {name: button.current for name, button in self._filter_buttons.items()}
        clear_layout(self.filter_row)
        self._filter_buttons = {}
        for name, values in self._filters.choices.items():
            choices = [(ANY, ANY), *((value, value) for value in values)]
            button = ChoiceButton(name, choices, current=kept.get(name, ANY))
            button.chosen.connect(lambda _value: self._apply())
            self._filter_buttons[name] = button
            self.filter_row.addWidget(button)

    def _apply(self) -> None:
        rows = set(self._views.rows.get(self.views.current, frozenset(range(self.model.total_count))))
        for name, button in self._filter_buttons.items():
            if button.current != ANY:
                values = self._filters.values[name]
                rows = {row for row in rows if values[row] == button.current}
        if self._wish is not None:
            rows &= self._wish.rows
        self.wish_button.setVisible(self._wish is not None)
        self.wish_button.setText(self._wish.words if self._wish is not None else "")
        self.model.set_row_filter(None if len(rows) == self.model.total_count else sorted(rows))
        self._show_results()

    def _search(self, text: str) -> None:
        self.model.set_text_filter(text)
        self._show_results()

    def _show_results(self) -> None:
        if self.model.rowCount() or not self.model.total_count:
            self.results.show_content()
            return
        named = [f"View: {self._views.titles[self.views.current]}"] if self.views.current != "all" else []
        named += [f"{name}: {b.current}" for name, b in self._filter_buttons.items() if b.current != ANY]
        named += [self._wish.words] if self._wish is not None else []
        named += [f"Text: {self.search.text()}"] if self.search.text().strip() else []
        clear = Button("Clear filters", "primary", clicked=self.clear_filters)
        words = ", ".join(named)
        state = EmptyState(
            "No customers match these filters", words, icon_name="funnel-simple", buttons=(clear,)
        )
        self.results.show_state(state)

    def clear_filters(self) -> None:
        """Show all customers."""
        self._wish = self._wished = None
        self.search.clear()
        self.model.set_text_filter("")
        self.views.set_current("all")
        for button in self._filter_buttons.values():
            button.set_current(ANY)
        self._apply()

    def clear_wish(self) -> None:
        """Forget what another page asked for."""
        self._wish = self._wished = None
        self._apply()

    # What the shell asks ---------------------------------------------------------------------------

    def open_with(self, context: Mapping[str, Any]) -> None:
        """Show some customers: `customer_ids` with `title`, a `segment`, a `month`, or a `view`."""
        loaded = self.session.loaded
        self.clear_filters()
        if "view" in context and context["view"] in self._views.rows:
            self.views.set_current(str(context["view"]))
        self._wished = context
        self._wish = wish_of(loaded, context) if loaded is not None else None
        self._apply()
        shown = self.model.shown_rows
        if len(shown) == 1 and self._wish is not None:
            self.table.table.select_source_row(shown[0])
            self.show_customer(shown[0])

    def focus_filter(self) -> None:
        """Put the cursor into the filter field."""
        self.search.setFocus()
        self.search.selectAll()

    # Drawer ----------------------------------------------------------------------------------------

    def show_customer(self, row: int) -> None:
        """Show one customer in the drawer."""
        from ui.pages.customer_drawer import CustomerDrawer

        loaded = self.session.loaded
        if loaded is None:
            return
        drawer = CustomerDrawer(self.session, loaded, row)
        drawer.step_asked.connect(self._step)
        drawer.close_asked.connect(self._close_drawer)
        self._drawer_customer = drawer.customer_id
        self.session.show_drawer(drawer)

    _drawer_customer: int | None = None

    def _drawer_shows(self) -> bool:
        from ui.pages.customer_drawer import CustomerDrawer

        drawers = self.window().findChildren(CustomerDrawer)
        return any(drawer.isVisible() for drawer in drawers)

    def _close_drawer(self) -> None:
        self._drawer_customer = None
        self.session.show_drawer(None)
        self.table.table.setFocus()

    def _follow(self, row: int) -> None:
        if row >= 0 and self._drawer_shows():
            self.show_customer(row)

    def _step(self, direction: int) -> None:
        if self.isVisible():
            self.table.table.step(direction)

    def _show_drawer_again(self) -> None:
        loaded = self.session.loaded
        if loaded is None or self._drawer_customer is None or not self._drawer_shows():
            return
        ids = loaded.figures.facts.customers["customer_id"].tolist()
        if self._drawer_customer in ids:
            row = ids.index(self._drawer_customer)
            self.table.table.select_source_row(row)
            self.show_customer(row)

    # Columns and export ----------------------------------------------------------------------------

    def column_menu(self) -> QMenu:
        """Every column, to show or hide."""
        menu = self.table.table.column_menu()
        for action, column in zip(menu.actions(), self.model.columns, strict=True):
            action.toggled.connect(partial(self._chose, column.key))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room: tools below each other, and fewer columns."""
        super().resizeEvent(event)
        sides = QBoxLayout.Direction
        self._tools.setDirection(sides.TopToBottom if self.width() < ONE_LINE_PX else sides.LeftToRight)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Leave columns out until the rest fits, but never one that somebody chose."""
        rows, header = self.table.table, self.table.table.horizontalHeader()
        room = self.width() - PADDING_PX
        for key in reversed(LEAVES_FIRST):
            if key in self._left_out and self.model.columns:
                rows.setColumnHidden(self.model.place_of(key), False)
        self._left_out = set()
        shown = {self.model.columns[place].key: place for place in rows.shown_places()}
        needed = sum(self.model.columns[p].width or header.sectionSize(p) for p in shown.values())
        for key in LEAVES_FIRST:
            if needed > room and key in shown and key not in self._chosen:
                needed -= self.model.columns[shown[key]].width
                rows.setColumnHidden(shown[key], True)
                self._left_out.add(key)

    def _choose_columns(self) -> None:
        below = self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft())
        self.column_menu().exec(below)

    def _chose(self, key: str, _shown: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._chosen.add(key)
        self._left_out.discard(key)
        self._remember_layout()

    def _layout_name(self) -> str:
        return f"customers_columns/{self.session.book_path.stem if self.session.book_path else ''}"

    def _save_layout(self) -> None:
        if self._layout_key:
            remember(self._layout_name(), f"{self._layout_key}|{self.table.table.layout_text()}")

    def _remember_layout(self) -> None:
        if self._layout_key and self.isVisible():
            self._save_layout()

    def _restore_layout(self) -> None:
        self._layout_key = ",".join(column.key for column in self.model.columns)
        key, _, text = remembered(self._layout_name()).partition("|")
        if key == self._layout_key and text:
            self.table.table.restore_layout(text)
        self._fit_columns()

    def _export(self) -> None:
        from ui.pages.customers_export import export_list

        export_list(self)


def _first_sort(loaded: Loaded) -> str:
    known = loaded.figures.ladder.by_customer["contribution"].notna().any()
    return "contribution" if known else "net_revenue"


def _sentence(loaded: Loaded) -> str:
    """How many bought, and how much the largest fifth of the buyers brings."""
    from core.analysis.orders import orders_of
    from core.analysis.patterns.dependence import top_fifth
    from reports.numbers import percent

    facts = loaded.figures.facts
    active = int((orders_of(facts).count_in_period > 0).sum())
    first = f"{active:,} of {len(facts.customers):,} ordered in the period."
    top = top_fifth(facts)
    share = top.revenue.value
    if share is None or top.customers <= 1:
        return first
    return f"{first} The largest fifth of them, {top.customers:,}, bring {percent(share)} of revenue."


PAGE = PageSpec(
    "customers", "Customers", "users", "main", "Ctrl+2", CustomersPage, order=2, help_topic="definitions"
)
