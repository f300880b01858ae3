"""Make a book for a client: name, currency, first month of the fiscal year, and where the file goes."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from ui.dialogs.plain_dialog import PlainDialog
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldProblem, combo, labelled
from ui.widgets.labels import hbox

SUFFIX = ".quintile"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
USUAL_CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "NZD",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "INR",
    "JPY",
    "ZAR",
)


@dataclass(frozen=True)
class NewBook:
    """What was entered."""

    client: str
    currency: str
    year_start: int
    path: Path


class NewBookDialog(PlainDialog):
    """Asks for a new book; the file's name follows the client's until it is changed."""

    def __init__(self, parent: QWidget | None = None, *, folder: Path | None = None) -> None:
        super().__init__("New book", "Make book", parent, width=520)
        self._folder = folder or documents_folder()
        self._named = False
        self.client = QLineEdit()
        self.client.setPlaceholderText("The business whose books these are")
        self.currency = QComboBox()
        self.currency.setEditable(True)
        self.currency.addItems(USUAL_CURRENCIES)
        self.year = combo([(str(n), name) for n, name in enumerate(MONTHS, 1)], name="Fiscal year starts in")
        self.place = QLineEdit()
        self.place.setAccessibleName("File")
        self.problem = FieldProblem(self.place)
        self.currency_problem = FieldProblem(self.currency)
        browse = Button("Choose…", clicked=self._browse)
        self.body.addWidget(labelled("Client", self.client))
        self.body.addLayout(
            hbox(labelled("Currency", self.currency), labelled("Fiscal year starts in", self.year), gap=12)
        )
        self.body.addWidget(self.currency_problem)
        self.body.addWidget(labelled("File", self.place))
        self.body.addLayout(hbox(None, browse))
        self.body.addWidget(self.problem)
        self.client.textChanged.connect(self._client_changed)
        self.place.textEdited.connect(self._place_edited)
        self.place.textChanged.connect(lambda _text: self._check())
        self.currency.currentTextChanged.connect(lambda _text: self._check())
        self.client.setFocus()
        self._check()

    def wish(self) -> NewBook:
        """What was entered."""
        path = Path(self.place.text().strip())
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        code = self.currency.currentText().strip().upper()
        return NewBook(self.client.text().strip(), code, int(str(self.year.currentData())), path)

    def _client_changed(self, text: str) -> None:
        if not self._named:
            name = file_stem(text)
            self.place.setText(str(self._folder / f"{name}{SUFFIX}") if name else "")
        self._check()

    def _place_edited(self, _text: str) -> None:
        self._named = True

    def _browse(self) -> None:
        start = self.place.text() or str(self._folder)
        path, _ = QFileDialog.getSaveFileName(
            self, "Where the book goes", start, "Quintile books (*.quintile)"
        )
        if path:
            self._named = True
            self.place.setText(path)

    def _check(self) -> None:
        from core.money import is_currency

        text = self.place.text().strip()
        wish = self.wish() if text else None
        known = is_currency(self.currency.currentText().strip().upper())
        self.currency_problem.say("" if known else "Enter a currency code such as USD, EUR or GBP")
        problem = ""
        if wish is not None and wish.path.exists():
            problem = "There is a file of this name already; choose another name, or open that book"
        elif wish is not None and not wish.path.parent.is_dir():
            problem = "This folder does not exist; choose another one"
        self.problem.say(problem)
        self.accept_button.setEnabled(bool(wish is not None and wish.client and known and not problem))


def documents_folder() -> Path:
    """Where books go at first: the user's documents, or home."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.home()


def file_stem(client: str) -> str:
    """A file name from the client's name: 'Alder & Finch Coffee' is 'alder-finch-coffee'."""
    letters = "".join(letter if letter.isalnum() else " " for letter in client.casefold())
    return "-".join(letters.split())
