"""The orders of the period in single figures, and how they changed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.order_value import OrderValue, order_value
from core.analysis.patterns.share import Share
from core.money import divide_half_away
from core.unit import Unit
from reports.numbers import Numbers
from ui.figure_texts import change_of, numbers_of
from ui.loading import Loaded
from ui.pages.patterns_data import Part
from ui.pages.patterns_parts import PartCard, Parts
from ui.widgets.cards import MiniFigure
from ui.widgets.labels import hbox

if TYPE_CHECKING:
    from core.progress import Progress

Figure = tuple[float | None, Unit, bool | None, str]  # value, unit, good when up, definition


@dataclass(frozen=True)
class OrdersFound:
    """The orders now and in what the period is compared with."""

    now: OrderValue
    before: OrderValue | None


def orders_found(loaded: Loaded, progress: "Progress") -> OrdersFound | NotEnough:
    """Add the orders up."""
    progress.step("Adding orders up")
    now = order_value(loaded.figures.facts)
    if not now.orders:
        return NotEnough(0, 1, f"orders in {loaded.figures.facts.period.label}")
    before = None if loaded.compare is None else order_value(loaded.compare.facts)
    return OrdersFound(now, before if before is not None and before.orders else None)


ORDERS = Part("orders", "Adding orders up", orders_found)
LEAST_PX = 112
ORDERS_MEAN = (
    "Invoices and sales receipts of customers; those of a customer on one day are one order, unless the book's "
    "settings say otherwise. Sales on no customer do not count. The foot of the window counts every document."
)
NAMES = ("Orders", "Average order", "Lines an order", "Discounts", "Returns")


def order_figures(value: OrderValue, numbers: Numbers) -> tuple[Figure, ...]:
    """The figures of one period, with their working."""
    average = divide_half_away(value.revenue.numerator, value.orders) if value.orders else None
    money = numbers.money

    def by(share: Share) -> str:
        return f"{money(share.numerator)} ÷ {money(share.denominator)}"

    return (
        (value.orders, Unit.COUNT, True, ORDERS_MEAN),
        (average, Unit.MONEY, True, f"Net revenue by orders: {money(value.revenue.numerator)} ÷ {value.orders:,}."),
        (
            value.lines.value, Unit.NUMBER, None,
            f"Lines of invoices and receipts by orders: {value.lines.numerator:,} ÷ {value.orders:,}.",
        ),
        (value.discounts.value, Unit.RATIO, False, f"Discounts by gross sales: {by(value.discounts)}."),
        (
            value.returns.value, Unit.RATIO, False,
            f"Credit notes and refunds by sales after discounts: {by(value.returns)}.",
        ),
    )  # fmt: skip


class OrdersCard(PartCard):
    """How many orders, how large, how much discounted and taken back."""

    part, missing_title = ORDERS, "orders"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Orders of the period")
        self.figures = [MiniFigure(name) for name in NAMES]
        row = hbox(gap=12)
        for figure in self.figures:
            row.addWidget(figure, 1)
        self.content.addLayout(row)
        self.setMinimumHeight(LEAST_PX)

    def has_content(self, *, shown: bool) -> None:
        """Without an order the other cards say so."""
        self.setVisible(shown or not isinstance(self.parts.found(self.part.key), NotEnough))

    def fill(self, loaded: Loaded, found: OrdersFound) -> None:
        """Show each figure with its change."""
        numbers = numbers_of(loaded.figures)
        now = order_figures(found.now, numbers)
        before = order_figures(found.before, numbers) if found.before is not None else None
        for place, figure in enumerate(self.figures):
            value, unit, good, means = now[place]
            earlier = None if before is None else before[place][0]
            change = change_of(value, earlier, unit, good_when_up=good)
            moved = earlier is not None and change.direction != "none"
            base = f" from {numbers.write(earlier, unit)}" if moved else ""
            text = "–" if value is None else numbers.write(value, unit)
            figure.set_figure(text, f"{change.signed}{base}".strip(), verdict=change.verdict)
            figure.setToolTip(means)
