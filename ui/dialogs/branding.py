"""Whose report it is: the firm, the client, the author, the accent colour and the paper."""

from collections.abc import Mapping

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QLineEdit, QWidget

from ui.dialogs.plain_dialog import PlainDialog
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldProblem, combo, labelled
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.swatch import READABLE_CONTRAST, Swatch, contrast_on_paper, is_colour

PAPERS = (("A4", "A4, 210 × 297 mm"), ("Letter", "Letter, 8.5 × 11 in"))
NOTE = "The names and the colour are printed on every page and in the workbook. No figure changes."


class BrandingDialog(PlainDialog):
    """Refuses a colour that is too light to read on white paper, and a client without a name."""

    def __init__(self, settings: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__("Branding", "Save branding", parent)
        self._before = settings
        self.firm = QLineEdit(settings["firm_name"].partition("\n")[0])
        self.firm.setPlaceholderText("Your practice, such as Larkspur Bookkeeping")
        self._firm_rest = settings["firm_name"].partition("\n")[2]
        self.client = QLineEdit(settings["client_name"])
        self.author = QLineEdit(settings["author"])
        self.author.setPlaceholderText("Who prepares the report")
        self.accent = QLineEdit(settings["accent"])
        self.accent.setMaxLength(7)
        self.paper = combo(PAPERS, name="Paper", current=settings["paper"])
        self._swatch = Swatch(28)
        self._contrast = TextLabel("", "small", tone="muted")
        self._pick = Button("Choose…", clicked=self._choose_colour)
        self._accent_problem = FieldProblem(self.accent)
        self._client_problem = FieldProblem(self.client)
        self._lay_out()
        for field in (self.accent, self.client):
            field.textChanged.connect(self._check)
        self.firm.setFocus()
        self._check()

    def _lay_out(self) -> None:
        colour = hbox(self._swatch, self.accent, self._pick, self._contrast, None)
        holder = QWidget()
        holder.setLayout(vbox(colour, self._accent_problem, gap=4))
        self.accent.setFixedWidth(104)
        words = labelled("Accent colour", holder)
        self.accent.setAccessibleName("Accent colour")
        self.body.addWidget(labelled("Firm", self.firm))
        self.body.addWidget(labelled("Client", self.client))
        self.body.addWidget(self._client_problem)
        self.body.addWidget(labelled("Author", self.author))
        self.body.addWidget(words)
        self.body.addWidget(labelled("Paper", self.paper))
        self.body.addWidget(TextLabel(NOTE, "small", tone="muted", wrap=True))

    def changes(self) -> dict[str, str]:
        """What is to be kept that is not so already."""
        firm = "\n".join(part for part in (self.firm.text().strip(), self._firm_rest) if part)
        now = {
            "firm_name": firm,
            "client_name": self.client.text().strip(),
            "author": self.author.text().strip(),
            "accent": self.accent.text().strip().upper(),
            "paper": str(self.paper.currentData()),
        }
        return {name: value for name, value in now.items() if value != self._before[name]}

    def _check(self) -> None:
        accent = self.accent.text().strip()
        ratio = contrast_on_paper(accent)
        self._swatch.set_colour(accent)
        self._contrast.setText(f"{ratio:.1f}:1 on white" if is_colour(accent) else "")
        problem = ""
        if not is_colour(accent):
            problem = "Write a colour as # and six digits, such as the one of your letterhead."
        elif ratio < READABLE_CONTRAST:
            needed = f"{READABLE_CONTRAST}:1 is needed"
            problem = f"Too light to read: {ratio:.1f}:1 on white, {needed}. Choose a darker one."
        self._accent_problem.say(problem)
        nameless = not self.client.text().strip()
        self._client_problem.say("A book needs the client’s name." if nameless else "")
        self.accept_button.setEnabled(not problem and not nameless)

    def _choose_colour(self) -> None:
        picker = QColorDialog(QColor(self.accent.text()), self)
        picker.setWindowTitle("Accent colour")
        picker.colorSelected.connect(lambda colour: self.accent.setText(colour.name().upper()))
        picker.open()
