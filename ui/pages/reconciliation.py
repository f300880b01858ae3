"""Reconciliation: the proof that every figure adds up to the ledger."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from ui.loading import Loaded
from ui.models.column import Column
from ui.models.column_table import ColumnTableModel
from ui.page_spec import PageSpec
from ui.pages.figures_page import FiguresPage
from ui.pages.reconciliation_cards import BridgeCard, ExplainerCard, SignOffCard
from ui.pages.reconciliation_texts import banner_words, check_rows, sentence
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, TextLabel, hbox, vbox
from ui.widgets.messages import InlineMessage
from ui.widgets.page import scrolling
from ui.widgets.segmented import Choice, SegmentedButtons
from ui.widgets.states import EmptyState
from ui.widgets.table import DataTable

if TYPE_CHECKING:
    from core.analysis.tie_out_result import Check

SIDE_PX = 388
NARROW_PX = 1220
ROW_PX = 28


class ReconciliationPage(FiguresPage):
    """Checks by group; what explains the chosen one; the bridge; the sign-off."""

    empty_sentence = "This book is empty. Import sales and a general ledger to compare them."
    empty_icon = "scales"

    def __init__(self, session: Session) -> None:
        self.types_button = Button("Account types…", icon_name="list-bullets", clicked=self.ask_account_types)
        super().__init__(session, "Reconciliation", actions=(self.types_button,))
        self._owners: list[Check | None] = []
        self._choices: list[Choice] = []
        self._make_banner()
        self._make_table()
        self.explainer, self.bridge, self.sign_off = (
            ExplainerCard(session),
            BridgeCard(),
            SignOffCard(session),
        )
        self.explainer.accept_asked.connect(self.ask_to_accept)
        self.explainer.withdraw_asked.connect(self.withdraw)
        self.sign_off.sign_asked.connect(self.sign)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        for card in (self.explainer, self.bridge, self.sign_off):
            side.addWidget(card)
        side.addStretch(1)
        area = scrolling(side)
        area.setFixedWidth(SIDE_PX)
        self.add(self.banner)
        row = self.add_row(self.checks_card, area, stretch=1)
        row.setStretch(1, 0)
        for key, doing in (("F5", self.run_again), ("F8", self.next_difference)):
            QShortcut(QKeySequence(key), self).activated.connect(doing)

    def _make_banner(self) -> None:
        self.banner = Card(edge="warning")
        self.banner_icon = IconLabel("scales", color_token="warning.text", size=24)
        self.banner_title, self.banner_line = (
            TextLabel("", "section"),
            TextLabel("", "small", tone="secondary"),
        )
        again = Button("Run checks again", icon_name="arrows-clockwise", clicked=self.run_again)
        again.setToolTip("Read the book again and check (F5)")
        self.paper_button = Button("Export working paper…", icon_name="export", clicked=self.ask_for_paper)
        self.paper_button.setToolTip("The checks, the rows behind them and the sign-off, as PDF and Excel")
        self.import_button = Button("Import ledger…", icon_name="download-simple", clicked=self._import)
        words = vbox(self.banner_title, self.banner_line, gap=2)
        self.banner.add(
            hbox(self.banner_icon, words, None, self.import_button, again, self.paper_button, gap=14)
        )

    def _make_table(self) -> None:
        columns = (
            Column("check", "Check", width=176, tooltip=self._whole_label),
            Column("ledger", "Ledger", align="right", width=112),
            Column("quintile", "Quintile", align="right", width=112),
            Column("difference", "Difference", align="right", width=90),
            Column("result", "Result", "status", width=96),
            Column("note", "Note", "reason", width=154, tooltip=self._whole_note),
        )
        self.model = ColumnTableModel(columns, self)
        self.model.row_role = lambda row: "heading" if self._owners[row] is None else ""
        self.table = DataTable(self.model, name="Checks", stretch="check", multi=False, row_height=ROW_PX)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.row_selected.connect(self._chosen)
        self.table.open_asked.connect(lambda _row: self.explainer.focus_rows())
        self.show_button = SegmentedButtons([("all", "All")], name="Which checks")
        self.show_button.chosen.connect(lambda _key: self._fill())
        self.checks_card = Card("Checks", actions=(self.show_button,), flush=True)
        self.checks_card.add(self.table, 1)

    # Filling ---------------------------------------------------------------------------------------

    def empty_reason(self, loaded: Loaded) -> EmptyState | None:
        """An empty book has nothing to check; without a ledger the checks that need none still count."""
        self.types_button.setVisible(loaded.tie_out.tied is not None)
        return super().empty_reason(loaded)

    def show_figures(self, loaded: Loaded) -> None:
        """Fill banner, checks and cards."""
        from core.analysis.tie_out_result import Result

        self.header.set_sentence(sentence(loaded))
        title, line = banner_words(loaded)
        self.banner_title.setText(title)
        self.banner_line.setText(line)
        checks = loaded.tie_out.checks
        review = sum(check.result is not Result.AGREES for check in checks)
        has_ledger = loaded.tie_out.tied is not None
        tone = "negative" if loaded.tie_out.tied is False else "warning" if review else "positive"
        for card in (self.bridge, self.sign_off):
            card.setVisible(has_ledger)
        self.import_button.setVisible(not has_ledger and self.session.actions.has("import"))
        self.import_button.setDisabled(self.session.is_read_only)
        self.import_button.setToolTip(self.session.read_only_reason)
        self.banner.set_edge(tone)  # type: ignore[arg-type]
        self.banner_icon.set_icon("scales", color_token=f"{tone}.text")
        choices = [Choice("all", "All", len(checks)), Choice("review", "To review", review)]
        if choices != self._choices:
            self._choices = choices
            self.show_button.set_choices(choices)
        self._fill()
        self.bridge.show_figures(loaded)
        self.sign_off.show_figures(loaded)

    def _fill(self) -> None:
        from core.analysis.tie_out_result import Result

        loaded = self.session.loaded
        if loaded is None:
            return
        chosen = self.current_check()
        checks = list(loaded.tie_out.checks)
        if self.show_button.current == "review":
            checks = [check for check in checks if check.result is not Result.AGREES]
        rows, self._owners = check_rows(loaded, checks)
        self.model.set_rows(rows)
        self.table.clearSpans()
        for place, owner in enumerate(self._owners):
            if owner is None:
                self.table.setSpan(place, 0, 1, len(self.model.columns))
        self._choose(chosen.key if chosen is not None else "")

    def _choose(self, key: str) -> None:
        """Choose the check that was chosen before, else the first to review, else the first."""
        from core.analysis.tie_out_result import Result

        places = [place for place, owner in enumerate(self._owners) if owner is not None]
        same = [p for p in places if (owner := self._owners[p]) is not None and owner.key == key]
        open_ones = [
            p for p in places if (owner := self._owners[p]) is not None and owner.result is not Result.AGREES
        ]
        wanted = next(iter([*same, *open_ones, *places]), -1)
        if wanted >= 0:
            self.table.selectRow(wanted)
        self._chosen(wanted)

    def _whole_label(self, row: int) -> str:
        owner = self._owners[row]
        return owner.label if owner is not None else ""

    def _whole_note(self, row: int) -> str:
        owner = self._owners[row]
        return owner.note if owner is not None else ""

    def current_check(self) -> "Check | None":
        """The check that is chosen."""
        row = self.table.currentIndex().row()
        return self._owners[row] if 0 <= row < len(self._owners) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The note, which the card beside repeats, goes first where there is no room."""
        super().resizeEvent(event)
        self.table.setColumnHidden(self.model.place_of("note"), self.width() < NARROW_PX)

    def _chosen(self, row: int) -> None:
        loaded = self.session.loaded
        if loaded is not None:
            self.explainer.show_check(loaded, self._owners[row] if 0 <= row < len(self._owners) else None)

    # Doing -----------------------------------------------------------------------------------------

    def _import(self) -> None:
        self.session.actions.action("import").trigger()

    def run_again(self) -> None:
        """Read the book again and check."""
        self.session.reload()

    def next_difference(self) -> None:
        """Choose the next check that does not agree."""
        from core.analysis.tie_out_result import Result

        start, count = self.table.currentIndex().row(), len(self._owners)
        for step in range(1, count + 1):
            place = (start + step) % count
            owner = self._owners[place]
            if owner is not None and owner.result is not Result.AGREES:
                self.table.selectRow(place)
                return

    def ask_to_accept(self, check: "Check") -> None:
        """Ask for a reason and accept a difference."""
        from ui.dialogs.accept_difference import AcceptDifferenceDialog

        loaded = self.session.loaded
        if loaded is None:
            return
        dialog = AcceptDifferenceDialog(loaded, check, author=self.session.author, parent=self.window())
        dialog.accepted.connect(lambda: self.accept(check, dialog.reason_text(), dialog.author_text()))
        dialog.open()

    def accept(self, check: "Check", reason: str, author: str) -> None:
        """Accept a difference with a reason."""
        from core.usecases.accept_difference import accept_difference

        period = self.session.period
        self.session.run(
            lambda book, _progress: accept_difference(book, check, period, reason=reason, author=author),
            lambda _rows: self._say(
                "Difference accepted.", "The reason is printed in the report's appendix."
            ),
            title="Accepting a difference",
            changes_book=True,
            cancellable=False,
        )

    def withdraw(self, check: "Check") -> None:
        """Open an accepted difference again."""
        from core.usecases.accept_difference import withdraw_acceptance

        period = self.session.period
        self.session.run(
            lambda book, _progress: withdraw_acceptance(book, check.key, period, author=self.session.author),
            lambda _nothing: self._say("Acceptance withdrawn.", "The difference is open again."),
            title="Withdrawing an acceptance",
            changes_book=True,
            cancellable=False,
        )

    def sign(self, name: str) -> None:
        """Sign the month off."""
        from core.usecases.sign_off import sign_off

        loaded = self.session.loaded
        if loaded is None:
            return
        month, tie_out = loaded.month, loaded.tie_out
        self.session.run(
            lambda book, _progress: sign_off(book, month, tie_out, author=name),
            lambda _signed: self._say(f"{month.label} is signed off.", "A new import clears the sign-off."),
            title=f"Signing off {month.label}",
            changes_book=True,
            cancellable=False,
        )

    def ask_account_types(self) -> None:
        """Ask what each account holds."""
        from ui.dialogs.account_types import open_account_types

        open_account_types(self.session, self.window())

    def ask_for_paper(self) -> None:
        """Ask where the working paper goes."""
        from ui.pages.reconciliation_paper import ask_for_paper

        ask_for_paper(self.session, self)

    def _say(self, strong: str, text: str) -> None:
        self.messages.post(InlineMessage("success", strong, text))


PAGE = PageSpec(
    "reconciliation", "Reconciliation", "scales", "data", "Ctrl+Shift+2", ReconciliationPage, order=22,
    help_topic="tie-out",
)  # fmt: skip
