import pytest

from reports.content import Chart, ChartKind, Series
from reports.style import WHITE, contrast, mix, palette_of, rgb, size, style_of, symbol_of, tokens

FIRM = str(tokens()["report"]["accent_default"])


def test_black_on_white_has_the_contrast_that_wcag_states() -> None:
    assert contrast(mix(WHITE, 0.0, "#000000"), WHITE) == pytest.approx(21.0)


def test_contrasts_agree_with_those_measured_for_the_tokens() -> None:
    light = tokens()["light"]
    stated = {
        entry["fg"]: entry["ratio"] for entry in tokens()["contrast"]["light"] if entry["bg"] == "bg.surface"
    }
    for name, colour in light["segment"].items():
        assert contrast(colour, light["bg"]["surface"]) == pytest.approx(stated[f"segment.{name}"], abs=0.01)


def test_an_accent_that_cannot_be_read_gives_way_to_the_default() -> None:
    assert style_of("#FFEE00").accent == FIRM
    assert style_of("teal").accent == FIRM
    assert style_of("#0b6b5f").accent == "#0B6B5F"


def test_the_heat_scale_follows_the_accent() -> None:
    assert style_of(FIRM).heat == tuple(tokens()["report"]["sequential"])
    heat = style_of("#0B6B5F").heat
    assert heat[-1] == "#0B6B5F"
    assert [contrast(colour, WHITE) for colour in heat] == sorted(contrast(colour, WHITE) for colour in heat)


def test_text_on_a_segment_takes_the_better_contrast() -> None:
    style = style_of(FIRM)
    assert style.on(style.segment(0)) == WHITE
    assert style.on(style.segment(2)) == style.text


def test_a_ninth_segment_starts_again_with_a_hollow_symbol() -> None:
    style = style_of(FIRM)
    assert symbol_of(1) == ("square", False)
    assert symbol_of(9) == ("square", True)
    assert style.segment(9) == style.segment(1)


def test_a_series_without_a_segment_takes_its_turn() -> None:
    chart = Chart(ChartKind.SHARES, "", ("All",), (Series("a", (1,)), Series("b", (1,), segment=6)))
    assert [palette_of(chart, 0), palette_of(chart, 1)] == [0, 6]


def test_a_colour_is_six_digits() -> None:
    assert rgb("#FF0080") == pytest.approx((1.0, 0.0, 0.50196), abs=1e-4)
    with pytest.raises(ValueError, match="not a colour"):
        rgb("red")


def test_type_sizes_come_from_the_tokens() -> None:
    assert size("kpi") == 16.5
    assert style_of(FIRM).grid == tokens()["report"]["chart"]["grid"]
