"""Schemes without rules: what they do, in words, and what of it can be set."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QSpinBox, QVBoxLayout, QWidget

from core.segments.by_value import SMALLEST
from core.segments.method import SegmentSpec
from core.segments.method_shelf import method_named
from ui.pages.segments_data import SegmentsData
from ui.pages.segments_draft import Draft, symbol_of
from ui.pages.segments_fields import label_of
from ui.widgets.fields import combo, labelled
from ui.widgets.labels import TextLabel, clear_layout, hbox, vbox
from ui.widgets.tags import SegmentChip

MEASURES = (
    ("", "As far as costs are known"),
    ("contribution", "Contribution"),
    ("gross_profit", "Gross profit"),
    ("net_revenue", "Net revenue"),
)
FIXED = "Nothing can be set here. To change who belongs together, make a scheme of your own with rules."
FIELD_PX = 240


class OptionsEditor(QWidget):
    """The method's own description and its options."""

    def __init__(self, on_change: Callable[[str, object], object]) -> None:
        super().__init__()
        self._on_change = on_change
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.setLayout(vbox(self._column, None))
        self.fields: dict[str, QWidget] = {}

    def show_scheme(self, draft: Draft, segment: SegmentSpec, data: SegmentsData) -> None:
        """Show a scheme and one of the segments that it makes."""
        clear_layout(self._column)
        self.fields = {}
        method = method_named(draft.now.method)
        chip = SegmentChip(segment.name, symbol_of(segment))
        self._column.addLayout(hbox(TextLabel("A customer in"), chip, None))
        self._say(segment.description)
        self._say(f"How this scheme divides: {method.description[:1].lower()}{method.description[1:]}")
        self._say(data.membership.note)
        options = draft.now.definition.options
        if method.key == "profit_tier":
            self._add(
                "measure", "Ranked by", self._combo("measure", MEASURES, str(options.get("measure", "")))
            )
        elif method.key in {"geography", "attribute"}:
            self._add(
                "field", "Divided by", self._combo("field", _texts(data), str(options.get("field", "")))
            )
            self._add(
                "smallest",
                "Least number of customers for a segment of its own",
                self._spin(options.get("smallest", SMALLEST)),
            )
        else:
            self._say(FIXED)

    def _say(self, words: str) -> None:
        if words:
            self._column.addWidget(TextLabel(words, "body", tone="secondary", wrap=True))

    def _add(self, key: str, label: str, field: QWidget) -> None:
        field.setFixedWidth(FIELD_PX)
        self.fields[key] = field
        self._column.addLayout(hbox(labelled(label, field), None))

    def _combo(
        self, key: str, choices: "tuple[tuple[str, str], ...] | list[tuple[str, str]]", current: str
    ) -> QComboBox:
        box = combo(choices, name=key)
        box.setCurrentIndex(max(0, box.findData(current)))
        box.activated.connect(lambda _index: self._on_change(key, str(box.currentData()) or None))
        return box

    def _spin(self, value: object) -> QSpinBox:
        box = QSpinBox()
        box.setRange(1, 1000)
        box.setValue(value if isinstance(value, int) else SMALLEST)
        box.valueChanged.connect(lambda number: self._on_change("smallest", number))
        return box


def _texts(data: SegmentsData) -> list[tuple[str, str]]:
    fields = data.given.fields.values()
    return [("", "What the book knows best"), *((one.key, label_of(one)) for one in fields if one.is_text)]
