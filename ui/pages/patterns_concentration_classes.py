"""Where the ABC classes end: two percents of revenue, kept with the book and used everywhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.session import Session
from ui.widgets.labels import TextLabel, hbox
from ui.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from core.progress import Progress
    from core.store.book import Book

PAUSE_MS = 700
TOOLTIP = (
    "Where class {name} ends, in percent of revenue. The choice is kept with the book: it also changes the ABC class "
    "in Customers, the segments Pareto A/B/C and reports. Months that are closed keep theirs."
)


class ClassEnds(QWidget):
    """Two fields; a change is kept after a short pause and can be undone."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.fields = {name: _field(name) for name in ("A", "B")}
        self._kept = (0, 0)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        row = hbox(gap=6)
        for name, field in self.fields.items():
            label = TextLabel(f"{name} up to", "small", tone="muted")
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            field.valueChanged.connect(self._changed)
            field.editingFinished.connect(self.keep)
        self.setLayout(row)

    def show_ends(self, a_percent: int, b_percent: int) -> None:
        """Show where the classes end in the book."""
        self._pause.stop()
        self._kept = (a_percent, b_percent)
        for field, value in zip(self.fields.values(), self._kept, strict=True):
            with QSignalBlocker(field):
                field.setRange(1, 100)
                field.setValue(value)
        self._limit()
        reason = self.session.read_only_reason
        for name, field in self.fields.items():
            field.setDisabled(bool(reason))
            field.setToolTip(reason or TOOLTIP.format(name=name))

    @property
    def chosen(self) -> tuple[int, int]:
        """The percents in the fields."""
        return self.fields["A"].value(), self.fields["B"].value()

    def keep(self) -> None:
        """Keep a change with the book."""
        self._pause.stop()
        if self.chosen != self._kept:
            self._save(self.chosen, self._kept)

    def _changed(self) -> None:
        self._limit()
        self._pause.start()

    def _limit(self) -> None:
        """Neither end can cross the other."""
        a, b = self.fields["A"], self.fields["B"]
        with QSignalBlocker(a), QSignalBlocker(b):
            a.setRange(1, b.value() - 1)
            b.setRange(a.value() + 1, 100)

    def _save(self, ends: tuple[int, int], before: tuple[int, int] | None) -> None:
        earlier, self._kept = self._kept, ends

        def work(book: "Book", _progress: "Progress") -> None:
            from core.usecases.books import change_settings

            change_settings(book, {"abc_a_percent": str(ends[0]), "abc_b_percent": str(ends[1])})

        self.session.run(
            work,
            lambda _nothing: self._tell(ends, before),
            title="Changing the ABC classes",
            on_error=lambda error: self._failed(error, earlier),
            changes_book=True,
            cancellable=False,
        )

    def _failed(self, error: Exception, earlier: tuple[int, int]) -> None:
        self.show_ends(*earlier)
        self.session.report(error)

    def _tell(self, ends: tuple[int, int], before: tuple[int, int] | None) -> None:
        undo = {} if before is None else {"action": "Undo", "on_action": lambda: self._save(before, None)}
        self.session.post_message(
            InlineMessage(
                "success",
                f"ABC classes now end at {ends[0]}% and {ends[1]}%.",
                "Customers, the segments Pareto A/B/C and reports follow.",
                **undo,  # type: ignore[arg-type]
            )
        )


def _field(name: str) -> QSpinBox:
    field = QSpinBox()
    field.setSuffix("%")
    field.setFixedWidth(78)
    field.setAlignment(Qt.AlignmentFlag.AlignCenter)
    field.setKeyboardTracking(False)
    field.setAccessibleName(f"Class {name} ends at percent of revenue")
    return field
