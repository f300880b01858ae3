"""The table of segments on the Overview: how many, how much, how they moved."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from ui.figure_texts import money_style
from ui.loading import Loaded
from ui.models.column import Column
from ui.models.column_table import ColumnTableModel
from ui.session import Session
from ui.widgets.totals_table import TotalsTable

if TYPE_CHECKING:
    from core.segments.totals import SegmentTotal

ROW_PX = 26
HEAD_AND_TOTALS_PX = 66
NEEDED_PX = {"margin": 806, "net": 690}  # narrower tables leave these out


class SegmentsTable(TotalsTable):
    """One row for each segment, all customers below; Enter or a click shows the customers of a segment."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            ColumnTableModel([]), name="Segments", stretch="segment", multi=False, row_height=ROW_PX
        )
        self._session = session
        self.table.open_asked.connect(self._open)

    def show_figures(self, loaded: Loaded) -> None:
        """Show the segments of the book's first scheme."""
        membership = loaded.membership
        if membership is None:
            return
        from core.segments.totals import grand_total, segment_totals

        metrics = loaded.figures.metrics
        totals = [total for total in segment_totals(membership, metrics) if total.customers]
        totals.sort(key=lambda total: total.segment.rank)
        every = grand_total(membership, metrics)
        self.table.table_model.set_columns(_columns(loaded), _rows(loaded, totals, every))
        self._fit()
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(HEAD_AND_TOTALS_PX + ROW_PX * len(totals))
        last = {key: values[0] for key, values in _rows(loaded, [every], every).items()}
        if loaded.movement is not None:
            last["moved"] = loaded.movement.total_after - loaded.movement.total_before
        last["segment"] = "All customers"
        self.set_totals(last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what says least where there is no room for all."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        model = self.table.table_model
        if model.columns:
            for key, needed in NEEDED_PX.items():
                self.table.setColumnHidden(model.place_of(key), self.width() < needed)

    def _open(self, row: int) -> None:
        _place, name = self.table.table_model.value(row, "segment")
        self._session.open_page("customers", {"segment": name})


def _columns(loaded: Loaded) -> list[Column]:
    money = money_style(loaded.figures)
    since = loaded.moved_since
    columns = [
        Column("segment", "Segment", "segment", width=126),
        Column("customers", "Customers", "integer", width=80),
        Column("revenue", "Revenue", "money", money=money, width=96),
        Column("share", "Share", "share", bar_segment="segment", width=112),
        Column("margin", "Margin", "percent", width=66, header_tooltip="Gross profit as a share of revenue"),
        Column("contribution", "Net contribution", "money", money=money, width=126),
        Column("net", "Net %", "percent", width=84),
    ]
    if since is not None:
        tooltip = f"Customers now, less those when {since.label} was closed."
        columns.insert(
            2, Column("moved", f"vs {since.start:%b}", "signed", muted=True, header_tooltip=tooltip, width=58)
        )
    return columns


def _rows(loaded: Loaded, totals: "list[SegmentTotal]", every: "SegmentTotal") -> dict[str, list[object]]:
    rows: dict[str, list[object]] = {
        "segment": [(total.segment.palette, total.segment.name) for total in totals],
        "customers": [total.customers for total in totals],
        "revenue": [total.net_revenue for total in totals],
        "share": [_ratio(total.net_revenue, every.net_revenue) for total in totals],
        "margin": [_ratio(total.gross_profit, total.net_revenue) for total in totals],
        "contribution": [total.contribution for total in totals],
        "net": [_ratio(total.contribution, total.net_revenue) for total in totals],
    }
    movement = loaded.movement
    if movement is not None:
        names = [total.segment.name for total in totals]
        rows["moved"] = [movement.closing(name) - movement.opening(name) for name in names]
    return rows


def _ratio(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None
