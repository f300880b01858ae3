"""The bar below the pages: file, tie-out, counts, the running job, and that nothing leaves this computer."""

from typing import Literal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar, QWidget

from ui.jobs import JobRunner
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, TextLabel, hbox

SHOWS_AFTER_MS = 300
NARROW_PX = 1240
IN_PERIOD = " in period"
COUNTS_MEAN = (
    "Every invoice and sales receipt counts, also those on no customer and those of 0. "
    "Orders elsewhere are those of customers; all that one customer ordered on a day is one order."
)
TieOut = Literal["tied", "review", "not_tied"]
_TIE_OUT_ICONS: dict[str, tuple[str, str]] = {
    "tied": ("check-circle-fill", "positive.fill"),
    "review": ("warning-circle-fill", "warning.fill"),
    "not_tied": ("scales", "text.secondary"),
}


class StatusBar(QStatusBar):
    """Always visible: proof before insight."""

    tie_out_asked = Signal()

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setFixedHeight(current_theme().size("statusbar"))
        self._jobs = jobs
        self._file = TextLabel("", "small", tone="secondary")
        self._tie_icon = IconLabel("scales", size=14)
        self._tie = QPushButton()
        self._tie.setProperty("kind", "link")
        self._tie.setFont(current_theme().font("small"))
        self._tie.clicked.connect(lambda _checked=False: self.tie_out_asked.emit())
        self._all_counts = ""
        self._counts = TextLabel("", "small", tone="secondary")
        self._file_part = _part(IconLabel("floppy-disk", size=14), self._file)
        self._tie_part = _part(self._tie_icon, self._tie)
        self.addWidget(self._file_part)
        self.addWidget(self._tie_part)
        self._add_job_part()
        self.addPermanentWidget(self._counts)
        self.addPermanentWidget(
            _part(
                IconLabel("lock-simple", size=14),
                TextLabel("Offline: nothing leaves this computer", "small", tone="secondary"),
            )
        )
        self.set_file("")
        self.set_tie_out("", "not_tied")

    def _add_job_part(self) -> None:
        self._job = TextLabel("", "small", tone="secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._cancel = Button("Cancel", "link", clicked=self._jobs.cancel_current)
        self._cancel.setFont(current_theme().font("small-strong"))
        self._job_part = _part(self._job, self._bar, self._cancel)
        self._job_part.hide()
        self.addPermanentWidget(self._job_part)
        self._title = ""
        self._reveal = QTimer(self, singleShot=True, interval=SHOWS_AFTER_MS)
        self._reveal.timeout.connect(self._show_job)
        self._jobs.started.connect(self._job_started)
        self._jobs.stepped.connect(self._job_stepped)
        self._jobs.advanced.connect(self._job_advanced)
        self._jobs.idle.connect(self._job_idle)

    def set_file(self, text: str) -> None:
        """The file and whether it is saved."""
        self._file.setText(text)
        self._file_part.setVisible(bool(text))

    def set_tie_out(self, text: str, state: TieOut) -> None:
        """What the tie-out says; a click opens Reconciliation."""
        self._tie.setText(text)
        self._tie.setAccessibleName(f"{text}. Open Reconciliation")
        name, token = _TIE_OUT_ICONS[state]
        self._tie_icon.set_icon(name, color_token=token)
        self._tie_part.setVisible(bool(text))

    def set_counts(self, text: str) -> None:
        """How many customers and documents the period holds."""
        self._all_counts = text
        self._counts.setToolTip(f"{text}\n{COUNTS_MEAN}" if text else "")
        self._fit_counts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The counts are the first to say less."""
        super().resizeEvent(event)
        self._fit_counts()

    def _fit_counts(self) -> None:
        narrow = self.width() < NARROW_PX
        self._counts.setText(self._all_counts.removesuffix(IN_PERIOD) if narrow else self._all_counts)

    def _job_started(self, title: str, cancellable: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._title = title
        self._job.setText(title)
        self._bar.setRange(0, 0)
        self._cancel.setVisible(cancellable)
        if not self._job_part.isVisible():
            self._reveal.start()

    def _job_stepped(self, message: str) -> None:
        self._job.setText(f"{self._title}: {message}")

    def _job_advanced(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)

    def _show_job(self) -> None:
        # Both do not fit on a small screen, and the counts can wait.
        self._counts.hide()
        self._job_part.show()

    def _job_idle(self) -> None:
        self._reveal.stop()
        self._job_part.hide()
        self._counts.show()


def _part(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(hbox(*widgets, gap=6, margins=(6, 0, 6, 0)))
    return holder
