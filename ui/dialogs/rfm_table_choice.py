"""The upper part of the dialog: how many bins, and by which rule they are cut, each with its line of words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from core.analysis.patterns.rfm_rules import FEWEST_BINS, MOST_BINS, Rule
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.segmented import SegmentedButtons

BINS_WORDS = "Groups that customers are parted into by each figure."
RULES = (
    (
        Rule.TIES_ALIKE,
        "Equal values score alike",
        "By the share of customers with a lower figure; groups may be uneven.",
    ),
    (
        Rule.QUANTILES_PLUS_ONE,
        "Quantiles of the R package rfm",
        "Cuts at equal shares of customers plus one unit; a figure at a cut is in the higher group.",
    ),
)
INDENT_PX = 24


class ChoiceRow(QWidget):
    """Bins at the left, the two rules beside each other."""

    changed = Signal()

    def __init__(self, bins: int, rule: Rule) -> None:
        super().__init__()
        choices = [(str(count), str(count)) for count in range(FEWEST_BINS, MOST_BINS + 1)]
        self.bins_buttons = SegmentedButtons(choices, name="Number of bins", current=str(bins))
        self.bins_buttons.chosen.connect(lambda _key: self.changed.emit())
        self._group = QButtonGroup(self)
        self._rules: dict[Rule, QRadioButton] = {}
        words = TextLabel(BINS_WORDS, "small", tone="muted", wrap=True)
        left = vbox(
            hbox(TextLabel("Bins", "small-strong", tone="secondary"), self.bins_buttons, None, gap=10),
            words,
            None,
            gap=4,
        )
        row = hbox(left, gap=24)
        row.setStretch(0, 24)
        for place, (key, title, text) in enumerate(RULES):
            row.addLayout(self._rule(key, title, text, chosen=key is rule), (30, 40)[place])
        self.setLayout(row)

    def _rule(self, rule: Rule, title: str, text: str, *, chosen: bool) -> QVBoxLayout:
        button = QRadioButton(title)
        button.setAccessibleDescription(text)
        button.setChecked(chosen)
        self._group.addButton(button)
        self._rules[rule] = button
        button.toggled.connect(self._toggled)
        words = TextLabel(text, "small", tone="muted", wrap=True)
        words.setContentsMargins(INDENT_PX, 0, 0, 0)
        return vbox(button, words, None, gap=4)

    @property
    def bins(self) -> int:
        """How many bins are chosen."""
        return int(self.bins_buttons.current)

    @property
    def rule(self) -> Rule:
        """Which rule is chosen."""
        return next(rule for rule, button in self._rules.items() if button.isChecked())

    def choose(self, bins: int, rule: Rule) -> None:
        """Choose as somebody at the screen would."""
        self.bins_buttons.set_current(str(bins))
        self._rules[rule].setChecked(True)
        self.changed.emit()

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if on:
            self.changed.emit()
