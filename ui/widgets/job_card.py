"""A long job on a page without a status bar: what is done, how far it is, Cancel."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from ui.jobs import JobRunner
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import TextLabel, hbox

SHOWS_AFTER_MS = 300


class JobCard(Card):
    """Shows itself when a job takes longer than a moment, and goes with it."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.title = TextLabel("", "body-strong")
        self.step = TextLabel("", "small", tone="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.cancel = Button("Cancel", scale="small", clicked=jobs.cancel_current)
        self.add(hbox(self.title, None, self.cancel))
        self.add(self.bar)
        self.add(self.step)
        self._reveal = QTimer(self, singleShot=True, interval=SHOWS_AFTER_MS)
        self._reveal.timeout.connect(self.show)
        jobs.started.connect(self._started)
        jobs.stepped.connect(self.step.setText)
        jobs.advanced.connect(self._advanced)
        jobs.idle.connect(self._idle)
        self.hide()

    def _started(self, title: str, cancellable: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.title.setText(title)
        self.step.setText("")
        self.bar.setRange(0, 0)
        self.cancel.setVisible(cancellable)
        if not self.isVisible():
            self._reveal.start()

    def _advanced(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)

    def _idle(self) -> None:
        self._reveal.stop()
        self.hide()
