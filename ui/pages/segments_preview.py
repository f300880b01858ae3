"""Live preview: what the rule as edited would do, and whether the segment can be acted on."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from core.segments.actionable import Check, passed_of
from core.unit import Unit
from core.usecases.segments import RulePreview
from ui.figure_texts import numbers_of
from ui.pages.segments_data import SegmentsData
from ui.widgets.cards import Card, MiniFigure
from ui.widgets.labels import ElidedLabel, IconLabel, Rule, TextLabel, clear_layout, hbox
from ui.widgets.tags import StatusTag

_ICONS = {
    True: ("check-circle-fill", "positive.fill"),
    False: ("warning-circle-fill", "warning.fill"),
    None: ("circle-dashed", "text.muted"),
}
FIGURES = (
    ("customers", "Customers"),
    ("revenue", "Revenue"),
    ("contribution", "Net contribution"),
    ("average", "Average order"),
)


class PreviewCard(Card):
    """Four figures, six checks, and how the number of members comes about."""

    def __init__(self) -> None:
        super().__init__("Live preview")
        self.figures = {key: MiniFigure(name) for key, name in FIGURES}
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        for place, figure in enumerate(self.figures.values()):
            grid.addWidget(figure, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        self.passed = StatusTag("", "review", with_icon=False)
        self.line = TextLabel("", "small", tone="secondary", wrap=True)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(7)
        self.body.setSpacing(8)
        self.add(grid)
        self.add(Rule())
        self.add(hbox(TextLabel("Can you act on it?", "body-bold"), None, self.passed))
        self.add(self._checks)
        self.body.addStretch(1)
        self.add(Rule())
        self.add(self.line)
        self.preview: RulePreview | None = None

    def show_preview(self, preview: RulePreview, data: SegmentsData) -> None:
        """Show what the rule does now."""
        self.preview = preview
        numbers, own, book = numbers_of(data.figures), preview.total, preview.book
        self.set_title("Live preview", f"{preview.seconds:.2f} s")

        def money(minor: int | None) -> str:
            return numbers.write(minor, Unit.MONEY)

        share = _percent(own.customers, book.customers)
        self.figures["customers"].set_figure(f"{own.customers:,}", f"{share} of {book.customers:,}".strip())
        part = _percent(own.net_revenue, book.net_revenue)
        self.figures["revenue"].set_figure(money(own.net_revenue), f"{part} of total" if part else "")
        margin = _percent(own.contribution, own.net_revenue)
        self.figures["contribution"].set_figure(
            money(own.contribution), f"{margin} of revenue" if margin else ""
        )
        average = None
        if own.orders and own.net_revenue is not None:
            average = round(own.net_revenue / own.orders)
        orders = "orders not known" if own.orders is None else f"{own.orders:,} orders"
        self.figures["average"].set_figure(money(average), orders)
        self._show_checks(preview)
        self.line.setText(preview.line)

    def _show_checks(self, preview: RulePreview) -> None:
        clear_layout(self._checks)
        passed = sum(check.passed is True for check in preview.checks)
        all_pass = passed == len(preview.checks)
        self.passed.set_status(passed_of(preview.checks), "good" if all_pass else "review")
        for check in preview.checks:
            self._checks.addLayout(_check_row(check))


def _check_row(check: Check) -> QVBoxLayout:
    name, token = _ICONS[check.passed]
    note = ElidedLabel(check.sentence, "small", tone="muted")
    label = TextLabel(check.label, "small-strong")
    row = hbox(IconLabel(name, color_token=token, size=15), label, note, gap=7)
    row.setStretch(2, 1)
    label.setToolTip(f"Threshold: {check.threshold}")
    column = QVBoxLayout()
    column.addLayout(row)
    return column


def _percent(part: int | None, whole: int | None) -> str:
    if part is None or not whole or whole < 0:
        return ""
    ratio = part / whole
    text = f"{abs(ratio) * 100:.1f}%"
    return f"({text})" if ratio < 0 and text != "0.0%" else text
