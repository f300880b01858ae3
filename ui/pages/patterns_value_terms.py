"""What lifetime value is worked out on: model, money, how far ahead and what is taken off; with the warnings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from core.analysis.patterns.lifetime_terms import MOST_RATE, Horizon, LifetimeTerms, ModelName
from core.analysis.patterns.repeat_purchases import Basis
from ui.loading import Loaded
from ui.theme import current_theme
from ui.widgets.cards import Card
from ui.widgets.fields import ChoiceButton
from ui.widgets.labels import IconLabel, TextLabel, hbox, vbox
from ui.widgets.states import SHOWS_AFTER_MS

MODELS = [("bg_nbd", "after an order"), ("pareto_nbd", "at any time")]
BASES = [("revenue", "net revenue"), ("gross_profit", "gross profit"), ("contribution", "contribution")]
MONTHS = (6, 12, 24, 36)
MODEL_TIP = (
    "When customers silently stop buying.\n"
    "After an order (model BG/NBD): each time, some do not come back. Who ordered once counts as still buying.\n"
    "At any time (model Pareto/NBD): also long after the last order, and after the first one too.\n"
    "Take the one whose expectation comes closer to what happened."
)
BASIS_TIP = (
    "What an order is worth: its net revenue, or that times the margin of its customer in the period. "
    "Customers with a loss count as 0."
)
MONTHS_TIP = "How far ahead the orders of a customer are counted, from the last day of the period on."
RATE_TIP = (
    "What money a year later is worth less: an order of 110 in a year counts as 100 at 10% a year. "
    "0% takes nothing off."
)
NO_COST = "not known: no sale of the period has a cost"
NO_POOLS = "not known: it needs a cost of sales and a cost to serve"
TYPING_PAUSE_MS = 500
RATE_PX = 104
EDGES_PX = 52  # beside the warnings: margins and the sign


class TermsCard(Card):
    """One row of choices; below it what the models warn of."""

    chosen = Signal(object)  # the LifetimeTerms that hold from now on

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("How lifetime value is worked out")
        self.terms = LifetimeTerms()
        self.model = ChoiceButton("Customers stop", MODELS)
        self.basis = ChoiceButton("Value in", BASES)
        self.months = ChoiceButton("Ahead", month_choices(12))
        self.rate = _rate_box()
        self.working = TextLabel("Working it out…", "small", tone="muted")
        self._tips = ((self.model, MODEL_TIP), (self.basis, BASIS_TIP), (self.months, MONTHS_TIP))
        rate = hbox(TextLabel("Less a year", "body", tone="muted"), self.rate, gap=7)
        self.add(hbox(self.model, self.basis, self.months, rate, None, self.working, gap=10))
        self.warnings = TextLabel("", "small", tone="warning", wrap=True)
        sign = IconLabel("warning-circle-fill", color_token="warning.fill", size=14)
        self._warning_row = QWidget()
        row = hbox(vbox(sign, None, gap=0, margins=(0, 1, 0, 0)), self.warnings, gap=7)
        row.setStretch(1, 1)
        self._warning_row.setLayout(row)
        self.add(self._warning_row)
        self.body.setContentsMargins(14, 9, 14, 9)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._late = QTimer(self, singleShot=True, interval=SHOWS_AFTER_MS)
        self._connect()
        self.set_warnings(())
        self.set_working(under_way=False)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._chosen)
        self._late.timeout.connect(self.working.show)
        for button, _tip in self._tips:
            button.chosen.connect(lambda _key: self._chosen())
        self.rate.valueChanged.connect(lambda _value: self._pause.start())
        self.rate.editingFinished.connect(self._typed)

    def set_terms(self, terms: LifetimeTerms) -> None:
        """Show what holds, without saying so."""
        self.terms = terms
        self.model.set_current(terms.model)
        self.basis.set_current(terms.basis)
        self.months.set_choices(month_choices(terms.horizon.months), current=str(terms.horizon.months))
        self.rate.blockSignals(True)
        self.rate.setValue(100 * terms.horizon.yearly_rate)
        self.rate.blockSignals(False)
        self._pause.stop()

    def offer(self, loaded: Loaded, *, kept: bool) -> None:
        """Leave out the money that is not known of anybody; say where a choice is not `kept`."""
        known = {key: key == "revenue" or is_known(loaded, key) for key, _text in BASES}
        missing = {"gross_profit": NO_COST, "contribution": NO_POOLS}
        for action in self.basis.menu().actions():
            key = str(action.data())
            action.setEnabled(known[key])
            text = dict(BASES)[key]
            action.setText(text if known[key] else f"{text} ({missing[key]})")
        after = "" if kept else "\nThe book is open for reading only: the choice holds until you close it."
        for widget, tip in (*self._tips, (self.rate, RATE_TIP)):
            widget.setToolTip(tip + after)

    def set_warnings(self, warnings: Sequence[str]) -> None:
        """Say where the models are at their edge."""
        self.warnings.setText(" ".join(warnings))
        self._warning_row.setVisible(bool(warnings))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Warnings take more lines in a narrow window."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        # What scrolls asks for the least height, in which a wrapped text counts with one line only.
        height = self.warnings.heightForWidth(max(200, self.width() - EDGES_PX))
        self.warnings.setMinimumHeight(max(0, height))

    def set_working(self, *, under_way: bool) -> None:
        """Say that other figures are on their way, unless they come at once."""
        if not under_way:
            self._late.stop()
            self.working.hide()
        elif self.working.isHidden() and not self._late.isActive():
            self._late.start()

    def _typed(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._chosen()

    def _chosen(self) -> None:
        self._pause.stop()
        terms = replace(
            self.terms,
            model=cast("ModelName", self.model.current),
            basis=cast("Basis", self.basis.current),
            horizon=Horizon(int(self.months.current), round(self.rate.value() / 100, 4)),
        )
        if terms != self.terms:
            self.terms = terms
            self.chosen.emit(terms)


def month_choices(current: int) -> list[tuple[str, str]]:
    """The usual horizons, and the one that holds where it is another."""
    months = sorted({*MONTHS, current})
    return [(str(count), "1 month" if count == 1 else f"{count} months") for count in months]


def is_known(loaded: Loaded, rung: str) -> bool:
    """Whether a rung of the profit ladder is known of any customer in the period."""
    return bool(loaded.figures.ladder.by_customer[rung].notna().any())


def _rate_box() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setAccessibleName("What money a year later is worth less, in percent")
    box.setRange(0.0, 100 * float(MOST_RATE))
    box.setDecimals(1)
    box.setSingleStep(1.0)
    box.setSuffix("%")
    box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    box.setFixedSize(RATE_PX, current_theme().size("control"))
    return box
