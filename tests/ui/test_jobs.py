import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.progress import Progress
from ui.jobs import JobRunner


def _number(number: int, progress: Progress) -> int:
    return number


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.close()


def test_the_result_arrives_on_the_windows_thread(jobs: JobRunner) -> None:
    seen: list[tuple[int, threading.Thread, threading.Thread]] = []
    where: list[threading.Thread] = []

    def work(progress: Progress) -> int:
        where.append(threading.current_thread())
        return 6 * 7

    jobs.run(work, on_done=lambda n: seen.append((n, where[0], threading.current_thread())), title="Working")
    assert jobs.wait_idle()
    assert seen[0][0] == 42
    assert seen[0][1] is not threading.main_thread()
    assert seen[0][2] is threading.main_thread()


def test_an_error_goes_to_the_one_who_asked_or_to_everybody(jobs: JobRunner, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise UserError("The file is empty.")

    errors: list[Exception] = []
    jobs.run(work, on_done=lambda _: pytest.fail("it failed"), on_error=errors.append, title="Working")
    assert jobs.wait_idle()
    assert [str(error) for error in errors] == ["The file is empty."]
    with qtbot.waitSignal(jobs.failed, timeout=2000) as told:
        jobs.run(work, on_done=lambda _: pytest.fail("it failed"), title="Working")
    assert str(told.args[0]) == "The file is empty."


def test_cancel_ends_the_work_at_its_next_word(jobs: JobRunner) -> None:
    begun, cancelled = threading.Event(), list[int]()

    def work(progress: Progress) -> None:
        begun.set()
        for done in range(1000):
            progress.advance(done, 1000)
            time.sleep(0.005)

    jobs.run(
        work,
        on_done=lambda _: pytest.fail("cancelled"),
        on_cancelled=lambda: cancelled.append(1),
        title="Long",
    )
    assert begun.wait(2)
    jobs.cancel_current()
    assert jobs.wait_idle(2000)
    assert cancelled == [1]


def test_work_that_must_not_stop_ignores_cancel(jobs: JobRunner) -> None:
    begun, done = threading.Event(), list[str]()

    def work(progress: Progress) -> str:
        begun.set()
        time.sleep(0.05)
        progress.step("still going")
        return "written"

    jobs.run(work, on_done=done.append, title="Writing", cancellable=False)
    assert begun.wait(2)
    jobs.cancel_current()
    assert jobs.wait_idle()
    assert done == ["written"]


def test_a_newer_preview_supersedes_the_older_ones(jobs: JobRunner) -> None:
    hold, done = threading.Event(), list[int]()

    def first(progress: Progress) -> int:
        hold.wait(2)
        return 0

    for work in (first, lambda _p: 1, lambda _p: 2, lambda _p: 3):
        jobs.run(work, on_done=done.append, title="Preview", latest_key="preview")
    hold.set()
    assert jobs.wait_idle()
    assert done == [3]


def test_jobs_run_in_the_order_they_were_asked_for(jobs: JobRunner) -> None:
    done: list[int] = []
    for number in range(20):
        jobs.run(partial(_number, number), on_done=done.append, title="Step")
    assert jobs.wait_idle()
    assert done == list(range(20))


def test_progress_is_told_step_by_step(jobs: JobRunner) -> None:
    steps, counts = list[str](), list[tuple[int, int]]()
    jobs.stepped.connect(steps.append)
    jobs.advanced.connect(lambda done, total: counts.append((done, total)))

    def work(progress: Progress) -> None:
        progress.step("reading")
        progress.advance(10, 10)
        progress.step("matching")

    jobs.run(work, on_done=lambda _: None, title="Import")
    assert jobs.wait_idle()
    assert steps == ["reading", "matching"]
    assert counts == [(10, 10)]


def test_closing_stops_the_thread_and_delivers_nothing_more(qapp: QApplication) -> None:
    jobs, begun = JobRunner(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.advance(1)
            time.sleep(0.002)

    jobs.run(work, on_done=lambda _: pytest.fail("closed"), title="Endless")
    assert begun.wait(2)
    jobs.close()
    assert not any(thread.name == "quintile-worker" and thread.is_alive() for thread in threading.enumerate())
    assert jobs.run(lambda _p: 1, on_done=lambda _: pytest.fail("closed"), title="Late").is_cancelled
