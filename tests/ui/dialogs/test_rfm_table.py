from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.analysis.patterns.rfm import RfmChoice, Rule
from core.analysis.patterns.rfm_preview import every_scoring
from core.analysis.patterns.rfm_table import TABLE, Cell, edited_table
from tests.core.analysis.patterns.made_facts import Sale, made_facts
from ui.dialogs.rfm_table import RfmTableDialog
from ui.dialogs.rfm_table_draft import Draft, Scorings
from ui.dialogs.rfm_table_grid import NameCell
from ui.segment_marks import segment_marks

AS_OF = date(2026, 10, 31)
# Customer n ordered n times for n dollars, the last time n days ago: two customers in each of the cells
# 5-1-1, 4-2-2, 3-3-3, 2-4-4 and 1-5-5.
SALES = [
    Sale(AS_OF - timedelta(days=n + 20 * order), n - 1, n * 100) for n in range(1, 11) for order in range(n)
]
WAYS = every_scoring(made_facts(SALES, as_of=AS_OF, customers=10))


def scorings(changes: dict[Cell, str] | None = None, *, bins: int = 5) -> Scorings:
    return Scorings(RfmChoice(bins, table=edited_table(TABLE, changes or {})), "October 2026", WAYS)


@pytest.fixture
def dialog(light: QApplication, qtbot: QtBot) -> RfmTableDialog:
    return shown(scorings(), qtbot)


def shown(given: Scorings, qtbot: QtBot) -> RfmTableDialog:
    made = RfmTableDialog(given)
    qtbot.addWidget(made)
    made.show()
    return made


def name_it(dialog: RfmTableDialog, text: str, *places: tuple[int, int], value: int) -> None:
    """As at the keyboard: choose the value score and the cells, type the name, press Enter."""
    dialog.value.set_current(str(value))
    dialog.value.chosen.emit(str(value))
    dialog.grid.choose(places)
    dialog.name.setEditText(text)
    dialog._edit.returnPressed.emit()


def preview(dialog: RfmTableDialog) -> dict[str, tuple[int, int]]:
    model = dialog.preview.table_model
    return {
        str(model.value(row, "segment")[1]): (model.value(row, "before"), model.value(row, "after"))
        for row in model.shown_rows
    }


def cell_at(dialog: RfmTableDialog, recency: int, frequency: int) -> NameCell:
    cell = dialog.grid.matrix.cells[5 - recency][frequency]
    assert isinstance(cell, NameCell)
    return cell


def test_the_dialog_begins_with_what_the_book_keeps_and_nothing_to_save(dialog: RfmTableDialog) -> None:
    assert (dialog.choice.bins, dialog.choice.rule) == (5, Rule.TIES_ALIKE)
    assert [cell_at(dialog, 5, f).text for f in range(1, 6)] == [TABLE[5, f, 5] for f in range(1, 6)]
    assert not dialog.accept_button.isEnabled()
    assert dialog.accept_button.toolTip() == "Nothing is changed yet"
    assert dialog.changed_label.text() == "Every cell has its usual name."
    assert dialog.moved.text() == "No customer changes segment: 10 before and after."
    assert len(preview(dialog)) == 11


def test_several_cells_get_a_name_of_their_own(dialog: RfmTableDialog) -> None:
    name_it(dialog, "  Fresh   faces ", (5, 1), (4, 1), value=1)
    assert dialog.draft.changed == {(4, 1, 1): "Fresh faces", (5, 1, 1): "Fresh faces"}
    assert (cell_at(dialog, 5, 1).changed, cell_at(dialog, 5, 2).changed) == (True, False)
    assert cell_at(dialog, 5, 1).tooltip.endswith("Usual name: New customers.")
    # The two customers of 5-1-1 were the New customers.
    assert (preview(dialog)["New customers"], preview(dialog)["Fresh faces"]) == ((2, 0), (0, 2))
    assert dialog.moved.text() == "2 of 10 customers change segment."
    assert sorted(dialog.grid.places()) == [(4, 1), (5, 1)]  # what was chosen stays chosen
    assert dialog.accept_button.isEnabled()
    assert dialog.name.findText("Fresh faces") == 11  # offered from now on


def test_one_step_names_all_five_value_scores(dialog: RfmTableDialog) -> None:
    dialog.all_values.setChecked(True)
    name_it(dialog, "Stars", (5, 5), value=2)
    assert sorted(dialog.draft.changed) == [(5, 5, value) for value in range(1, 6)]
    assert dialog.chosen_label.text() == "Name of 5 cells"


def test_reset_gives_the_usual_names_back(dialog: RfmTableDialog) -> None:
    name_it(dialog, "Stars", (5, 5), (5, 4), value=5)
    dialog.grid.choose([(5, 4)])
    dialog.reset_button.click()
    assert dialog.draft.changed == {(5, 5, 5): "Stars"}
    assert not dialog.reset_button.isEnabled()
    dialog.reset_all_button.click()
    assert dialog.draft.table == dict(TABLE)
    assert not dialog.accept_button.isEnabled()
    assert not dialog.reset_all_button.isEnabled()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("   ", "Enter a name"),
        ("x" * 200, "at most 60 characters; this one has 200"),
        ("no orders yet", "customers without scores"),
    ],
)
def test_a_name_that_cannot_be_used_changes_nothing_and_says_why(
    dialog: RfmTableDialog, name: str, words: str
) -> None:
    name_it(dialog, name, (5, 5), value=5)
    assert dialog.problem.isVisible()
    assert words in dialog.name.accessibleDescription()
    assert not dialog.draft.changed


def test_a_name_in_other_letters_joins_the_segment_that_is_there(dialog: RfmTableDialog) -> None:
    name_it(dialog, "LOYAL", (5, 5), value=5)
    assert dialog.note.text() == "There is 'Loyal' already, spelled so: the cells join it."
    assert dialog.draft.changed == {(5, 5, 5): "Loyal"}
    name_it(dialog, "stars", (4, 5), value=5)
    name_it(dialog, "Stars", (4, 5), value=5)  # of its own cells only the spelling changes
    assert dialog.draft.table[4, 5, 5] == "Stars"
    assert dialog.note.isHidden()


def test_fewer_bins_say_which_cells_can_be_reached_and_hide_none(dialog: RfmTableDialog) -> None:
    dialog.choice.choose(3, Rule.TIES_ALIKE)
    assert dialog.reach.text() == (
        "With 3 bins only the scores 1, 3 and 5 occur: 27 of 125 cells. The others are grey and keep their "
        "names for later."
    )
    assert [cell_at(dialog, 5, f).reached for f in range(1, 6)] == [True, False, True, False, True]
    assert "With 3 bins nobody can have these scores." in cell_at(dialog, 4, 5).tooltip
    name_it(dialog, "Later", (4, 5), value=5)
    assert dialog.draft.changed == {(4, 5, 5): "Later"}
    before, after = zip(*preview(dialog).values(), strict=True)
    assert sum(before) == sum(after) == 10
    dialog.choice.choose(5, Rule.TIES_ALIKE)
    assert dialog.reach.isHidden()


def test_another_rule_alone_can_be_saved(dialog: RfmTableDialog) -> None:
    dialog.choice.choose(5, Rule.QUANTILES_PLUS_ONE)
    assert dialog.accept_button.isEnabled()
    assert (dialog.draft.bins, dialog.draft.rule, dialog.draft.changed) == (5, Rule.QUANTILES_PLUS_ONE, {})


def test_a_name_that_goes_is_listed_with_nobody_after(light: QApplication, qtbot: QtBot) -> None:
    dialog = shown(scorings({(5, 1, 1): "Fresh faces"}), qtbot)
    dialog.reset_all_button.click()
    assert preview(dialog)["Fresh faces"] == (2, 0)
    assert dialog.accept_button.isEnabled()


def test_the_keyboard_chooses_cells_and_goes_on_to_the_name(dialog: RfmTableDialog, qtbot: QtBot) -> None:
    grid = dialog.grid
    assert grid.places() == [(5, 5)]
    qtbot.keyClick(grid, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grid.places() == [(5, 5), (5, 4), (4, 5), (4, 4)]
    assert dialog.chosen_label.text() == "Name of 4 cells"
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(grid.places()) == 25
    with qtbot.waitSignal(grid.naming_asked):
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_click_on_a_row_takes_its_five_cells_and_no_cell_means_no_name(dialog: RfmTableDialog) -> None:
    dialog.grid.clicked.emit(dialog.grid.matrix.index(0, 0))
    assert dialog.grid.places() == [(5, 5), (5, 4), (5, 3), (5, 2), (5, 1)]
    dialog.grid.clearSelection()
    assert dialog.chosen_label.text() == "No cell chosen"
    assert not dialog.set_button.isEnabled()
    dialog.set_name()
    assert not dialog.draft.changed


def test_a_changed_cell_has_a_corner_in_the_accent(dialog: RfmTableDialog, light: QApplication) -> None:
    name_it(dialog, "Stars", (1, 1), value=5)
    dialog.grid.choose([(5, 5)])
    light.processEvents()
    grid = dialog.grid

    def corner(recency: int, frequency: int) -> QColor:
        rect = grid.visualRect(grid.matrix.index(5 - recency, frequency))
        return grid.viewport().grab(rect).toImage().pixelColor(rect.width() - 6, 5)

    assert corner(1, 1) != corner(1, 2)


def test_one_customer_is_told_of_in_the_singular() -> None:
    facts = made_facts([Sale(AS_OF, 0, 100)], as_of=AS_OF, customers=1)
    draft = Draft(Scorings(RfmChoice(), "October 2026", every_scoring(facts)))
    draft.name_cells([(3, 3, 3)], "Only one")
    assert draft.moved_words() == "1 of 1 customer changes segment."
    assert draft.reach_words() == (
        "1 customer with an order: scored in 1 of 5 bins, spread over 1 to 5. With 1 bin only the score 3 occurs: "
        "1 of 125 cells. The others are grey and keep their names for later."
    )


def test_segments_of_one_colour_have_different_marks() -> None:
    marks = segment_marks(["Loyal", "Stars", "Gone", "Here lately"])
    assert marks["Promising"] == marks["New customers"] + 8  # the same colour and shape, hollow
    assert len(marks) == len(set(marks.values())) == 14
