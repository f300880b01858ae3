"""Step 4: every row with what will happen to it, the control totals, and what to look at."""

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.models.column import Column
from ui.models.column_table import ColumnTableModel
from ui.pages.imports_control_card import ControlCard
from ui.pages.imports_file_card import FileCard
from ui.pages.imports_findings import FindingsCard
from ui.pages.imports_review_data import Finding, Review
from ui.pages.imports_texts import cents_style
from ui.widgets.cards import Card
from ui.widgets.fields import SearchField
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.segmented import Choice, SegmentedButtons
from ui.widgets.table import DataTable

ROW_PX = 28
SIDE_PX = 330
_NARROW_SIDE_PX = 292
_WIDE_PX = 1060
CUSTOMER_PX, ITEM_PX = 150, 160
_NARROW = {"row": 56, "date": 98, "number": 76, "customer": 106, "item": 100}
FILTERS = (
    ("all", "All rows"),
    ("errors", "Errors"),
    ("warnings", "Warnings"),
    ("duplicates", "Duplicates"),
    ("changed", "Changed"),
)
_TITLES = {
    "sales": ("Date", "Document", "Customer in file", "Product", "Amount"),
    "ledger": ("Date", "Entry", "Customer", "Account", "Amount"),
    "items": ("Valid from", "Code", "", "Item", "Unit cost"),
    "customers": ("", "Key", "Customer", "E-mail", ""),
}
_SHADES = {"failed": "negative.soft", "warning": "warning.soft"}


class ReviewStep(QWidget):
    """The table at the left, totals and findings at the right."""

    def __init__(self, *, on_change: Callable[[], object], on_save: Callable[[], object]) -> None:
        super().__init__()
        self.review: Review | None = None
        self.file_card = FileCard(on_change)
        self.filters = SegmentedButtons([FILTERS[0]], name="Which rows show")
        self.filters.chosen.connect(self._filter)
        self.search = SearchField("Find in rows", width=170)
        self.model = ColumnTableModel([])
        self.search.searched.connect(self.model.set_text_filter)
        self.model.row_background = self._shade
        self.model.row_role = lambda row: "muted" if self._state(row) == "skipped" else ""
        self.table = DataTable(self.model, name="Rows of the file", stretch="what", row_height=ROW_PX)
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.note.setContentsMargins(14, 6, 14, 6)
        table_card = Card(flush=True)
        table_card.body.setContentsMargins(1, 1, 1, 1)
        table_card.body.setSpacing(0)
        table_card.add(self.table, 1)
        table_card.add(self.note)
        self.control = ControlCard()
        self.findings = FindingsCard(on_show=self.show_rows, on_save=on_save)
        left = vbox(self.file_card, hbox(self.filters, None, self.search), table_card, gap=12)
        left.setStretch(2, 1)
        right = vbox(self.control, self.findings, gap=12)
        right.setStretch(1, 1)
        self._side = QWidget()
        self._side.setFixedWidth(SIDE_PX)
        self._side.setLayout(right)
        self.control.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = hbox(left, self._side, gap=12)
        row.setStretch(0, 1)
        self.setLayout(row)

    def show_review(self, review: Review) -> None:
        """Show another file."""
        self.review = review
        self.file_card.show_file(review.recognised, rows=review.total_rows)
        self.search.clear()
        self.model.set_text_filter("")
        columns = _columns(review)
        self.model.set_columns(columns, review.rows)
        for place, column in enumerate(columns):
            self.table.setColumnHidden(place, column.hidden)
        self.table.fit_columns()
        self.fit(self.width())
        counts = review.counts
        kept = [(key, text) for key, text in FILTERS if key == "all" or counts[key]]
        self.filters.set_choices([Choice(key, text, counts[key]) for key, text in kept], current="all")
        self.note.setVisible(review.is_cut)
        if review.is_cut:
            shown = len(review.rows["row"])
            self.note.setText(
                f"The table shows the first {shown:,} of {review.total_rows:,} rows. "
                "Totals and findings count all of them, and all of them are imported."
            )
        self.control.show_review(review)
        self.findings.show_review(review)

    def fit(self, width: int) -> None:
        """Make room in narrow windows."""
        wide = width > _WIDE_PX
        self._side.setFixedWidth(SIDE_PX if wide else _NARROW_SIDE_PX)
        for place, column in enumerate(self.model.columns):
            if column.key in _NARROW:
                self.table.setColumnWidth(place, column.width if wide else _NARROW[column.key])
        self.table.share_spare_width()

    def show_rows(self, finding: Finding) -> None:
        """Show only the rows of a finding."""
        if self.review is None:
            return
        wanted = set(finding.rows)
        places = [place for place, row in enumerate(self.review.rows["row"]) if row in wanted]
        self.model.set_row_filter(places)
        if places:
            self.table.select_source_row(places[0])

    def next_problem(self) -> None:
        """Go to the next row with an error or a warning, and from the last to the first."""
        shown = self.model.shown_rows
        problems = [view for view, row in enumerate(shown) if self._state(row) in _SHADES]
        if problems:
            now = self.table.currentIndex().row()
            self.table.selectRow(next((view for view in problems if view > now), problems[0]))

    def _filter(self, key: str) -> None:
        if self.review is not None:
            self.model.set_row_filter(None if key == "all" else self.review.filters[key])

    def _state(self, row: int) -> str:
        return str(self.review.rows["state"][row][0]) if self.review is not None else ""

    def _shade(self, row: int) -> str | None:
        return _SHADES.get(self._state(row))


def _columns(review: Review) -> list[Column]:
    yields = review.preview.importer.yields
    titles = _TITLES[yields]
    rows = review.rows

    def explained(row: int) -> str:
        what, state = rows["what"][row], rows["state"][row][1]
        return f"Row {rows['row'][row]}: {what or state}"

    money = cents_style(review.preview.totals.currency)
    return [
        Column("state", "", "status", width=40, tooltip=explained),
        Column("row", "Row", "integer", width=60, muted=True, descending_first=False),
        Column("date", titles[0], "date", width=100, hidden=not titles[0]),
        Column("number", titles[1], width=86),
        Column("customer", titles[2], strong=True, width=CUSTOMER_PX, hidden=not titles[2]),
        Column("item", titles[3], width=ITEM_PX),
        Column("amount", titles[4], "money", width=100, money=money, hidden=not titles[4]),
        Column("what", "What happens", "reason", width=120, tooltip=explained),
    ]
