"""The Patterns page over a book, with one tab open."""

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from ui.pages.patterns import PatternsPage
from ui.session import Session


def shown_tab(session: Session, qtbot: QtBot, tab: str, path: Path | None = None) -> PatternsPage:
    """Open a book, where one is given, and show a tab of its patterns with everything worked out."""
    if path is not None:
        session.open_book(path)
        assert session.jobs.wait_idle(60_000)
    page = PatternsPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    page.show_tab(tab)
    assert session.jobs.wait_idle(60_000)
    return page


def card_of(page: PatternsPage, tab: str, kind: type[Any]) -> Any:
    """The card of a kind on a tab."""
    return next(card for card in page.tab(tab).cards if isinstance(card, kind))
