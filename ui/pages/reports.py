"""Reports: the month as a document that the client keeps."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.loading import Loaded
from ui.page_spec import PageSpec
from ui.pages.figures_page import FiguresPage
from ui.pages.reports_checks import BrandingCard, ChecksCard, ExportCheck, export_checks
from ui.pages.reports_commands import register
from ui.pages.reports_commentary import CommentaryCard, Written
from ui.pages.reports_dialogs import ReportDialogs
from ui.pages.reports_export import ReportExport, Wish
from ui.pages.reports_keeping import UnsavedWords
from ui.pages.reports_preview import Preview
from ui.pages.reports_sections import SectionList, SectionRow
from ui.pages.reports_source import COVER, Drawn, Prepared, draw, draw_page, options_for, prepare, unreviewed
from ui.session import Session
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.states import EmptyState, ErrorState, Problem, StateStack
from ui.widgets.tags import StatusTag

if TYPE_CHECKING:
    from core.period import Period
    from core.usecases.commentary import Commentary

COVER_TITLE = "Cover"
SHARES = (22, 44, 32)  # of the width: sections, preview, commentary
LEAST_PX = (246, 424, 326)


class ReportsPage(FiguresPage):
    """Choose sections, look at the real pages, write the commentary, export."""

    empty_sentence = "Import an invoice export and a ledger to build the first report."
    empty_icon = "file-text"

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Reports")
        self._prepared: Prepared | None = None
        self._prepared_for: tuple[Path | None, Period] | None = None
        self._drawn: Drawn | None = None
        self._month: Period | None = None
        self._comments: dict[str, Commentary] = {}
        self._unsaved = UnsavedWords(session)
        self._left_out: frozenset[str] = frozenset()
        self._waiting: Mapping[str, Any] = {}  # what was asked for before there was a report
        self.dialogs = ReportDialogs(session, self)
        self._make_header()
        self._make_cards()
        self.export = ReportExport(session, self)
        session.data_changed.connect(self._data_changed)
        session.closing.connect(self._save_at_the_end)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.commentary.toggle_reviewed)

    # Parts -----------------------------------------------------------------------------------------

    def _make_header(self) -> None:
        self.draft_tag = StatusTag("", "review", with_icon=False)
        self.draft_tag.hide()
        self.past_button = Button(
            "Past reports", icon_name="clock-counter-clockwise", clicked=self.dialogs.show_past_reports
        )
        self.header.add_action(self.draft_tag)
        self.header.add_action(self.past_button)

    def _make_cards(self) -> None:
        self.page_count = TextLabel("", "small", tone="muted")
        self.sections = SectionList()
        self.sections.chosen.connect(self._section_chosen)
        self.sections.toggled.connect(self._section_toggled)
        sections_card = Card("Sections", actions=(self.page_count,), flush=True)
        sections_card.add(self.sections, 1)
        self.branding = BrandingCard(self.dialogs.edit_branding)
        self.preview = Preview(self._ask_page)
        self.preview.page_changed.connect(self._page_turned)
        self.commentary = CommentaryCard()
        self.commentary.edited.connect(self._edited)
        self.checks = ChecksCard(self.export_as, has_page=lambda key: self.session.actions.has(f"page.{key}"))
        self.checks.opened.connect(self._open_check)
        left = _column(sections_card, self.branding)
        right = _column(self.commentary, self.checks)
        row = hbox(left, self.preview, right, gap=current_theme().size("gutter"))
        for place, (column, width) in enumerate(zip((left, self.preview, right), LEAST_PX, strict=True)):
            column.setMinimumWidth(width)
            row.setStretch(place, SHARES[place])
        content = QWidget()
        content.setLayout(row)
        self.work = StateStack(content)
        self.add(self.work, 1)

    # Building --------------------------------------------------------------------------------------

    def empty_reason(self, loaded: Loaded) -> EmptyState | None:
        """An empty book, or a month in which nothing happened."""
        from core.analysis.facts import span

        empty = super().empty_reason(loaded)
        if empty is not None:
            return empty
        part = span(loaded.figures.facts, loaded.month)
        if part.documents.start < part.documents.stop or part.postings.start < part.postings.stop:
            return None
        self.header.set_sentence("")
        self.draft_tag.hide()
        return EmptyState(
            f"Nothing happened in {loaded.month.start:%B %Y}",
            "Only a month with invoices or ledger entries can be reported. "
            "Choose another period above, or import that month.",
            icon_name="calendar-blank",
            buttons=self.import_buttons(),
        )

    def show_figures(self, loaded: Loaded) -> None:
        """Build the report of the period's last month, unless that is the one that shows."""
        self.commentary.flush()
        self._month = loaded.month
        self.header.set_sentence(f"Client report for {loaded.month.start:%B %Y}.")
        self.branding.set_settings(self.session.settings)
        self._show_read_only()
        wanted = (self.session.book_path, loaded.month)
        if self._prepared_for != wanted:
            self._prepare(wanted)

    def _prepare(self, wanted: "tuple[Path | None, Period]") -> None:
        same = self._prepared_for is not None and self._prepared_for == wanted
        if self._drawn is None or not same:
            self.work.show_loading(
                f"Building the {wanted[1].start:%B} report", on_cancel=self.session.jobs.cancel_current
            )
            self.checks.set_ready(ready=False)
        self._prepared_for = wanted
        self.session.run(
            lambda book, progress: prepare(book, wanted[1], progress),
            lambda prepared: self._arrived(wanted, prepared),
            title="Building the report",
            on_error=lambda error: self._failed(wanted, error),
            on_cancelled=lambda: self._stopped(wanted),
            latest_key="report",
        )

    def _arrived(self, wanted: "tuple[Path | None, Period]", prepared: Prepared) -> None:
        if wanted != self._prepared_for:
            return
        self._prepared = prepared
        self._comments = {**prepared.context.comments, **self._unsaved.waiting}
        self._left_out = prepared.left_out
        self._draw()

    def _failed(self, wanted: "tuple[Path | None, Period]", error: Exception) -> None:
        from core.errors import UserError

        if wanted != self._prepared_for:
            return
        self._prepared_for = None
        self._show_problem("The report could not be built", str(error))
        if not isinstance(error, UserError):
            self.session.jobs.failed.emit(error)

    def _stopped(self, wanted: "tuple[Path | None, Period]") -> None:
        if wanted == self._prepared_for:  # else a newer wish took its place
            self._prepared_for = None
            self._show_problem("The report is not built", "You stopped building it. Nothing was changed.")

    def _show_problem(self, what: str, remedy: str) -> None:
        again = Button("Try again", "primary", clicked=self.refresh_now)
        self.work.show_state(ErrorState(Problem(what, remedy=remedy), fix=again))

    def _draw(self) -> None:
        prepared, comments, left_out = self._prepared, dict(self._comments), self._left_out
        if prepared is None or self.session.book is None:
            return
        self.session.run(
            lambda _book, progress: draw(prepared, comments, left_out=left_out, progress=progress),
            lambda drawn: self._show_drawn(prepared, drawn),
            title="Drawing the pages",
            on_error=lambda error: self._failed_to_draw(prepared, error),
            latest_key="report pages",
        )

    def _failed_to_draw(self, prepared: Prepared, error: Exception) -> None:
        if prepared is self._prepared and self._prepared_for is not None:
            self._failed(self._prepared_for, error)

    def _show_drawn(self, prepared: Prepared, drawn: Drawn) -> None:
        if prepared is not self._prepared:
            return
        first, self._drawn = self._drawn is None, drawn
        self.preview.set_drawn(drawn)
        self.commentary.set_figures(drawn.figures())
        self._show_sections()
        self._show_section(self.sections.current)
        if first:
            self._section_chosen(self.sections.current)
        self._show_checks()
        self.work.show_content()
        if self._waiting:
            context, self._waiting = self._waiting, {}
            self.open_with(context)

    def _ask_page(self, place: int, scale: float) -> None:
        drawn = self._drawn
        if drawn is not None and self.session.book is not None:
            self.session.run(
                lambda _book, _progress: draw_page(drawn.pdf.data, place, scale),
                lambda picture: self.preview.show_picture(place, picture),
                title="Drawing the page",
                cancellable=False,
                latest_key="report page",
            )

    # Showing ---------------------------------------------------------------------------------------

    def _show_sections(self) -> None:
        prepared, drawn = self._prepared, self._drawn
        if prepared is None or drawn is None:
            return
        rows = [SectionRow(COVER, COVER_TITLE, can_leave_out=False)]
        for key, title in prepared.titles.items():
            reviewed = key in self._comments and self._comments[key].reviewed
            rows.append(SectionRow(key, title, key not in self._left_out, reviewed))
        self.sections.set_rows(rows, drawn.section_pages)
        count = drawn.pdf.pages
        self.page_count.setText(f"{count} {'page' if count == 1 else 'pages'}")

    def _show_section(self, key: str) -> None:
        prepared, drawn = self._prepared, self._drawn
        if prepared is None or drawn is None:
            return
        written = self._written(key)
        commentary = self.commentary
        is_same = commentary.section == key and commentary.text.strip() == written.text
        if not commentary.has_unsaved and (not is_same or commentary.written() != written):
            title = prepared.titles.get(key, COVER_TITLE)
            commentary.show_section(written, title, has_text=key != COVER)
        commentary.set_generated(drawn.pack.generated.get(key, ""))
        commentary.set_stale([one.figure for one in drawn.stale_in(key)])

    def _written(self, key: str) -> Written:
        comment = self._comments.get(key)
        return Written(key, comment.text, comment.reviewed) if comment else Written(key, "", reviewed=False)

    def _open_sections(self) -> tuple[str, ...]:
        if self._prepared is None:
            return ()
        return unreviewed(self._prepared.titles, self._left_out, self._comments)

    def _show_checks(self) -> None:
        prepared, drawn, month = self._prepared, self._drawn, self._month
        if prepared is None or drawn is None or month is None:
            return
        from ui.pack import pack_name

        still_open = self._open_sections()
        self.checks.set_checks(export_checks(prepared, drawn, still_open))
        self.checks.set_name(pack_name(self.session.client_name, month))
        self.checks.set_ready(ready=True)
        count = len(prepared.titles) - len(self._left_out & set(prepared.titles))
        reviewed = count - len(still_open)
        words = f"Draft, {reviewed} of {count} reviewed" if still_open else f"All {count} reviewed"
        self.draft_tag.set_status(words, "review" if still_open else "good")
        self.draft_tag.show()

    def _show_read_only(self) -> None:
        reason = self.session.read_only_reason
        self.commentary.set_read_only(reason)
        self.branding.edit_button.setDisabled(bool(reason))
        self.branding.edit_button.setToolTip(reason)

    # What the user does ----------------------------------------------------------------------------

    def open_with(self, context: Mapping[str, Any]) -> None:
        """Do what a menu asked for, now or when the report is there."""
        if "past" in context:
            self.dialogs.show_past_reports()
        elif "branding" in context:
            self.dialogs.edit_branding()
        elif self._drawn is None or self._prepared is None:
            self._waiting = context
        elif "export" in context:
            self.export_as(context["export"])
        elif "section" in context:
            self.sections.set_current(context["section"])
            self._section_chosen(context["section"])

    def _section_chosen(self, key: str) -> None:
        self.commentary.flush()
        self._show_section(key)
        page = self._drawn.section_pages.get(key) if self._drawn else None
        if page is not None:
            self.preview.show_page(page)

    def _page_turned(self, number: int) -> None:
        if self._drawn is None:
            return
        begun = [(page, key) for key, page in self._drawn.section_pages.items() if page <= number]
        key = max(begun)[1]
        if key != self.sections.current:
            self.commentary.flush()
            self.sections.set_current(key)
            self._show_section(key)

    def _section_toggled(self, key: str, included: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._left_out = self._left_out - {key} if included else self._left_out | {key}
        left_out = ",".join(sorted(self._left_out))
        if not self.session.is_read_only:
            from core.usecases.books import change_settings

            self.session.run(
                lambda book, _progress: change_settings(book, {"left_out": left_out}),
                lambda _nothing: None,
                title="Saving the sections",
                cancellable=False,
            )
        self._draw()

    def _edited(self, written: Written) -> None:
        from core.usecases.commentary import Commentary

        if self.session.is_read_only or self._month is None or self.session.book is None:
            return
        comment = Commentary(written.section, written.text, written.reviewed)
        if comment == self._comments.get(written.section, Commentary(written.section, "")):
            return
        self._comments[written.section] = comment
        self._unsaved.save(comment, self._month)
        self._show_sections()
        self._show_checks()
        self._draw()

    def _save_at_the_end(self) -> None:
        self.commentary.flush()
        self._unsaved.save_at_the_end(self._month)

    def _open_check(self, check: ExportCheck) -> None:
        if check.section:
            self.open_with({"section": check.section})
        else:
            self.session.open_page(check.page)

    def export_as(self, wish: Wish) -> None:
        """Ask where the files go, and write them there."""
        if self._prepared is None or self._month is None or self._drawn is None:
            return
        from ui.pack import pack_name

        self.commentary.flush()
        options = options_for(self._prepared.titles, self._left_out, self._comments)
        self.export.ask(wish, self._month, options, stem=pack_name(self.session.client_name, self._month))

    # Events ----------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when another page is opened."""
        super().hideEvent(event)
        self.commentary.flush()

    def _data_changed(self) -> None:
        self._prepared_for = None

    def _book_changed(self) -> None:
        super()._book_changed()
        self._prepared, self._prepared_for, self._drawn, self._month = None, None, None, None
        self._comments, self._waiting = {}, {}
        self._unsaved.forget()
        self.draft_tag.hide()


def _column(upper: QWidget, lower: QWidget) -> QWidget:
    """Two cards below each other; the upper one takes the room that is left."""
    column = vbox(upper, lower, gap=current_theme().size("gutter"))
    column.setStretch(0, 1)
    holder = QWidget()
    holder.setLayout(column)
    return holder


PAGE = PageSpec(
    "reports", "Reports", "file-text", "main", "Ctrl+7", ReportsPage, order=7, register=register,
    help_topic="report",
)  # fmt: skip
