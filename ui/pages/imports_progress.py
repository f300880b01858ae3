"""What is being worked out while a file is read, compared or written, with Cancel."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.jobs import UNKNOWN_TOTAL, JobRunner
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.states import SHOWS_AFTER_MS

CARD_PX = 520
BAR_STEPS = 1000


class JobCard(QWidget):
    """A card in the middle of the page that follows the running job; nothing shows for the first moment."""

    def __init__(self, jobs: JobRunner, on_cancel: Callable[[], object]) -> None:
        super().__init__()
        self._title = TextLabel("", "section")
        self._step = TextLabel("", "body", tone="muted")
        self._count = TextLabel("", "body")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._promise = TextLabel("Nothing is saved until it finishes.", "small", tone="muted")
        self._cancel = Button("Cancel", clicked=on_cancel)
        self._card = Card()
        self._card.setFixedWidth(CARD_PX)
        self._card.body.setContentsMargins(20, 18, 20, 16)
        for part in (self._title, self._step, self.bar, self._count):
            self._card.add(part)
        self._card.add(hbox(self._promise, None, self._cancel))
        self.setLayout(vbox(None, hbox(None, self._card, None), None))
        self._timer = QTimer(self, singleShot=True, interval=SHOWS_AFTER_MS)
        self._timer.timeout.connect(self._card.show)
        jobs.stepped.connect(self._show_step)
        jobs.advanced.connect(self._show_count)

    def begin(self, title: str, *, cancellable: bool = True) -> None:
        """Start again for another piece of work."""
        self._title.setText(title)
        self._step.setText("")
        self._count.setText("")
        self._cancel.setVisible(cancellable)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self._card.hide()
        self._timer.start()

    def _show_step(self, words: str) -> None:
        self._step.setText(words)
        self._count.setText("")
        self.bar.setRange(0, 0)

    def _show_count(self, done: int, total: int) -> None:
        if total in {UNKNOWN_TOTAL, 0}:
            self._count.setText(f"{done:,} rows" if done else "")
            return
        self.bar.setRange(0, BAR_STEPS)
        self.bar.setValue(round(BAR_STEPS * done / total))
        self._count.setText(f"{done / total:.0%}")
