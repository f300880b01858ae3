"""Close a month, or reopen the one that was closed last."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from core.errors import UserError
from core.period import Period, month_of, parse_period
from core.store.book import Book
from core.usecases.close_month import Close, close_month, reopen_month
from core.usecases.figures import load_figures, report_period
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.fields import combo, labelled
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.messages import InlineMessage

WIDTH_PX = 460
MOST_MONTHS = 12
CLOSING = (
    "Closing freezes who belongs to which segment and what every customer brought, so that the report "
    "the client holds can be proved later."
)
NOTHING = "Every month with figures is closed. Import the next month first, or reopen the last one."


class CloseMonthDialog(QDialog):
    """Month, author, and a reason where one is needed; it stays open until the month is closed."""

    def __init__(
        self,
        session: Session,
        closes: Sequence[Close],
        on_done: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Close month")
        self.setFixedWidth(WIDTH_PX)
        self._session, self._on_done = session, on_done
        self._last = closes[-1].month if closes else None
        months = closable(self._last, session.latest_period)
        self.month = combo([(one.key, one.label) for one in months], name="Month")
        self.author = QLineEdit(session.settings.get("author", ""))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Needed to leave a month out or to close one early")
        self.problem = TextLabel("", "small", tone="negative", wrap=True)
        self.problem.hide()
        self.close_button = Button("Close month", "primary", clicked=self.close_chosen)
        self.close_button.setEnabled(bool(months))
        self.reopen_button = Button("", "danger", clicked=self.reopen_last)
        self.reopen_button.setVisible(self._last is not None)
        if self._last is not None:
            self.reopen_button.setText(f"Reopen {self._last.label}")
        buttons = hbox(self.reopen_button, None, Button("Cancel", clicked=self.reject), self.close_button)
        month_field = labelled("Month", self.month)
        month_field.setVisible(bool(months))
        self.setLayout(
            vbox(
                TextLabel(CLOSING if months else NOTHING, "body", tone="secondary", wrap=True),
                month_field,
                labelled("Your name", self.author),
                labelled("Reason", self.reason),
                self.problem,
                4,
                buttons,
                gap=10,
                margins=(20, 18, 20, 18),
            )
        )

    def close_chosen(self) -> None:
        """Close the month; what is missing is said in the dialog."""
        month, author, reason = (
            parse_period(str(self.month.currentData())),
            self.author.text(),
            self.reason.text(),
        )

        def work(book: Book, progress: Any) -> Close:
            figures = load_figures(book, report_period(month), month.end, progress=progress)
            return close_month(
                book,
                month,
                figures,
                author=author,
                reason=reason,
                today=datetime.now().astimezone().date(),
                progress=progress,
            )

        self._run(work, f"Closing {month.label}", f"{month.label} is closed.")

    def reopen_last(self) -> None:
        """Take the last close back; that needs a reason."""
        month = self._last
        if month is None:
            return
        author, reason = self.author.text(), self.reason.text()
        self._run(
            lambda book, _progress: reopen_month(book, month, author=author, reason=reason),
            f"Reopening {month.label}",
            f"{month.label} is open again.",
        )

    def _run(self, work: Callable[[Book, Any], Any], title: str, words: str) -> None:
        self.problem.hide()
        self.setEnabled(False)
        self._session.run(
            work,
            lambda _result: self._done(words),
            title=title,
            on_error=self._failed,
            changes_book=True,
            cancellable=False,
        )

    def _done(self, words: str) -> None:
        self.accept()
        self._session.post_message(InlineMessage("success", words))
        self._on_done(words)

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, UserError):
            self.problem.setText(str(error))
            self.problem.show()
            self.reason.setFocus()
        else:
            self._session.report(error)


def closable(last: Period | None, latest: Period | None) -> list[Period]:
    """The months that can be closed, the next one first: those after the last close up to the latest with figures."""
    if latest is None:
        return []
    newest = month_of(latest.end)
    if last is None:
        return [newest.shift(-back) for back in range(MOST_MONTHS)]
    months: list[Period] = []
    month = last.shift(1)
    while month <= newest and len(months) < MOST_MONTHS:
        months.append(month)
        month = month.shift(1)
    return months
