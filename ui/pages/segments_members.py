"""The customers of a segment, each with the reason why."""

from collections.abc import Callable

from ui.figure_texts import money_style
from ui.models.column import Column, MoneyStyle
from ui.models.column_table import ColumnTableModel
from ui.pages.segments_data import BY_HAND, SegmentsData, members_of
from ui.widgets.table import DataTable

ROW_PX = 28


class MembersTable(DataTable):
    """Name, figures and reason; Enter opens the customer."""

    def __init__(self, on_open: Callable[[list[int]], object]) -> None:
        self._ids: list[int] = []
        model = ColumnTableModel(_columns(MoneyStyle()))
        super().__init__(model, name="Members", stretch="why", row_height=ROW_PX)
        model.setParent(self)
        self.open_asked.connect(lambda row: on_open([self._ids[row]]))

    def show_members(self, data: SegmentsData, segment: str) -> None:
        """Show the customers of a segment."""
        self._ids, columns = members_of(data, segment)
        origins = columns["origin"]

        def pinned(row: int) -> str:
            return "push-pin-fill" if origins[row] == BY_HAND else ""

        self.table_model.set_columns(
            _columns(money_style(data.figures), pinned, columns["why"].__getitem__), columns
        )
        self.fit_columns()


def _columns(
    money: MoneyStyle, pinned: Callable[[int], str] | None = None, why: Callable[[int], str] | None = None
) -> list[Column]:
    return [
        Column("customer", "Customer", strong=True, width=150, mark=pinned),
        Column("net_revenue", "Revenue", "money", width=84, money=money),
        Column("contribution", "Contribution", "money", width=98, money=money),
        Column("orders", "Orders", "integer", width=62),
        Column("last", "Last order", "date", width=96),
        Column("origin", "Put here by", width=92, muted=True, hidden=True),
        Column("why", "Why", "reason", width=120, tooltip=why),
    ]
