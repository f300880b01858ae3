"""Segments: who belongs together, why, and who moved."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QSizePolicy

from ui.loading import Loaded
from ui.page_spec import PageSpec
from ui.pages.figures_page import FiguresPage
from ui.pages.segments_menu import register
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import ChoiceButton
from ui.widgets.messages import InlineMessage
from ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from core.segments.membership import Override
    from core.segments.method import SegmentSpec
    from core.segments.rule import Group
    from core.segments.scheme import Scheme
    from core.usecases.segments import RulePreview
    from ui.pages.segments_data import SegmentsData
    from ui.pages.segments_draft import Draft

TYPING_PAUSE_MS = 150
LIST_PX, NARROW_LIST_PX, PREVIEW_PX, NARROW_PREVIEW_PX = 208, 196, 312, 244
TOP_PX, LEAST_MOVEMENT_PX = 376, 180
WIDE_PX = 1150


class SegmentsPage(FiguresPage):
    """Scheme, ordered segments, rule with live preview, profile, members, movement."""

    empty_title = "No segments yet"
    empty_sentence = "Import an invoice export: every customer is in a segment from then on."
    empty_icon = "circles-three"

    def __init__(self, session: Session) -> None:
        from ui.pages.segments_editor import SegmentCard
        from ui.pages.segments_keeping import Keeping
        from ui.pages.segments_list_card import SegmentsCard
        from ui.pages.segments_making import Making
        from ui.pages.segments_movement import MovementCard
        from ui.pages.segments_preview import PreviewCard

        self.scheme = ChoiceButton("Scheme")
        self.new_scheme = IconButton("plus", "New scheme…", clicked=self.ask_new_scheme, framed=True, size=30)
        self.export = Button("Export list", icon_name="export", clicked=self.ask_export)
        self.close_button = Button("Close month…", icon_name="lock-simple", clicked=self.ask_close)
        actions = (self.scheme, self.new_scheme, self.export, self.close_button)
        super().__init__(session, "Segments", actions=actions, scrolls=True)
        self.data: SegmentsData | None = None
        self.draft: Draft | None = None
        self._wanted = ("", "")  # scheme, span
        self._keeping = Keeping(session, on_saved=self.saved, on_wrong=self.rule_is_wrong)
        self.making = Making(self, self._keeping)
        self._propose_when_loaded = False
        self.list_card = SegmentsCard(on_add=self.ask_new_segment, on_remove=self.remove_segment)
        self.list = self.list_card.list
        self.card = SegmentCard(self)
        self.preview = PreviewCard()
        self.movement = MovementCard(self.open_customers)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._work_out)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.list_card.setFixedWidth(LIST_PX)
        self.preview.setFixedWidth(PREVIEW_PX)
        for card in (self.list_card, self.card, self.preview):
            card.setMinimumHeight(TOP_PX)
            card.setSizePolicy(card.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Expanding)
        row = self.add_row(self.list_card, self.card, self.preview, stretches=(0, 1, 0), stretch=3)
        row.setStretch(0, 0)
        self.add(self.movement, 2)

    def _connect(self) -> None:
        self.scheme.chosen.connect(self._scheme_chosen)
        self.movement.span_chosen.connect(lambda key: self._load_data(span=key))
        self.list.chosen.connect(lambda _name: self._show_segment())
        self.list.reordered.connect(self._reordered)
        self.list.step_asked.connect(self._stepped)
        keys = (
            ("Ctrl+Return", self._add_condition),
            ("Ctrl+Enter", self._add_condition),
            ("Ctrl+S", self.save),
        )
        for text, run in (*keys, (QKeySequence(QKeySequence.StandardKey.Undo).toString(), self.undo_last)):
            shortcut = QShortcut(QKeySequence(text), self, run)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Loading ---------------------------------------------------------------------------------------

    def show_figures(self, loaded: Loaded) -> None:
        """Look at the chosen scheme with these figures."""
        self._load_data()

    def open_with(self, context: Mapping[str, Any]) -> None:
        """`{"segment": name}` chooses one, `{"close": True}` asks to close a month, `{"propose": True}` for groups."""
        if "segment" in context:
            self.choose(str(context["segment"]))
        if context.get("close"):
            self.ask_close()
        if context.get("propose"):
            self._propose_when_loaded = self.data is None
            self.making.ask_proposal()

    def choose(self, segment: str) -> None:
        """Choose a segment by name."""
        names = self.list.names()
        if segment in names:
            self.list.setCurrentRow(names.index(segment))

    def _load_data(self, *, scheme: str = "", span: str = "") -> None:
        loaded = self.session.loaded
        if loaded is None:
            return
        from ui.pages.segments_data import load_segments

        self._wanted = (scheme or self._wanted[0], span or self._wanted[1])
        key, period = self._wanted
        self.session.run(
            lambda book, progress: load_segments(book, loaded.figures, key, period, progress=progress),
            self._loaded,
            title="Putting customers into segments",
            latest_key="segments",
        )

    def _loaded(self, data: "SegmentsData | None") -> None:
        from ui.pages.segments_draft import Draft
        from ui.pages.segments_texts import sentence_of

        if data is None:
            self.states.show_state(
                EmptyState("No segments yet", "This book has no scheme.", icon_name="circles-three")
            )
            return
        self.states.show_content()
        self.data = data
        kept = self.draft
        if kept is None or kept.saved != data.scheme:
            self.draft = Draft.of(data.scheme)
        self._wanted = (data.scheme.key, data.span.key if data.span else "")
        self.scheme.set_choices([(one.key, one.name) for one in data.schemes], current=data.scheme.key)
        self.movement.show_movement(data)
        self.movement.setMinimumHeight(max(LEAST_MOVEMENT_PX, self.movement.wanted_height))
        self.header.set_sentence(sentence_of(data))
        self._show_list()
        self._show_segment()
        for button in (self.new_scheme, self.close_button):
            button.setDisabled(self.session.is_read_only)
        if self._propose_when_loaded:
            self._propose_when_loaded = False
            self.making.ask_proposal()

    # Showing ---------------------------------------------------------------------------------------

    def _show_list(self, preview: "RulePreview | None" = None, current: str = "") -> None:
        data, draft = self.data, self.draft
        if data is None or draft is None:
            return
        membership = preview.membership if preview is not None else data.membership
        self.list_card.show_draft(
            draft,
            membership,
            data.figures,
            current=current or self.list.current_name,
            read_only=self.session.is_read_only,
        )

    @property
    def segment(self) -> "SegmentSpec | None":
        """The chosen segment as edited."""
        if self.data is None or self.draft is None:
            return None
        name = self.list.current_name
        found = self.draft.segment(name)
        return found or next((one for one in self.data.membership.segments if one.name == name), None)

    def _show_segment(self) -> None:
        segment, data, draft = self.segment, self.data, self.draft
        if segment is None or data is None or draft is None:
            return
        self.card.show_segment(segment, draft, data, read_only=self.session.is_read_only)
        self.card.say("")
        removable = draft.segment(segment.name) is not None and not draft.is_last(segment.name)
        self.list_card.remove_button.setEnabled(removable and not self.session.is_read_only)
        self.tab_chosen(self.card.tab)
        self._work_out()

    def tab_chosen(self, tab: str) -> None:
        """Work out the profile when it shows."""
        segment, data = self.segment, self.data
        if tab != "profile" or segment is None or data is None:
            return
        from ui.figure_texts import numbers_of
        from ui.pages.segments_texts import profile_for

        name, numbers = segment.name, numbers_of(data.figures)
        self.session.run(
            lambda _book, _progress: profile_for(data, name),
            lambda profile: self.card.profile.show_profile(profile, numbers),
            title=f"Describing {name}",
            latest_key="segment-profile",
        )

    def _work_out(self) -> None:
        """The live preview; what stands there stays until the new one arrives."""
        segment, data, draft = self.segment, self.data, self.draft
        # The book may have been closed while the pause after typing lasted.
        if segment is None or data is None or draft is None or self.session.book is None:
            return
        from ui.pages.segments_texts import preview_of

        name, now = segment.name, draft.now
        self.session.run(
            lambda book, _progress: preview_of(book, now, name, data.figures, last_close=data.last_close),
            self._previewed,
            title="Trying the rule",
            on_error=self.rule_is_wrong,
            latest_key="rule-preview",
        )

    def _previewed(self, preview: "RulePreview") -> None:
        if self.data is None or self.draft is None:
            return
        before, edited = self.list.current_name, replace(self.data, membership=preview.membership)
        self.card.say("")
        self.preview.show_preview(preview, self.data)
        if not self.draft.has_rules:
            self.data = edited  # other options make other segments
        self._show_list(preview)
        if self.list.current_name != before:
            self._show_segment()
        else:
            self.card.show_members(edited, before)

    # Editing ---------------------------------------------------------------------------------------

    def rule_edited(self, rule: "Group") -> None:
        """The rule of the chosen segment is another; the preview follows after a pause."""
        segment = self.segment
        if self.draft is not None and segment is not None:
            self._edit(self.draft.with_rule(segment.name, rule))

    def option_edited(self, key: str, value: object) -> None:
        """An option of the method is another."""
        if self.draft is not None:
            self._edit(self.draft.with_option(key, value))

    def _edit(self, draft: "Draft") -> None:
        self.draft = draft
        segment = self.segment
        if segment is not None and self.data is not None:
            self.card.show_draft(segment, draft, self.data, read_only=self.session.is_read_only)
        self._pause.start()

    def _reordered(self, names: list[str]) -> None:
        if self.draft is not None:
            self._edit(self.draft.with_order(names))
            self._show_list()

    def _stepped(self, name: str, step: int) -> None:
        if self.draft is not None:
            self._edit(self.draft.moved(name, step))
            self._show_list(current=name)

    def _add_condition(self) -> None:
        if self.card.tab == "rule" and self.draft is not None and self.draft.has_rules:
            self.card.editor.add_condition()

    def ask_new_segment(self) -> None:
        """Ask for the name of a new segment."""
        if self.draft is None:
            return
        from ui.dialogs.new_segment import NewSegmentDialog

        NewSegmentDialog(self.draft.name_problem, self.add_segment, self).open()

    def add_segment(self, name: str) -> None:
        """Add a segment with a first condition, to be edited."""
        from core.segments.rule import all_of
        from ui.pages.segments_rule import NEW_CONDITION

        if self.draft is not None:
            self._edit(self.draft.with_segment(name, all_of(NEW_CONDITION)))
            self._show_list(current=name)
            self._show_segment()

    def remove_segment(self) -> None:
        """Take the chosen segment out of the draft."""
        segment = self.segment
        if self.draft is not None and segment is not None and not self.draft.is_last(segment.name):
            self._edit(self.draft.without(segment.name))
            self._show_list()
            self._show_segment()

    def revert(self) -> None:
        """Throw away what was not saved."""
        if self.draft is not None:
            self._edit(self.draft.reverted())
            self._show_list()
            self._show_segment()

    def save(self) -> None:
        """Keep the draft as the scheme's next version."""
        draft = self.draft
        if draft is not None and draft.is_changed and not self.session.is_read_only:
            self._keeping.save(draft.now, undo=draft.saved)

    def rule_is_wrong(self, error: Exception) -> None:
        """Say beside the rule what is wrong with it."""
        from core.errors import UserError

        if isinstance(error, UserError):
            self.card.say(str(error))
        else:
            self.session.report(error)

    def undo_last(self) -> None:
        """Take back the last saved rule or the last removed override."""
        self._keeping.undo_last()

    def remove_override(self, override: "Override") -> None:
        """Let the rules decide again about a customer; can be undone."""
        name = self.data.names.get(override.customer_id, "The customer") if self.data else "The customer"
        self._keeping.remove_override(override, name)

    # Ways on ---------------------------------------------------------------------------------------

    def show_scheme(self, key: str) -> None:
        """Show another scheme; what was not saved of this one is thrown away."""
        self.draft = None
        self._load_data(scheme=key)

    def _scheme_chosen(self, key: str) -> None:
        if self.draft is not None and self.draft.is_changed and self.data is not None:
            self.scheme.set_current(self.data.scheme.key)
            words = "Save or revert it first, then choose another scheme."
            self.messages.post(InlineMessage("warning", "The rule is not saved.", words, closable=True))
            return
        self.show_scheme(key)

    def ask_new_scheme(self) -> None:
        """Ask what a new scheme begins with."""
        self.making.ask()

    def saved(self, scheme: "Scheme") -> None:
        """A scheme was saved: show it when the figures are there again."""
        self._wanted = (scheme.key, self._wanted[1])

    def ask_export(self) -> None:
        """Ask where to write the list of members."""
        if self.data is not None:
            suggested = f"{self.session.client_name}, {self.data.scheme.name}.csv"
            name, _filter = QFileDialog.getSaveFileName(self, "Export list", suggested, "CSV (*.csv)")
            if name:
                self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write every customer with segment and reason."""
        if self.data is not None:
            self._keeping.export(self.data, path)

    def ask_close(self) -> None:
        """Ask about closing a month."""
        if self.data is not None and not self.session.is_read_only:
            from ui.dialogs.close_month import CloseMonthDialog

            CloseMonthDialog(self.session, self.data.closes, lambda _words: None, self).open()

    def open_customers(self, ids: list[int], title: str = "") -> None:
        """Show these customers on their page."""
        self.session.open_page("customers", {"customer_ids": ids, "title": title})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows have a narrow preview."""
        super().resizeEvent(event)
        wide = self.width() > WIDE_PX
        self.preview.setFixedWidth(PREVIEW_PX if wide else NARROW_PREVIEW_PX)
        self.list_card.setFixedWidth(LIST_PX if wide else NARROW_LIST_PX)


PAGE = PageSpec(
    "segments", "Segments", "circles-three", "main", "Ctrl+5", SegmentsPage, order=5, register=register,
    help_topic="segments",
)  # fmt: skip
