from threading import Event

from pytestqt.qtbot import QtBot

from core.progress import Progress
from ui.jobs import JobRunner
from ui.widgets.job_card import JobCard


def test_a_long_job_shows_what_it_does_and_goes_when_it_is_done(qtbot: QtBot) -> None:
    jobs, go_on = JobRunner(), Event()
    card = JobCard(jobs)
    qtbot.addWidget(card)

    def work(progress: Progress) -> None:
        progress.step("Counting")
        progress.advance(1, 4)
        go_on.wait(30)

    jobs.run(work, on_done=lambda _nothing: None, title="Making a book", cancellable=False)
    qtbot.waitUntil(card.isVisible, timeout=10_000)
    assert (card.title.text(), card.step.text()) == ("Making a book", "Counting")
    assert (card.bar.value(), card.bar.maximum()) == (1, 4)
    assert card.cancel.isHidden()
    go_on.set()
    assert jobs.wait_idle(30_000)
    assert card.isHidden()
    jobs.close()
