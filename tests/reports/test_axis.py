from hypothesis import given
from hypothesis import strategies as st

from reports.axis import thinned, ticks


def test_round_values_enclose_the_figures_and_zero() -> None:
    assert ticks(0, 139_100) == [0, 50_000, 100_000, 150_000]
    assert ticks(-30, 60) == [-50.0, 0.0, 50.0, 100.0]
    assert ticks(0, 0) == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert ticks(0, 0, whole=True) == [0, 1]
    assert ticks(0, 3, whole=True) == [0, 1, 2, 3]


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12), st.booleans())
def test_an_axis_holds_every_value_on_at_most_five_lines(one: float, other: float, whole: bool) -> None:
    found = ticks(min(one, other), max(one, other), whole=whole)
    slack = max(1e-6, 1e-6 * max(abs(one), abs(other)))
    assert 2 <= len(found) <= 5
    assert found[0] <= min(one, other, 0) + slack
    assert found[-1] >= max(one, other, 0) - slack
    assert any(value == 0 for value in found)


def test_a_short_line_keeps_all_its_points() -> None:
    assert thinned([1, 2, 3]) == [0, 1, 2]


def test_a_long_line_keeps_its_ends_and_what_must_stay() -> None:
    places = thinned(range(20_000), most=300, keep=[7_777, 90_000])
    assert len(places) <= 301
    assert places[0] == 0
    assert places[-1] == 19_999
    assert 7_777 in places
