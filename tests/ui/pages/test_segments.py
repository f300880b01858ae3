import csv
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.segments.method import SegmentSpec
from core.segments.rule import Comparison, Condition, Group, Quantifier, all_of, any_of
from core.usecases.close_month import list_closes
from core.usecases.segments import find_scheme, list_overrides, list_schemes, override_customer
from tests.core.builders import BookBuilder
from ui.dialogs.close_month import CloseMonthDialog
from ui.dialogs.new_segment import NewSchemeDialog, NewSegmentDialog
from ui.pages.segments import SegmentsPage
from ui.pages.segments_condition import ConditionRow
from ui.session import Session

ORDER = ["New", "Dormant", "At risk", "Costly to serve", "Champions", "Rising", "Loyal core", "Occasional"]


def settle(page: SegmentsPage) -> None:
    if page._pause.isActive():
        page._pause.stop()
        page._work_out()
    assert page.session.jobs.wait_idle(60_000)


def shown(session: Session, qtbot: QtBot, segment: str = "New") -> SegmentsPage:
    page = SegmentsPage(session)
    qtbot.addWidget(page)
    page.resize(1240, 780)
    page.show()
    settle(page)
    page.choose(segment)
    settle(page)
    return page


def counts(page: SegmentsPage) -> dict[str, str]:
    texts = [page.list.item(row).text() for row in range(page.list.count())]
    return {text.split(",")[0].split(" ", 1)[1]: text.split(", ", 1)[1] for text in texts}


def figures(page: SegmentsPage) -> list[str]:
    return [figure.accessibleName() for figure in page.preview.figures.values()]


def longer(page: SegmentsPage) -> None:
    """Let customers be new for 300 days, which takes Cy (244 days) in beside Bob."""
    page.card.editor.rows[0].numbers[0].setValue(300)
    settle(page)


def test_segments_stand_in_order_with_their_customers(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert page.list.names() == ORDER
    assert counts(page)["New"] == "1 customers, $20"
    assert counts(page)["Dormant"] == "1 customers, $30"
    assert page.list_card.total.text() == "3"
    assert page.card.sentence.text() == "Customers whose first order is no more than 90 days ago."


def test_the_sentence_counts_whom_the_list_counts(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "returns.quintile")
    builder.document("2026-10-01", builder.customer("Ann"), (1_000, None))
    builder.document("2026-10-02", builder.customer("Returns"), (-500, None), kind="credit note")
    builder.book.close()
    session.open_book(tmp_path / "returns.quintile")
    assert session.jobs.wait_idle(60_000)
    page = SegmentsPage(session)
    qtbot.addWidget(page)
    page.show()
    settle(page)
    assert page.header.sentence.startswith("2 customers in 2 segments.")
    assert page.list_card.total.text() == "2"


def test_the_preview_follows_the_rule_while_it_is_edited(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert figures(page)[0] == "Customers 1 33.3% of 3"
    assert page.card.not_saved.isHidden()
    longer(page)
    assert figures(page) == [
        "Customers 2 66.7% of 3",
        "Revenue $50 25.0% of total",
        "Net contribution $13 26.0% of revenue",
        "Average order $25 2 orders",
    ]
    assert not page.card.not_saved.isHidden()
    assert counts(page)["Dormant"].startswith("0 customers")
    assert page.preview.line.text() == "2 match the rule, 2 in segment"
    members = page.card.members.table_model
    assert [members.value(row, "customer") for row in members.shown_rows] == ["Cy", "Bob"]
    assert page.card.sentence.text() == "Customers whose first order is no more than 300 days ago."


def test_saving_makes_a_version_and_undo_brings_the_old_rule_back(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert opened.book is not None
    before = find_scheme(opened.book, "behaviour")
    longer(page)
    page.save()
    settle(page)
    after = find_scheme(opened.book, "behaviour")
    assert (before.version, after.version) == (1, 2)
    assert after.segments[0].rule == all_of(Condition("tenure_days", Comparison.NO_MORE, ("300",)))
    assert page.card.not_saved.isHidden()
    page.undo_last()
    settle(page)
    again = find_scheme(opened.book, "behaviour")
    assert again.version == 3
    assert again.segments == before.segments


def test_revert_throws_the_edit_away(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    longer(page)
    page.revert()
    settle(page)
    assert figures(page)[0] == "Customers 1 33.3% of 3"
    assert page.card.editor.rows[0].numbers[0].value() == 90


def test_conditions_and_groups_are_added_and_removed(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    editor = page.card.editor
    editor.add_condition()
    row = editor.rows[1]
    row.choose_field("attribute.Type")
    row.choose_comparison(Comparison.IS)
    row.texts[0].setCurrentText("Shop")  # type: ignore[attr-defined]
    editor.add_group()
    assert editor.rule() == all_of(
        Condition("tenure_days", Comparison.NO_MORE, ("90",)),
        Condition("attribute.Type", Comparison.IS, ("Shop",)),
        any_of(Condition("recency_days", Comparison.MORE, ("30",))),
    )
    settle(page)
    assert page.preview.line.text() == "0 match the rule, 0 in segment"  # Bob bought 19 days ago
    editor.members[2].removed.emit()
    settle(page)
    assert page.preview.line.text() == "1 match the rule, 1 in segment"
    editor.quantifier.setCurrentIndex(1)
    editor.quantifier.activated.emit(1)
    assert editor.rule().quantifier is Quantifier.ANY
    assert [part.joining.text() for part in editor.members] == ["", "or"]


def test_a_value_can_be_a_multiple_of_another_figure(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "At risk")
    first = page.card.editor.rows[0]
    assert first.condition == Condition(
        "recency_days", Comparison.MORE, ("2.0",), times="median_interpurchase_days"
    )
    assert first.unit is not None
    assert first.unit.text() == "× usual gap"
    first.numbers[0].setValue(2.5)
    assert first.condition.wanted == ("2.5",)
    first.choose_comparison(Comparison.KNOWN)
    assert first.condition == Condition("recency_days", Comparison.KNOWN)


def test_ratios_are_typed_in_percent(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "Rising")
    row = page.card.editor.rows[0]
    assert row.numbers[0].value() == 20
    row.numbers[0].setValue(12.5)
    assert row.condition.wanted == ("0.125",)


def test_an_empty_value_is_said_and_the_old_preview_stays(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    row = page.card.editor.rows[0]
    row.choose_field("customer.region")
    row.choose_comparison(Comparison.CONTAINS)
    settle(page)
    assert "empty value" in page.card.problem.text()
    assert figures(page)[0] == "Customers 1 33.3% of 3"
    page.card.editor.rows[0].texts[0].setText("north")  # type: ignore[attr-defined]
    settle(page)
    assert page.card.problem.text() == ""
    assert page.preview.line.text() == "1 match the rule, 1 in segment"


def test_deeper_groups_are_kept_and_said_in_words(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    inner = all_of(Condition("orders", Comparison.MORE, ("2",)))
    deep = Group(Quantifier.ANY, (any_of(inner, Condition("r", Comparison.IS, ("5",))),))
    assert page.data is not None
    page.card.editor.show_rule(SegmentSpec("New", 3, rule=deep), page.data, last=False)
    assert page.card.editor.rule() == deep


def test_alt_and_arrows_change_who_is_asked_first(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "Dormant")
    qtbot.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(page)
    assert page.list.names() == ["Dormant", "New", *ORDER[2:]]
    assert page.list.current_name == "Dormant"
    page.save()
    settle(page)
    assert opened.book is not None
    assert [one.name for one in find_scheme(opened.book, "behaviour").segments][:2] == ["Dormant", "New"]


def test_the_last_segment_stays_last(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "Occasional")
    qtbot.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.list.names() == ORDER
    page.list.reordered.emit([ORDER[-1], *ORDER[:-1]])
    assert page.list.names() == ORDER
    assert page.card.editor.buttons.isHidden()


def test_a_segment_is_added_and_removed(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    asked: list[str] = []
    assert page.draft is not None
    dialog = NewSegmentDialog(page.draft.name_problem, asked.append, page)
    dialog.name.setText("new")
    dialog.confirm()
    assert asked == []
    dialog.name.setText("Cafés")
    dialog.confirm()
    assert asked == ["Cafés"]
    page.add_segment("Cafés")
    settle(page)
    assert page.list.names() == [*ORDER[:-1], "Cafés", "Occasional"]
    assert page.list.current_name == "Cafés"
    page.remove_segment()
    settle(page)
    assert page.list.names() == ORDER
    assert page.card.not_saved.isHidden()


def test_an_own_scheme_begins_as_a_copy(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert page.data is not None
    dialog = NewSchemeDialog(page.data.schemes, page.making.copy, page, current="behaviour")
    dialog.name.setText("Behaviour and profit")
    dialog.confirm()
    assert "already" in dialog.name.accessibleDescription()
    dialog.name.setText("My way")
    dialog.confirm()
    settle(page)
    assert opened.book is not None
    own = find_scheme(opened.book, "my_way")
    assert (own.name, own.version, [one.name for one in own.segments]) == ("My way", 1, ORDER)
    assert page.scheme.current == "my_way"
    assert len(list_schemes(opened.book)) == len(page.data.schemes)


def test_a_scheme_without_rules_shows_what_can_be_set(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    page.show_scheme("area")
    settle(page)
    assert page.list.names() == ["Other areas"]  # fewer than three customers in each
    page.card.options.fields["smallest"].setValue(1)  # type: ignore[attr-defined]
    settle(page)
    assert page.list.names() == ["South", "North"]
    page.save()
    settle(page)
    assert opened.book is not None
    assert find_scheme(opened.book, "area").definition.options["smallest"] == 1


def test_an_unsaved_rule_is_not_lost_by_choosing_another_scheme(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    longer(page)
    page.scheme.chosen.emit("rfm")
    settle(page)
    assert page.scheme.current == "behaviour"
    assert not page.messages.isHidden()
    assert page.draft is not None
    assert page.draft.is_changed


def test_an_override_is_listed_removed_and_put_back(opened: Session, qtbot: QtBot) -> None:
    assert opened.book is not None
    bob = 2
    override_customer(opened.book, "behaviour", bob, "Dormant", reason="Closed", author="Dana Whitlock")
    page = shown(opened, qtbot, "New")
    assert [one.customer_id for one in page.card.overrides.shown] == [bob]
    assert page.preview.line.text() == "1 match the rule, 1 overridden, 0 in segment"
    page.remove_override(page.card.overrides.shown[0])
    settle(page)
    assert list_overrides(opened.book) == []
    assert page.preview.line.text() == "1 match the rule, 1 in segment"
    page.undo_last()
    settle(page)
    assert [one.reason for one in list_overrides(opened.book)] == ["Closed"]


def test_profile_says_who_buys_what(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "New")
    page.card.tabs.button("profile").click()
    settle(page)
    lines = dict(page.card.profile.lines)
    assert lines["Type"] == "Shop 1 of 1"
    assert lines["Average order"] == "$20"
    assert lines["Usual gap between orders"] == "not enough orders"


def close(page: SegmentsPage, month: str) -> CloseMonthDialog:
    assert page.data is not None
    dialog = CloseMonthDialog(page.session, page.data.closes, lambda _words: None, page)
    dialog.month.setCurrentIndex(dialog.month.findData(month))
    dialog.close_chosen()
    settle(page)
    return dialog


def test_closing_two_months_shows_who_moved(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert page.movement.states.state is not None
    close(page, "2026-09")
    close(page, "2026-10")
    assert opened.book is not None
    assert [one.month.key for one in list_closes(opened.book)] == ["2026-09", "2026-10"]
    matrix = page.movement.matrix.matrix
    names = [row[0].text for row in matrix.cells]
    joined = matrix.cells[names.index("Joined in October")]
    cell = joined[matrix.titles.index("New")]
    assert (cell.text, cell.tone) == ("1", "up")
    assert matrix.cells[-1][-1].text == "2 + 1 = 3"
    opening = [row[-1].text for row in matrix.cells[:-2]]
    assert sum(int(text) for text in opening) == 2
    asked: list[tuple[str, object]] = []
    opened.page_requested.connect(lambda key, context: asked.append((key, context)))
    page.movement.matrix.setCurrentIndex(
        matrix.index(names.index("Joined in October"), matrix.titles.index("New"))
    )
    qtbot.keyClick(page.movement.matrix, Qt.Key.Key_Return)
    assert asked == [("customers", {"customer_ids": [2], "title": "1 customer joined New."})]
    assert "Joined in October\t" in page.movement.matrix.copied()


def test_a_month_left_out_needs_a_reason(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    close(page, "2026-08")
    dialog = close(page, "2026-10")
    assert "Give a reason" in dialog.problem.text()
    assert dialog.isEnabled()
    dialog.reason.setText("September was skipped")
    dialog.close_chosen()
    settle(page)
    assert opened.book is not None
    assert [one.month.key for one in list_closes(opened.book)] == ["2026-08", "2026-10"]


def test_the_last_close_can_be_taken_back(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    close(page, "2026-10")
    assert page.data is not None
    dialog = CloseMonthDialog(opened, page.data.closes, lambda _words: None, page)
    assert dialog.month.count() == 0
    dialog.reopen_last()
    settle(page)
    assert "reason" in dialog.problem.text()
    dialog.reason.setText("An invoice was missing")
    dialog.reopen_last()
    settle(page)
    assert opened.book is not None
    assert list_closes(opened.book) == []


def test_the_list_of_members_is_written_with_reasons(opened: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(opened, qtbot)
    posted: list[QWidget] = []
    opened.message_posted.connect(posted.append)
    page.export_to(tmp_path / "list.csv")
    settle(page)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Customer"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"Ann", "Bob", "Cy"}
    assert (rows["Bob"]["Segment"], rows["Bob"]["Net revenue"], rows["Bob"]["Orders"]) == (
        "New",
        "20.00",
        "1",
    )
    assert "19" in rows["Bob"]["Why"]
    page.export_to(tmp_path / "nowhere" / "list.csv")
    settle(page)
    assert "could not be written" in posted[-1].accessibleName()


def test_dates_and_lists_of_words_can_be_asked(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert page.data is not None
    day = ConditionRow(Condition("last_purchase", Comparison.LESS, ("2026-06-01",)), page.data)
    qtbot.addWidget(day)
    day.choose_comparison(Comparison.BETWEEN)
    assert day.condition.wanted == ("2026-06-01", "2026-06-01")
    words = ConditionRow(Condition("customer.region", Comparison.ONE_OF, ("North",)), page.data)
    qtbot.addWidget(words)
    words.texts[0].setText("North, South")  # type: ignore[attr-defined]
    assert words.condition.wanted == ("North", "South")
