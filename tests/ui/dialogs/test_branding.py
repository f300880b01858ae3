import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.dialogs.branding import BrandingDialog
from ui.widgets.fields import FieldProblem
from ui.widgets.swatch import contrast_on_paper, is_colour

SETTINGS = {
    "firm_name": "Larkspur Bookkeeping\n1 Mill Lane",
    "client_name": "Alder & Finch",
    "author": "Dana",
    "accent": "#23395B",
    "paper": "A4",
}


@pytest.fixture
def dialog(light: QApplication, qtbot: QtBot) -> BrandingDialog:
    made = BrandingDialog(SETTINGS)
    qtbot.addWidget(made)
    made.show()
    return made


def problems(dialog: BrandingDialog) -> list[str]:
    return [one._text.text() for one in dialog.findChildren(FieldProblem) if one.isVisible()]


def test_nothing_changed_keeps_nothing(dialog: BrandingDialog) -> None:
    assert dialog.accept_button.isEnabled()
    assert dialog.changes() == {}


def test_what_changed_is_kept_and_the_firm_keeps_its_address(dialog: BrandingDialog) -> None:
    dialog.firm.setText("Wren & Co")
    dialog.accent.setText("#0b574d")
    dialog.paper.setCurrentIndex(1)
    assert dialog.changes() == {"firm_name": "Wren & Co\n1 Mill Lane", "accent": "#0B574D", "paper": "Letter"}


def test_a_colour_that_cannot_be_read_is_refused(dialog: BrandingDialog) -> None:
    dialog.accent.setText("#FFFF00")
    assert not dialog.accept_button.isEnabled()
    # Yellow on white: 1.05 / (0.9278 + 0.05) = 1.07.
    assert problems(dialog) == ["Too light to read: 1.1:1 on white, 4.5:1 is needed. Choose a darker one."]
    dialog.accent.setText("navy")
    assert problems(dialog) == ["Write a colour as # and six digits, such as the one of your letterhead."]
    dialog.accent.setText("#000000")
    assert dialog.accept_button.isEnabled()


def test_a_client_needs_a_name(dialog: BrandingDialog) -> None:
    dialog.client.setText("  ")
    assert not dialog.accept_button.isEnabled()
    assert problems(dialog) == ["A book needs the client’s name."]


def test_contrast_on_paper_is_that_of_wcag() -> None:
    assert contrast_on_paper("#000000") == pytest.approx(21)
    assert contrast_on_paper("#FFFFFF") == pytest.approx(1)
    # The grey that is known as the lightest one at AA.
    assert contrast_on_paper("#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast_on_paper("red") == 1
    assert is_colour("#12aBcD")
    assert not is_colour("#12345")
    assert not is_colour("1234567")
