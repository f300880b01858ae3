"""The whole job through the window: import, tie out, a rule, a customer moved by hand, two closes, the pack."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.money import plain
from core.usecases.cost_pools import save_pools
from core.usecases.segments import find_scheme
from reports.numbers import Numbers
from ui.cli import run
from ui.demo import CLIENT, MAIN_SCHEME, POOLS, DemoResult, sample_files
from ui.dialogs.close_month import CloseMonthDialog
from ui.dialogs.move_customer import MoveCustomerDialog
from ui.main_window import MainWindow
from ui.page_spec import find_page, find_pages
from ui.pages.customer_drawer import CustomerDrawer
from ui.pages.customers import CustomersPage
from ui.pages.imports import ImportsPage
from ui.pages.imports_foot import RESULT
from ui.pages.overview_segments import SegmentsTable
from ui.pages.reports import ReportsPage
from ui.pages.reports_export import files_of
from ui.pages.segments import SegmentsPage
from ui.session import Session
from ui.theme import apply_theme

pytestmark = pytest.mark.xdist_group("demo")


class Walker:
    """A bookkeeper at the window."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        self.window, self.session = window, session

    def settle(self) -> None:
        for _ in range(20):
            assert self.session.jobs.wait_idle(120_000)
            QApplication.processEvents()
            if not self.session.jobs.is_busy:
                return

    def page(self, key: str, kind: type[Any]) -> Any:
        self.session.open_page(key)
        self.settle()
        return next(one for one in self.window.findChildren(kind) if one.isVisible())

    def close_month(self, key: str) -> None:
        page = self.page("segments", SegmentsPage)
        page.ask_close()
        dialog = next(one for one in page.findChildren(CloseMonthDialog) if one.isVisible())
        dialog.month.setCurrentIndex(dialog.month.findData(key))
        dialog.author.setText("Dana Whitlock")
        dialog.reason.setText("The books are complete")
        dialog.close_chosen()
        self.settle()


@pytest.fixture
def walker(qtbot: QtBot, tmp_path: Path) -> Iterator[Walker]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    session = Session()
    failures: list[Exception] = []
    session.jobs.failed.connect(failures.append)
    window = MainWindow(session, find_page("welcome"))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.set_pages(find_pages())
    session.create_book(tmp_path / "walk.quintile", client=CLIENT, currency="USD")
    walker = Walker(window, session)
    walker.settle()
    yield walker
    session.close()
    assert failures == []


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run(list(arguments)) in (0, 1)
    return json.loads(capsys.readouterr().out)


def test_the_whole_job_through_the_window_gives_the_demos_figures(
    walker: Walker, demo: DemoResult, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = walker.session
    imports = walker.page("imports", ImportsPage)
    imports.start(sample_files())
    walker.settle()
    for _ in range(60):
        if imports.wizard.step == RESULT:
            break
        imports.go_on()
        walker.settle()
    assert len(imports.wizard.result.outcomes) == 5

    session.run(
        lambda book, _progress: save_pools(book, POOLS),
        lambda _none: None,
        title="Cost pools",
        changes_book=True,
    )
    walker.settle()
    walker.close_month("2026-09")
    move_juniper(walker)
    walker.close_month("2026-10")

    assert session.figures is not None
    net = session.figures.ladder.customers.net_revenue
    assert net == demo.figures.ladder.customers.net_revenue
    contribution = session.figures.ladder.customers.contribution
    assert contribution == demo.figures.ladder.customers.contribution
    shown = all_texts(walker, "overview")
    assert Numbers("USD", 2).money(net) in shown
    assert contribution is not None
    assert Numbers("USD", 2).money(contribution) in shown

    book = str(session.book_path)
    mine = command(capsys, "segments", book, "--json")["segments"]
    theirs = command(capsys, "segments", str(demo.book), "--json")["segments"]
    assert mine == theirs
    assert segments_shown(walker) == {
        one["name"]: (one["net_revenue"], one["contribution"]) for one in theirs
    }
    assert command(capsys, "tie-out", book, "--json")["tied"] is True

    reports = walker.page("reports", ReportsPage)
    reports.export_as("both")
    assert reports.export.dialog is not None
    reports.export.dialog.reject()
    reports.export.export_to(files_of(tmp_path / "october.pdf", "both"))
    walker.settle()
    assert (tmp_path / "october.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "october.xlsx").stat().st_size > 10_000

    edit_a_rule(walker)


def move_juniper(walker: Walker) -> None:
    customers = walker.page("customers", CustomersPage)
    figures = walker.session.figures
    assert figures is not None
    row = figures.facts.customers["name"].tolist().index("Juniper Bakery")
    customers.show_customer(row)
    walker.settle()
    drawer = next(one for one in walker.window.findChildren(CustomerDrawer) if one.isVisible())
    drawer.ask_to_move()
    dialog = next(one for one in walker.window.findChildren(MoveCustomerDialog) if one.isVisible())
    dialog.target.setCurrentText("Loyal core")
    dialog.reason.setPlainText("Closed for refit until 1 December, owner confirmed")
    dialog.accept()
    walker.settle()


def edit_a_rule(walker: Walker) -> None:
    """A rule that is changed and saved moves customers, and the scheme has its next version."""
    page = walker.page("segments", SegmentsPage)
    book = walker.session.book
    assert book is not None
    before = find_scheme(book, MAIN_SCHEME).version
    page.choose("Dormant")
    walker.settle()
    page.card.editor.rows[0].numbers[0].setValue(60)
    walker.settle()
    page.save()
    walker.settle()
    assert find_scheme(book, MAIN_SCHEME).version == before + 1


def all_texts(walker: Walker, key: str) -> str:
    walker.session.open_page(key)
    walker.settle()
    return " ".join(label.text() for label in walker.window.findChildren(QLabel) if label.isVisible())


def segments_shown(walker: Walker) -> dict[str, tuple[str, str]]:
    """Net revenue and contribution of each segment as the table of the Overview holds them."""
    walker.session.open_page("overview")
    walker.settle()
    (table,) = (one for one in walker.window.findChildren(SegmentsTable) if one.isVisible())
    model = table.table.table_model
    rows = range(model.total_count)
    return {
        model.value(row, "segment")[1]: (
            plain(int(model.value(row, "revenue")), 2),
            plain(int(model.value(row, "contribution")), 2),
        )
        for row in rows
    }
