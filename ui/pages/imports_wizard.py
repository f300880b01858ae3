"""The import, step by step: choose, recognise, map, review, import. One file after the other."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget

from core.errors import UserError
from core.store.imports import StoredImport
from core.usecases.import_files import ImportResult, Preview, commit_import, undo_import
from ui.intake import Recognised, remember_mapping
from ui.jobs import Job
from ui.pages.imports_choose import ChooseStep
from ui.pages.imports_foot import CHOOSE, MAP, RECOGNISE, RESULT, REVIEW, WizardFoot
from ui.pages.imports_map import MapStep
from ui.pages.imports_mapping_data import MappingData
from ui.pages.imports_progress import JobCard
from ui.pages.imports_recognise import RecogniseStep
from ui.pages.imports_result import Outcome, ResultStep, outcome_of
from ui.pages.imports_review import ReviewStep
from ui.pages.imports_review_data import Review
from ui.pages.imports_steps import StepHeader
from ui.pages.imports_texts import count_text
from ui.pages.imports_work import answer_questions, look_again, read_file
from ui.session import Session
from ui.widgets.labels import vbox
from ui.widgets.messages import InlineMessage, MessageArea
from ui.widgets.states import Problem

SIDE_PADDING_PX = 24


class ImportWizard(QFrame):
    """A page with its own head and foot; `closed` goes back to the list of imports."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName("Import")
        self.session = session
        self.queue: list[Path] = []
        self.outcomes: list[Outcome] = []
        self.recognised: Recognised | None = None
        self._after_map: Callable[[], None] = self._to_recognise
        self._job: Job | None = None
        self.head = StepHeader(self.cancel)
        self.messages = MessageArea()
        self.choose = ChooseStep()
        self.choose.chosen.connect(self.start)
        self.recognise = RecogniseStep()
        self.recognise.format_chosen.connect(self._read_as)
        self.recognise.others_asked.connect(self._choose_other)
        self.map = MapStep()
        self.review = ReviewStep(on_change=self._to_recognise, on_save=self._save_rejected)
        self.result = ResultStep(on_undo=self._undo, on_more=self.begin, on_close=self.closed.emit)
        self.progress = JobCard(session.jobs, self.cancel_job)
        self._lay_out()
        self.begin()

    def _lay_out(self) -> None:
        self.steps = QStackedWidget()
        for step in (self.choose, self.recognise, self.map, self.review, self.result, self.progress):
            self.steps.addWidget(step)
        self.foot = WizardFoot(
            on_skip=self._next_file,
            on_mapping=self._ask_mapping,
            on_back=self._go_back,
            on_forward=self.go_on,
        )
        self.forward = self.foot.forward
        middle = vbox(self.messages, self.steps, gap=12, margins=(SIDE_PADDING_PX, 14, SIDE_PADDING_PX, 12))
        middle.setStretch(1, 1)
        outer = vbox(self.head, middle, self.foot, gap=0)
        outer.setStretch(1, 1)
        self.setLayout(outer)

    # Where we are ----------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """The step that shows, from 0."""
        return self.head.trail.step

    @property
    def is_working(self) -> bool:
        """Whether a file is being read, compared or written."""
        return self.steps.currentWidget() is self.progress

    def begin(self) -> None:
        """Start again with nothing chosen."""
        self.queue, self.outcomes, self.recognised = [], [], None
        self.messages.clear()
        self._show(CHOOSE)

    def start(self, files: Sequence[Path]) -> None:
        """Take files, one after the other; those that come later wait."""
        waiting = bool(self.queue)
        if self.step == RESULT:
            self.outcomes = []
        self.queue += [file for file in files if file not in self.queue]
        if self.queue and not waiting:
            self._read_as("")
        else:
            self.foot.say_waiting(self.step, len(self.queue) - 1)

    def go_on(self) -> None:
        """What the primary button (and Ctrl Enter) does."""
        if self.is_working or not self.forward.isEnabled() or self.forward.isHidden():
            return
        actions = {MAP: self._answered, REVIEW: self._import, RECOGNISE: self._to_review}
        actions.get(self.step, lambda: None)()

    def cancel(self) -> None:
        """Leave the import; what was not imported is forgotten."""
        self.cancel_job()
        self.queue = []
        self.closed.emit()

    def cancel_job(self) -> None:
        """Stop what is being worked out; the file waits at the step before."""
        if self._job is not None:
            self._job.cancel()

    def _show(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.head.show_step(step, over=step == RESULT)
        self.foot.show_step(step, waiting=len(self.queue) - 1, mapped=self._is_mapped)

    @property
    def _is_mapped(self) -> bool:
        from importers.mapped_table import MappedTable

        return self.recognised is not None and isinstance(self.recognised.importer, MappedTable)

    # Work ------------------------------------------------------------------------------------------

    def _run(
        self,
        step: int,
        title: str,
        work: Callable[..., Any],
        on_done: Callable[[Any], object],
        **options: Any,
    ) -> None:
        """Show the progress card while something is worked out; come back to this step when it is not."""
        before = self.steps.currentIndex() if not self.is_working else self.step
        self.head.show_step(step)
        self.progress.begin(title, cancellable=options.get("cancellable", True))
        self.steps.setCurrentWidget(self.progress)
        self.foot.hide_buttons()
        on_error = options.pop("on_error", self._could_not)
        self._job = self.session.run(
            work,
            on_done,
            title=title,
            on_error=lambda error: self._failed(error, on_error),
            on_cancelled=lambda: self._cancelled(before),
            **options,
        )

    def _failed(self, error: Exception, on_error: Callable[[UserError], object]) -> None:
        if isinstance(error, UserError):
            on_error(error)
            return
        self._could_not(
            UserError("The program did not expect this file. Export it again, or choose another.")
        )
        self.session.report(error)

    def _cancelled(self, step: int) -> None:
        self._job = None
        if step == CHOOSE:
            self.queue = []
        self._show(step)

    def _could_not(self, error: UserError) -> None:
        self._show(RECOGNISE)
        name = self.queue[0].name if self.queue else ""
        self.recognise.show_problem(
            Problem(
                "This file could not be read", remedy=str(error) if name in str(error) else f"{name}: {error}"
            ),
            can_choose_format=self.recognised is not None,
        )

    # Steps -----------------------------------------------------------------------------------------

    def _read_as(self, format_key: str) -> None:
        file = self.queue[0]
        if not format_key:
            self.recognised = None
        self._run(
            RECOGNISE,
            f"Reading {file.name}",
            lambda book, progress: read_file(book, file, format_key, self.recognised, progress=progress),
            self._understood,
        )

    def _understood(self, found: "Recognised | MappingData | Review") -> None:
        """A file was read: show what is to be done with it."""
        self._job = None
        if isinstance(found, Review):
            self.recognised = found.recognised
            self._show_review(found)
        elif isinstance(found, MappingData):
            self.recognised = found.recognised
            self._show(MAP)
            self.map.show_mapping(found)
        else:
            self.recognised = found
            self._show(RECOGNISE)
            self.recognise.show_file(found)

    def _show_review(self, review: Review) -> None:
        self._show(REVIEW)
        self.review.show_review(review)
        nothing = review.preview.adds_nothing
        self.forward.setText(
            "Nothing new: go on" if nothing else f"Import {count_text(review.ready, 'rows')}"
        )
        self.forward.setDisabled(self.session.is_read_only)
        self.forward.setToolTip(self.session.read_only_reason)

    def _ask_mapping(self) -> None:
        found = self.recognised
        if found is not None:
            title = f"Looking at the columns of {found.source.path.name}"
            self._run(MAP, title, lambda _book, _progress: look_again(found), self._understood)

    def _answered(self) -> None:
        if not self.map.is_answered:
            self.map.say("Choose an answer to each question first.")
            return
        found, mapping = self.recognised, self.map.mapping()
        assert found is not None
        self._run(
            MAP,
            f"Reading {found.source.path.name}",
            lambda book, progress: answer_questions(book, found, mapping, progress=progress),
            self._understood,
            on_error=self._mapping_is_wrong,
        )

    def _mapping_is_wrong(self, error: UserError) -> None:
        self._show(MAP)
        self.map.say(str(error))

    def _import(self) -> None:
        review = self.review.review
        assert review is not None
        if review.preview.adds_nothing:
            self.outcomes.append(outcome_of(ImportResult(None, review.preview)))
            self._next_file()
            return

        def work(book: Any, progress: Any) -> ImportResult:
            result = commit_import(book, review.preview, progress=progress)
            remember_mapping(book, review.recognised)
            return result

        title = f"Importing {review.preview.source.path.name}"
        self._run(RESULT, title, work, self._imported, on_error=self._not_written, changes_book=True)

    def _not_written(self, error: UserError) -> None:
        self._back_to_review()
        self.messages.post(InlineMessage("error", "Nothing was imported.", str(error), closable=True))

    def _imported(self, result: ImportResult) -> None:
        self._job = None
        self.outcomes.append(outcome_of(result))
        self._next_file()

    def _next_file(self) -> None:
        self.queue = self.queue[1:]
        self.messages.clear()
        if self.queue:
            self._read_as("")
        elif self.outcomes:
            self.result.show_outcomes(self.outcomes, read_only=self.session.is_read_only)
            self._show(RESULT)
        else:
            self.cancel()

    def _undo(self, import_id: int) -> None:
        def done(stored: StoredImport) -> None:
            self.outcomes = [
                replace(one, undone=True) if one.import_id == stored.id else one for one in self.outcomes
            ]
            self.result.show_outcomes(self.outcomes)

        self.session.run(
            lambda book, progress: undo_import(book, import_id, progress=progress),
            done,
            title="Taking an import back",
            changes_book=True,
            cancellable=False,
        )

    def undo_last(self) -> None:
        """Take back the last import of this round that still holds."""
        numbers = [one.import_id for one in self.outcomes if one.import_id is not None and not one.undone]
        if numbers and self.step == RESULT and not self.is_working:
            self._undo(numbers[-1])

    # Ways back -------------------------------------------------------------------------------------

    def _to_recognise(self) -> None:
        if self.recognised is not None:
            self._show(RECOGNISE)
            self.recognise.show_file(self.recognised)
            self.forward.setVisible(self.recognised.is_ready)

    def _to_review(self) -> None:
        if self.review.review is not None and self.review.review.recognised is self.recognised:
            self._back_to_review()
        else:
            self._answer_as_it_is()

    def _back_to_review(self) -> None:
        review = self.review.review
        assert review is not None
        self._show_review(review)

    def _answer_as_it_is(self) -> None:
        found = self.recognised
        if found is not None:
            title = f"Comparing {found.source.path.name} with the book"
            self._run(
                REVIEW,
                title,
                lambda book, progress: answer_questions(book, found, found.mapping, progress=progress),
                self._understood,
            )

    def _go_back(self) -> None:
        if self.step == RECOGNISE:
            self.begin()
        else:
            self._to_recognise()

    def _choose_other(self) -> None:
        self.queue = self.queue[1:]
        if self.queue:
            self._read_as("")
        else:
            self._show(CHOOSE)
            self.choose.ask()

    def _save_rejected(self) -> None:
        review = self.review.review
        assert review is not None
        suggested = f"{review.preview.source.path.stem}, rows to mend.csv"
        name, _filter = QFileDialog.getSaveFileName(self, "Save rejected rows", suggested, "CSV (*.csv)")
        if name:
            self.save_rejected_to(Path(name))

    def save_rejected_to(self, path: Path) -> None:
        """Save the rows that were left out, for mending."""
        review = self.review.review
        assert review is not None
        words = "Mend them there, then import that file."

        def done(count: int) -> None:
            self.messages.post(InlineMessage("success", f"{count:,} rows saved to {path.name}.", words))

        self.session.run(
            lambda _book, _progress: _save_rejected(review.preview, path), done, title=f"Saving {path.name}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows have a narrow right column."""
        super().resizeEvent(event)
        self.review.fit(self.width() - 2 * SIDE_PADDING_PX)


def _save_rejected(preview: Preview, path: Path) -> int:
    from core.usecases.rejected_rows import rejected_rows_csv
    from reports.export import write_file

    write_file(path, rejected_rows_csv(preview))
    return len(preview.parsing.rejected_rows)
