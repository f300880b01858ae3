import numpy as np
import pytest

from core.analysis.patterns.fitting import Optimum, edge_words, maximise
from core.analysis.patterns.repeat_purchases import Floats
from core.progress import Cancelled

ONE, TWO = (1.0,), (1.0, 1.0)


def test_the_top_of_a_parabola_and_how_sharply_it_bends() -> None:
    # -50 (ln v - ln 3)^2: the top is at 3, the second derivative by ln v is -100, so the error is 3 / 10.
    def parabola(logs: Floats) -> tuple[float, Floats]:
        away = logs - np.log(3.0)
        return float(-50 * (away**2).sum()), -100 * away

    found = maximise(parabola, [ONE, (0.01,), (50.0,)], ONE)
    assert found.values == pytest.approx([3.0], rel=1e-9)
    assert found.standard_errors == pytest.approx([0.3], rel=1e-6)
    assert found.converged


def test_the_highest_of_two_tops_is_taken_whichever_start_comes_first() -> None:
    def two_tops(logs: Floats) -> tuple[float, Floats]:
        low, high = np.exp(-((logs[0] + 2) ** 2)), 2 * np.exp(-((logs[0] - 2) ** 2))
        return float(low + high), np.array([-2 * (logs[0] + 2) * low - 2 * (logs[0] - 2) * high])

    for starts in ([(0.1,), (9.0,)], [(9.0,), (0.1,)]):
        assert maximise(two_tops, starts, ONE).values == pytest.approx([np.exp(2)], rel=1e-5)


def test_what_rises_without_end_has_no_standard_errors() -> None:
    def slope(logs: Floats) -> tuple[float, Floats]:
        return float(100 * logs[0] - 500), np.array([100.0])

    found = maximise(slope, [ONE], ONE)
    assert (found.standard_errors, found.converged) == (None, False)
    assert "Several sets of parameters" in edge_words(found, ("a",), scale=ONE, words={})[-1]


def test_a_flat_direction_has_no_standard_errors() -> None:
    def ridge(logs: Floats) -> tuple[float, Floats]:
        away = logs.sum() - 1
        return float(-(away**2) - 1), np.full(2, -2 * away)

    found = maximise(ridge, [TWO], TWO)
    assert (found.standard_errors, found.converged) == (None, False)


def test_a_parameter_that_is_not_pinned_down_is_named() -> None:
    found = Optimum(np.array([2.4, 0.5]), np.array([3.1, 0.1]), -10.0, converged=True)
    assert edge_words(found, ("b", "r"), scale=TWO, words={}) == (
        "The data hardly pins the model down: b is 2.4, give or take 3.1.",
    )


@pytest.mark.parametrize(("value", "said"), [(0.019, ("small",)), (0.021, ()), (49.0, ()), (51.0, ("huge",))])
def test_a_parameter_next_to_nothing_or_huge_is_said(value: float, said: tuple[str, ...]) -> None:
    found = Optimum(np.array([value]), np.array([value / 10]), -10.0, converged=True)
    assert edge_words(found, ("a",), scale=ONE, words={"a": ("small", "huge")}) == said


def test_money_is_written_as_money_where_the_data_hardly_pins_it_down() -> None:
    found = Optimum(np.array([2.4, 35443.0]), np.array([3.1, 141198.0]), -10.0, converged=True)
    said = edge_words(
        found,
        ("p", "v"),
        scale=(1.0, 35443.0),
        words={},
        written={"v": lambda minor: f"{minor / 100:,.2f} USD"},
    )
    pinned = "p is 2.4, give or take 3.1, v is 354.43 USD, give or take 1,411.98 USD"
    assert said == (f"The data hardly pins the model down: {pinned}.",)


class Impatient:
    """Asks to stop once so many questions were answered."""

    def __init__(self, after: int) -> None:
        self.after, self.asked = after, 0

    def step(self, message: str) -> None:
        raise AssertionError(message)

    def advance(self, done: int, total: int | None = None) -> None:
        self.asked += 1
        if self.asked > self.after:
            raise Cancelled


@pytest.mark.parametrize("after", [0, 1, 7])
def test_a_climb_stops_at_the_question_after_it_is_told_to(after: int) -> None:
    answered: list[Floats] = []

    def parabola(logs: Floats) -> tuple[float, Floats]:
        answered.append(logs)
        away = logs - np.log(3.0)
        return float(-50 * (away**2).sum()), -100 * away

    with pytest.raises(Cancelled):
        maximise(parabola, [ONE, (0.01,)], ONE, rough=parabola, progress=Impatient(after))
    assert len(answered) == after
