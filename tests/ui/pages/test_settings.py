"""The page Settings over a small book of Corner & Sons, by Dana Whitlock, in US dollars."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core.store.settings import read_settings
from ui.page_spec import find_page
from ui.pages.settings import SettingRow, SettingsPage
from ui.session import Session
from ui.settings_fields import FIELDS, problems, set_elsewhere, shown_values
from ui.widgets.buttons import Button
from ui.widgets.messages import InlineMessage


def shown(session: Session, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    return page


def type_into(row: SettingRow, text: str) -> None:
    assert isinstance(row.input, QLineEdit)
    row.input.setText(text)
    row.input.textEdited.emit(text)


def kept(session: Session, name: str) -> str:
    assert session.book is not None
    return read_settings(session.book.connection)[name]


def test_settings_stand_at_the_foot_of_the_rail() -> None:
    spec = find_page("settings")
    assert (spec.title, spec.group, spec.shortcut) == ("Settings", "foot", "Ctrl+,")


def test_the_form_shows_what_the_book_keeps(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert page.rows["client_name"].value == "Corner & Sons"
    assert page.rows["author"].value == "Dana Whitlock"
    assert page.rows["year_start"].value == "1"
    assert not page.save_button.isEnabled()
    assert not page.revert_button.isEnabled()
    assert str(opened.book_path) == page.file.text()


def test_a_change_is_explained_saved_and_taken_back(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    row = page.rows["merge_same_day"]
    assert isinstance(row.input, QComboBox)
    assert not row.moves.isVisible()
    row.input.setCurrentIndex(1)
    assert row.moves.isVisible()
    assert "average order" in row.moves.text()
    page.save()
    assert opened.jobs.wait_idle(60_000)
    assert kept(opened, "merge_same_day") == "no"
    assert not page.save_button.isEnabled()
    assert opened.loaded is not None
    assert not opened.loaded.figures.facts.merge_same_day
    message = page.messages.findChild(InlineMessage)
    assert message is not None
    undo = next(button for button in message.findChildren(Button) if button.text() == "Undo")
    undo.click()
    assert opened.jobs.wait_idle(60_000)
    assert kept(opened, "merge_same_day") == "yes"
    assert row.value == "yes"


def test_what_cannot_be_is_said_beside_the_field_and_not_saved(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    row = page.rows["accent"]
    type_into(row, "#FFFF00")
    assert row.problem.isVisible()
    assert not page.save_button.isEnabled()
    page.save()
    assert opened.jobs.wait_idle(60_000)
    assert kept(opened, "accent") == "#23395B"
    page.revert_button.click()
    assert row.value == "#23395B"
    assert not row.problem.isVisible()


def test_the_currency_is_fixed_once_a_file_was_imported(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    field = page.rows["currency"].input
    assert not field.isEnabled()
    assert "new book" in field.toolTip()


def test_another_name_of_the_client_is_shown_by_the_session(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    type_into(page.rows["client_name"], "  Corner Café ")
    page.save()
    assert opened.jobs.wait_idle(60_000)
    assert kept(opened, "client_name") == "Corner Café"
    assert opened.client_name == "Corner Café"


def test_edits_stay_while_the_figures_change(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    type_into(page.rows["author"], "Robin")
    opened.reload()
    assert opened.jobs.wait_idle(60_000)
    assert page.rows["author"].value == "Robin"
    assert page.save_button.isEnabled()


def test_a_read_only_book_shows_its_settings_and_keeps_them(opened: Session, qtbot: QtBot) -> None:
    opened.read_only_reason = "Read-only: open on another computer."
    page = shown(opened, qtbot)
    assert not any(row.input.isEnabled() for row in page.rows.values())
    assert page.header.sentence == opened.read_only_reason
    assert page.save_button.toolTip() == opened.read_only_reason


def test_a_backup_stands_beside_the_book(opened: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(opened, qtbot)
    before = set(tmp_path.rglob("*.quintile"))
    page.backup_button.click()
    assert opened.jobs.wait_idle(60_000)
    [made] = set(tmp_path.rglob("*.quintile")) - before
    assert any(str(made) in (m.accessibleName()) for m in page.messages.findChildren(InlineMessage))


def test_what_patterns_sets_is_told_here(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    words = [label.text() for label in page.findChildren(QLabel)]
    assert "A ends at 80%, B at 95% of revenue" in words
    asked: list[str] = []
    opened.page_requested.connect(lambda key, _context: asked.append(key))
    page.patterns_button.click()
    assert asked == ["patterns"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("client_name", "  ", "client’s name"),
        ("currency", "XXQ", "not a currency code"),
        ("accent", "blue", "# and six digits"),
        ("accent", "#FFFF00", "Too light"),
    ],
)
def test_each_problem_says_what_to_enter(opened: Session, name: str, value: str, says: str) -> None:
    values = shown_values(opened.settings)
    assert not problems(values)
    assert says in problems(values | {name: value})[name]


def test_every_field_says_what_a_change_moves() -> None:
    assert all(field.explained and field.moves for field in FIELDS)


def test_own_names_of_scores_are_told(opened: Session) -> None:
    told = dict(set_elsewhere({**opened.settings, "rfm_table": '{"555": "Best"}'}))
    assert told["Scores"] == "1 to 5, equal values score alike, own names"
