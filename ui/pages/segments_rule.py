"""The rule of a segment: rows of conditions, all or any of them, with one level of groups."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from core.segments.method import SegmentSpec
from core.segments.rule import Comparison, Condition, Group, Quantifier, Rule, all_of
from core.segments.rule_text import sentence
from ui.pages.segments_condition import JOINING_PX, ConditionRow
from ui.pages.segments_data import SegmentsData
from ui.pages.segments_draft import symbol_of
from ui.theme import current_theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import combo
from ui.widgets.labels import TextLabel, clear_layout, hbox, vbox
from ui.widgets.tags import SegmentChip

QUANTIFIERS = [(str(Quantifier.ALL), "all"), (str(Quantifier.ANY), "any"), (str(Quantifier.NONE), "none")]
JOINING = {Quantifier.ALL: "and", Quantifier.ANY: "or", Quantifier.NONE: "nor"}
NEW_CONDITION = Condition("recency_days", Comparison.MORE, ("30",))
QUANTIFIER_PX, CHIP_PX = 72, 132


class RuleEditor(QWidget):
    """Shows a rule and says when it changed; `rule()` is what it says now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._data: SegmentsData | None = None
        self.members: list[ConditionRow | GroupBox | FixedRule] = []
        self._head = QVBoxLayout()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.quantifier: QComboBox = combo(QUANTIFIERS, name="How many conditions must hold")
        self.add = Button("Condition", icon_name="plus", clicked=self.add_condition)
        self.group = Button("Group", icon_name="plus", clicked=self.add_group)
        self._hint = TextLabel("Ctrl Enter adds a condition", "small", tone="muted")
        self.buttons = QWidget()
        self.buttons.setLayout(hbox(JOINING_PX, self.add, self.group, None, self._hint, gap=6))
        self.setLayout(vbox(self._head, self._rows, self.buttons, gap=6))
        self.quantifier.activated.connect(lambda _index: self._changed())

    def show_rule(self, segment: SegmentSpec, data: SegmentsData, *, last: bool) -> None:
        """Show a segment's rule; the last segment has none."""
        self._data = data
        clear_layout(self._head)
        clear_layout(self._rows)
        self.members = []
        self.buttons.setVisible(not last)
        chip = _chip(segment)
        if last:
            words = TextLabel("is every customer whom no rule before took.", "body")
            self._head.addLayout(hbox(TextLabel("A customer in"), chip, words, None, gap=8))
            return
        rule = (
            segment.rule
            if isinstance(segment.rule, Group)
            else all_of(*([segment.rule] if segment.rule else []))
        )
        self.quantifier = combo(
            QUANTIFIERS, name="How many conditions must hold", current=str(rule.quantifier)
        )
        self.quantifier.setFixedWidth(QUANTIFIER_PX)
        self.quantifier.setProperty("tight", True)
        self.quantifier.activated.connect(lambda _index: self._changed())
        parts = (
            TextLabel("A customer is"),
            chip,
            TextLabel("when"),
            self.quantifier,
            TextLabel("of these are true"),
        )
        self._head.addLayout(hbox(*parts, None, gap=8))
        for member in rule.members:
            self._append(member)
        self._join()

    def rule(self) -> Group:
        """The rule as it stands on the screen."""
        members = tuple(member for part in self.members if (member := rule_of(part)) is not None)
        return Group(Quantifier(str(self.quantifier.currentData())), members)

    @property
    def rows(self) -> list[ConditionRow]:
        """The conditions outside groups."""
        return [part for part in self.members if isinstance(part, ConditionRow)]

    def add_condition(self) -> None:
        """Add a condition at the end."""
        if self.buttons.isHidden():
            return
        row = self._append(NEW_CONDITION)
        self._changed()
        if isinstance(row, ConditionRow):
            row.field.setFocus()

    def add_group(self) -> None:
        """Add a group of which any condition must hold."""
        self._append(Group(Quantifier.ANY, (NEW_CONDITION,)))
        self._changed()

    def _append(self, member: Rule) -> "ConditionRow | GroupBox | FixedRule":
        assert self._data is not None
        part = make_part(member, self._data)
        part.changed.connect(self._changed)
        part.removed.connect(lambda: self._remove(part))
        self.members.append(part)
        self._rows.addWidget(part)
        return part

    def _remove(self, part: "ConditionRow | GroupBox | FixedRule") -> None:
        self.members.remove(part)
        self._rows.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._changed()

    def _changed(self) -> None:
        self._join()
        self.changed.emit()

    def _join(self) -> None:
        word = JOINING[Quantifier(str(self.quantifier.currentData()))]
        for place, part in enumerate(self.members):
            part.joining.setText(word if place else "")


def make_part(member: Rule, data: SegmentsData) -> "ConditionRow | GroupBox | FixedRule":
    """The part of the editor for a condition, a group of conditions, or anything deeper."""
    if isinstance(member, Condition):
        return ConditionRow(member, data)
    if all(isinstance(one, Condition) for one in member.members):
        return GroupBox(member, data)
    return FixedRule(member, data)


def rule_of(part: "ConditionRow | GroupBox | FixedRule") -> Rule | None:
    """What a part says; None for a group that was emptied."""
    if isinstance(part, ConditionRow):
        return part.condition
    return part.rule()


class GroupBox(QWidget):
    """Some conditions of which all, any or none must hold."""

    changed = Signal()
    removed = Signal()

    def __init__(self, group: Group, data: SegmentsData) -> None:
        super().__init__()
        self._data = data
        self.joining = _joining()
        self.rows: list[ConditionRow] = []
        self.quantifier = combo(
            QUANTIFIERS, name="How many of this group must hold", current=str(group.quantifier)
        )
        self.quantifier.setFixedWidth(QUANTIFIER_PX)
        self.quantifier.setProperty("tight", True)
        self.quantifier.activated.connect(lambda _index: self._changed())
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        add = Button(
            "Condition", icon_name="plus", scale="small", clicked=lambda: self.add_condition(NEW_CONDITION)
        )
        remove = IconButton("x", "Remove this group", clicked=self.removed.emit, size=26)
        head = hbox(self.quantifier, TextLabel("of these are true"), None, add, remove, gap=8)
        frame = QFrame()
        frame.setObjectName("Quiet")
        frame.setLayout(vbox(head, self._column, gap=6, margins=(8, 6, 0, 8)))
        row = hbox(self.joining, frame, gap=6)
        row.setStretch(1, 1)
        self.setLayout(row)
        for member in group.members:
            assert isinstance(member, Condition)
            self._append(member)
        self._join()

    def rule(self) -> Rule | None:
        """The group as it stands on the screen."""
        if not self.rows:
            return None
        return Group(
            Quantifier(str(self.quantifier.currentData())), tuple(row.condition for row in self.rows)
        )

    def add_condition(self, condition: Condition) -> None:
        """Add a condition to the group."""
        self._append(condition)
        self._changed()

    def _append(self, condition: Condition) -> None:
        row = ConditionRow(condition, self._data)
        row.changed.connect(self._changed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.addWidget(row)

    def _remove(self, row: ConditionRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        if self.rows:
            self._changed()
        else:
            self.removed.emit()

    def _changed(self) -> None:
        self._join()
        self.changed.emit()

    def _join(self) -> None:
        word = JOINING[Quantifier(str(self.quantifier.currentData()))]
        for place, row in enumerate(self.rows):
            row.joining.setText(word if place else "")


class FixedRule(QWidget):
    """Groups within groups: kept as they are, said in words, and removable."""

    changed = Signal()
    removed = Signal()

    def __init__(self, group: Group, data: SegmentsData) -> None:
        super().__init__()
        self._group = group
        self.joining = _joining()
        words = TextLabel(sentence(group, data.terms), "body", tone="secondary", wrap=True)
        words.setToolTip("Groups within groups are kept as they are")
        remove = IconButton("x", "Remove this group", clicked=self.removed.emit, size=26)
        row = hbox(self.joining, words, remove, gap=6)
        row.setStretch(1, 1)
        self.setLayout(row)

    def rule(self) -> Rule:
        """The group as it was."""
        return self._group


def _chip(segment: SegmentSpec) -> SegmentChip:
    """The segment within the sentence; a long name is cut, for it stands in the card's title as a whole."""
    metrics = QFontMetrics(current_theme().font("small-strong"))
    chip = SegmentChip(
        metrics.elidedText(segment.name, Qt.TextElideMode.ElideRight, CHIP_PX), symbol_of(segment)
    )
    chip.setToolTip(segment.name)
    return chip


def _joining() -> TextLabel:
    label = TextLabel("", "body", tone="muted")
    label.setFixedWidth(JOINING_PX)
    return label
