"""The segments that the three scores make: customers, revenue, what each means, and where its scores lie."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.analysis.patterns.rfm_names import changed_cells
from core.analysis.patterns.rfm_table import SEGMENTS
from core.segments.methods.rfm import segment_specs
from ui.figure_texts import money_style
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.patterns_data import SCORES, Scores, customer_ids
from ui.pages.patterns_parts import PartCard, Parts
from ui.pages.patterns_scores_map import ScoresMap, map_cells
from ui.segment_marks import segment_marks
from ui.widgets.buttons import Button
from ui.widgets.cards import QuietBox
from ui.widgets.labels import ElidedLabel, TextLabel, hbox, vbox
from ui.widgets.table import simple_table

SINCE = "Days since the last order: the median of the segment's customers"
SHARE = "Of the net revenue of all customers with an order in the period"
HOLDS = "Each block: frequency 1 to 5; faint where nobody stands"
NAMES = "Choose how many scores there are, by which rule, and what each combination is called"
ROW_PX = 28
OWN = "A name that this book gives to its scores."


class NamedSegmentsCard(PartCard):
    """The eleven segments that the three scores make, and those who are not scored."""

    part, missing_title = SCORES, "segments by score"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Segments by score", "By all three scores", flush=True)
        self.names_button = Button("Scores and names…", scale="small", clicked=self.ask_names)
        self.add_action(self.names_button)
        self.table = simple_table(
            _segment_columns(), name="Segments by score", stretch="segment", row_height=ROW_PX
        )
        self.table.open_asked.connect(self._open)
        self.table.row_selected.connect(self._show_where)
        self.map = ScoresMap()
        self.map.opened.connect(self.open_customers)
        self.map_note = ElidedLabel("", "small", tone="muted")
        self.unscored = TextLabel("", "small", tone="muted", wrap=True)
        self.prospects_button = Button("Show prospects", "link", clicked=self._open_prospects)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._chosen_part())
        self.content.addLayout(self._map_part(), 100)
        self.content.addStretch(1)
        foot = hbox(self.unscored, self.prospects_button, margins=(14, 0, 14, 8))
        foot.setStretch(0, 1)
        self.content.addLayout(foot)
        self._loaded: Loaded | None = None
        self._scores: Scores | None = None
        self._meanings: list[str] = []

    def _chosen_part(self) -> QWidget:
        self.name = TextLabel("", "body-bold")
        self.meaning = ElidedLabel("", "body")
        self.show_button = Button("Show customers", "link", clicked=self._open_chosen)
        row = hbox(self.name, self.meaning, self.show_button, gap=5)
        row.setStretch(1, 1)
        box = QuietBox(row)
        box.layout().setContentsMargins(10, 3, 10, 3)  # type: ignore[union-attr]
        holder = QWidget()
        holder.setLayout(vbox(box, margins=(14, 0, 14, 0)))
        return holder

    def _map_part(self) -> QVBoxLayout:
        title = TextLabel("Scores of each segment", "small-bold")
        head = hbox(title, self.map_note, gap=8)
        head.setStretch(1, 1)
        part = vbox(head, self.map, gap=4, margins=(14, 2, 14, 0))
        part.setStretch(1, 1)
        return part

    def has_content(self, *, shown: bool) -> None:
        """Names can be changed where there is somebody to score."""
        reason = self.session.read_only_reason
        self.names_button.setVisible(shown)
        self.names_button.setDisabled(bool(reason))
        self.names_button.setToolTip(reason or NAMES)

    def fill(self, loaded: Loaded, found: Scores) -> None:
        """Show counts and revenue of every segment."""
        self._loaded, self._scores = loaded, found
        rows = segment_rows(loaded, found)
        count = len(rows["segment"])
        self._meanings = [
            spec.description or OWN for spec in segment_specs(name for _, name in rows["segment"])
        ]
        columns = _segment_columns(money_style(loaded.figures), self._meanings)
        self.table.table_model.set_columns(columns, rows)
        self.table.setFixedHeight(34 + ROW_PX * count + 2)
        self.map.show_cells(map_cells(loaded, found, segment_marks(map_names(loaded))))
        self.map_note.setText(names_words(loaded))
        self.unscored.setText(unscored_words(found, loaded.figures.facts.period.label))
        self.table.select_source_row(0)
        self.prospects_button.setVisible(int(found.scored.prospects.sum()) > 0)

    def ask_names(self) -> None:
        """Ask for bins, rule and names."""
        from ui.dialogs.rfm_table_saving import open_rfm_table

        if self._loaded is not None:
            open_rfm_table(self.session, self._loaded.figures.facts, self.window())

    def _name_at(self, row: int) -> str:
        return str(self.table.table_model.value(row, "segment")[1])

    def _show_where(self, row: int) -> None:
        name = self._name_at(row) if row >= 0 else ""
        self.map.point_out(name)
        self.name.setText(f"{name}:" if name else "")
        self.meaning.setText(self._meanings[row] if name else "")
        self.show_button.setVisible(bool(name) and self.table.table_model.value(row, "customers") > 0)

    def _open_chosen(self) -> None:
        if self.table.current_source_row >= 0:
            self._open(self.table.current_source_row)

    def _open(self, row: int) -> None:
        name = self._name_at(row)
        if self._loaded is not None and self._scores is not None:
            mine = (self._scores.scored.segment == name).fillna(value=False).to_numpy(dtype=bool)
            if mine.any():
                self.open_customers((customer_ids(self._loaded.figures.facts, mine), f"By score: {name}"))

    def _open_prospects(self) -> None:
        if self._loaded is not None and self._scores is not None:
            ids = customer_ids(self._loaded.figures.facts, self._scores.scored.prospects)
            self.open_customers((ids, "Prospects: no order yet"))


def _segment_columns(money: Any = None, meanings: Any = ()) -> list[Column]:
    style = {"money": money} if money is not None else {}
    return [
        Column(
            "segment",
            "Segment",
            "segment",
            width=148,
            tooltip=lambda row: f"{meanings[row]}\nEnter shows the customers." if row < len(meanings) else "",
        ),
        Column("customers", "Customers", "integer", width=84),
        Column("revenue", "Revenue", "money", **style),
        Column("share", "Share", "percent", width=66, header_tooltip=SHARE),
        Column("order_days", "Last order", "days", width=84, header_tooltip=SINCE),
    ]


def segment_names(found: Scores) -> list[str]:
    """The eleven, then those that the book's own table of scores adds."""
    own = sorted({str(name) for name in found.scored.segment.dropna().unique()} - set(SEGMENTS))
    return [*SEGMENTS, *own]


def map_names(loaded: Loaded) -> set[str]:
    """Every name in the book's table of scores, whether somebody stands there or not."""
    return set(loaded.figures.facts.rfm_choice.table.values())


def segment_rows(loaded: Loaded, found: Scores) -> dict[str, list[Any]]:
    """The eleven segments with their customers; unknown where nobody is in one."""
    revenue = loaded.figures.ladder.by_customer["net_revenue"].to_numpy()
    recency = loaded.figures.metrics["recency_days"]
    segment = found.scored.segment.to_numpy(dtype=object, na_value="")
    total = int(revenue[segment != ""].sum())
    rows: dict[str, list[Any]] = {
        key: [] for key in ("segment", "customers", "revenue", "share", "order_days")
    }
    names = segment_names(found)
    marks = segment_marks(names)
    for name in names:
        mine = segment == name
        money = int(revenue[mine].sum())
        rows["segment"].append((marks[name], name))
        rows["customers"].append(int(mine.sum()))
        rows["revenue"].append(money)
        rows["share"].append(money / total if total > 0 else None)
        rows["order_days"].append(int(recency[mine].median()) if mine.any() else None)
    return rows


def names_words(loaded: Loaded) -> str:
    """Whether the book has names of its own."""
    changed = len(changed_cells(loaded.figures.facts.rfm_choice.table))
    if not changed:
        return HOLDS
    return f"{changed} of 125 renamed: marked by a corner. {HOLDS}"


def unscored_words(found: Scores, period: str) -> str:
    """Who stands outside the grid, and why."""
    prospects, silent = int(found.scored.prospects.sum()), found.silent
    credited = int(found.scored.credits_only.sum())
    parts = []
    if silent:
        parts.append(f"{_customers(silent)} ordered before but not in {period}: not scored.")
    if credited:
        have = "has" if credited == 1 else "have"
        parts.append(f"{_customers(credited)} {have} credits only and no order: not scored.")
    if prospects:
        parts.append(f"{_customers(prospects)} never ordered: prospects, kept apart.")
    return " ".join(parts) or f"Every customer of the book ordered in {period}."


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"
