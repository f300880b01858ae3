"""The card in the middle: rule, profile and members of one segment."""

from typing import Protocol

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.segments.membership import Override
from core.segments.method import PROSPECTS, SegmentSpec
from core.segments.rule import Group
from core.segments.rule_text import sentence
from ui.pages.segments_data import SegmentsData
from ui.pages.segments_draft import Draft
from ui.pages.segments_members import MembersTable
from ui.pages.segments_options import OptionsEditor
from ui.pages.segments_overrides import OverrideList
from ui.pages.segments_profile import ProfileView
from ui.pages.segments_rule import RuleEditor
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, QuietBox
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, hbox
from ui.widgets.page import scrolling
from ui.widgets.segmented import Choice, SegmentedButtons
from ui.widgets.tags import StatusTag

RULE, PROFILE, MEMBERS = "rule", "profile", "members"


class Edits(Protocol):
    """Who is told what was edited."""

    def rule_edited(self, rule: Group) -> None:
        """The rule of the chosen segment is another."""

    def option_edited(self, key: str, value: object) -> None:
        """An option of the method is another."""

    def save(self) -> None:
        """Keep the draft."""

    def revert(self) -> None:
        """Throw the draft away."""

    def remove_override(self, override: Override) -> None:
        """Let the rules decide again about a customer."""

    def open_customers(self, ids: list[int], title: str = "") -> None:
        """Show these customers."""

    def tab_chosen(self, tab: str) -> None:
        """Another tab shows."""


class SegmentCard(Card):
    """Three tabs, and Save rule with Revert while something is not saved."""

    def __init__(self, edits: Edits) -> None:
        self.tabs = SegmentedButtons(
            [(RULE, "Rule"), (PROFILE, "Profile"), (MEMBERS, "Members")], name="What shows"
        )
        self.not_saved = StatusTag("Not saved", "review", with_icon=False)
        self.revert = Button("Revert", "quiet", clicked=edits.revert)
        self.save = Button("Save rule", "primary", clicked=edits.save, tooltip="Ctrl S")
        super().__init__(actions=(self.tabs, self.not_saved, self.revert, self.save))
        self.name = ElidedLabel("", "card-title")
        self._head.layout().replaceWidget(self.subtitle_label, self.name)  # type: ignore[union-attr]
        self.subtitle_label.hide()
        self._edits = edits
        self.editor = RuleEditor()
        self.editor.changed.connect(self._edited)
        self.options = OptionsEditor(edits.option_edited)
        self.sentence = TextLabel("", "body", tone="secondary", wrap=True)
        self._quiet = QuietBox(_marked("info", self.sentence))
        self.problem = TextLabel("", "body", tone="negative", wrap=True)
        self.overrides = OverrideList(edits.remove_override)
        self.profile = ProfileView()
        self.members = MembersTable(edits.open_customers)
        self._stack = QStackedWidget()
        for part in (self._rule_tab(), self.profile, self.members):
            self._stack.addWidget(part)
        self.add(self._stack, 1)
        self.tabs.chosen.connect(self._show_tab)

    def _rule_tab(self) -> QWidget:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        for part in (self.editor, self.options, self._quiet, self.problem, self.overrides):
            column.addWidget(part)
        column.addStretch(1)
        return scrolling(column)

    def show_segment(
        self, segment: SegmentSpec, draft: Draft, data: SegmentsData, *, read_only: bool
    ) -> None:
        """Show another segment."""
        self.name.setText(segment.name)
        self.setAccessibleName(segment.name)
        ruled = draft.has_rules and segment.name != PROSPECTS
        self.editor.setVisible(ruled)
        self.editor.setDisabled(read_only)
        self.options.setVisible(not ruled)
        self.options.setDisabled(read_only)
        if ruled:
            self.editor.show_rule(segment, data, last=draft.is_last(segment.name))
        else:
            self.options.show_scheme(draft, segment, data)
        self.overrides.show_overrides(data, segment.name, editable=not read_only)
        self.show_members(data, segment.name)
        self.show_draft(segment, draft, data, read_only=read_only)

    def show_members(self, data: SegmentsData, segment: str) -> None:
        """Show the customers that a segment has now, or would have."""
        self.members.show_members(data, segment)
        count = self.members.table_model.total_count
        self.tabs.set_choices([(RULE, "Rule"), (PROFILE, "Profile"), Choice(MEMBERS, "Members", count)])

    def show_draft(self, segment: SegmentSpec, draft: Draft, data: SegmentsData, *, read_only: bool) -> None:
        """Show what the draft says in words, and whether it is saved."""
        changed = draft.is_changed
        self.not_saved.setVisible(changed)
        self.revert.setVisible(changed)
        self.save.setVisible(changed)
        self.save.setDisabled(read_only)
        words = draft.has_rules and segment.rule is not None
        self._quiet.setVisible(words)
        if words:
            self.sentence.setText(_safe_sentence(segment, data))

    def say(self, problem: str) -> None:
        """Say what is wrong with the rule as it is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    @property
    def tab(self) -> str:
        """The tab that shows."""
        return self.tabs.current

    def _edited(self) -> None:
        self._edits.rule_edited(self.editor.rule())

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex((RULE, PROFILE, MEMBERS).index(key))
        self._edits.tab_chosen(key)


def _safe_sentence(segment: SegmentSpec, data: SegmentsData) -> str:
    """The rule in words; nothing while a value is being typed and cannot be read."""
    from core.errors import UserError

    try:
        return sentence(segment.rule, data.terms)
    except (UserError, IndexError):
        return "The rule is not complete yet."


def _marked(icon_name: str, label: TextLabel) -> QWidget:
    holder = QWidget()
    row = hbox(IconLabel(icon_name, color_token="text.muted"), label, gap=9)
    row.setStretch(1, 1)
    holder.setLayout(row)
    return holder
