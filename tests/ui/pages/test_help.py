import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.analysis.metric_shelf import all_metrics
from resources import resource_path
from ui.page_spec import find_page
from ui.pages.help import DEFINITIONS, TOPICS, HelpPage, topic_text, topic_title
from ui.session import Session
from ui.theme import apply_theme, current_theme

LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> HelpPage:
    made = HelpPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def listed(page: HelpPage) -> list[str]:
    items = [page.topics.item(row) for row in range(page.topics.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_every_page_of_the_help_folder_is_a_topic() -> None:
    files = {file.stem for file in resource_path("help").glob("*.md")}
    assert files == set(TOPICS) - {DEFINITIONS}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_begins_with_its_title(topic: str) -> None:
    assert topic_text(topic).startswith(f"# {topic_title(topic)}\n")


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic != DEFINITIONS])
def test_a_help_page_is_short(topic: str) -> None:
    assert len(topic_text(topic).splitlines()) <= 80


@pytest.mark.parametrize("topic", TOPICS)
def test_links_of_the_help_lead_to_topics(topic: str) -> None:
    assert {link.removesuffix(".md") for link in LINK.findall(topic_text(topic))} <= set(TOPICS)


def test_help_is_behind_f1_at_the_foot_of_the_rail() -> None:
    spec = find_page("help")
    assert (spec.title, spec.group, spec.shortcut) == ("Help & definitions", "foot", "F1")


def test_the_first_topic_shows_at_first(page: HelpPage) -> None:
    assert page.topic == "getting-started"
    assert page.text.toPlainText().startswith("Getting started")


def test_the_definitions_name_every_figure_with_its_key(page: HelpPage) -> None:
    page.choose(DEFINITIONS)
    words = page.text.toPlainText()
    for metric in all_metrics():
        assert metric.label in words
        assert metric.definition in words
        assert metric.key in words


def test_tables_and_emphasis_are_not_shown_as_marks(page: HelpPage) -> None:
    for topic in TOPICS:
        page.choose(topic)
        words = page.text.toPlainText()
        assert "**" not in words
        assert "|--" not in words
        assert "](" not in words


def test_a_link_opens_its_topic(page: HelpPage) -> None:
    page.text.anchorClicked.emit(QUrl("tie-out.md"))
    assert page.topic == "tie-out"
    assert page.text.toPlainText().startswith("Agreement with the ledger")


def test_a_link_that_leads_elsewhere_changes_nothing(page: HelpPage) -> None:
    page.text.anchorClicked.emit(QUrl("https://example.com/"))
    assert page.topic == "getting-started"


def test_a_page_can_ask_for_a_topic(page: HelpPage) -> None:
    page.open_with({"topic": "closing"})
    assert page.topic == "closing"


def test_searching_leaves_the_topics_that_hold_the_words(page: HelpPage) -> None:
    page.search_for("whale curve")
    assert "Profit and cost to serve" in listed(page)
    assert "Keyboard" not in listed(page)
    assert page.topic == "profit"
    assert page.text.textCursor().selectedText().casefold() == "whale curve"
    page.search_for("")
    assert len(listed(page)) == len(TOPICS)


def test_searching_for_what_is_not_there_says_so(page: HelpPage) -> None:
    page.search_for("zebra")
    assert listed(page) == []
    assert page.header.sentence == "Nothing in the help says “zebra”."


def test_typing_into_the_search_field_searches(page: HelpPage, qtbot: QtBot) -> None:
    page.focus_filter()
    with qtbot.waitSignal(page.search.searched):
        page.search.setText("byte for byte")
    assert listed(page) == ["The client's report"]


def test_links_have_the_colour_of_the_appearance(page: HelpPage) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    light = current_theme().hex("text.link").lower()
    assert light in page.text.toHtml().lower()
    apply_theme(app, "dark")
    dark = current_theme().hex("text.link").lower()
    assert dark != light
    assert dark in page.text.toHtml().lower()
    assert page.topic == "getting-started"
