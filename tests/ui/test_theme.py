import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, apply_theme, contrast, current_theme, theme_notifier
from ui.theme_icons import icon, icon_pixmap
from ui.theme_qss import build_qss
from ui.theme_tokens import token

UI = Path(__file__).parents[2] / "ui"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_measured_pair_of_the_tokens_reaches_its_contrast(mode: str) -> None:
    theme = Theme(mode)  # type: ignore[arg-type]
    for pair in token(f"contrast.{mode}"):
        assert contrast(theme.color(pair["fg"]), theme.color(pair["bg"])) >= pair["need"], pair


def test_black_on_white_has_the_contrast_of_the_standard() -> None:
    assert contrast(QColor(0, 0, 0), QColor(255, 255, 255)) == pytest.approx(21.0)


def test_no_colour_is_written_outside_the_token_file() -> None:
    written = [
        f"{path.name}: {line.strip()}"
        for path in [*UI.rglob("*.py"), *(UI.parent / "resources").glob("*.qss")]
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?![\w ])", line) and "url(" not in line
    ]
    assert written == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_style_sheet_has_no_name_left_unresolved(qapp: QApplication, mode: str) -> None:
    sheet = build_qss(Theme(mode))  # type: ignore[arg-type]
    assert "$" not in sheet
    assert "url(@" not in sheet


def test_changing_the_theme_tells_the_painted_parts(light: QApplication) -> None:
    told: list[Theme] = []
    theme_notifier().changed.connect(told.append)
    apply_theme(light, "dark")
    theme_notifier().changed.disconnect(told.append)
    assert [theme.mode for theme in told] == ["dark"]
    assert current_theme().mode == "dark"
    assert light.palette().window().color() == current_theme().color("bg.window")


def test_digits_are_equally_wide_in_the_programs_own_font(light: QApplication) -> None:
    font = current_theme().font("body")
    metrics = QFontMetricsF(font)
    assert QFontInfo(font).family() == "Inter Tabular"
    assert metrics.horizontalAdvance("111,111") == metrics.horizontalAdvance("888,888")


def test_segments_after_the_eighth_repeat_the_colour_with_a_hollow_shape() -> None:
    theme = Theme("light")
    assert theme.segment_color(8) == theme.segment_color(0)
    assert not theme.segment_symbol(0).hollow
    assert theme.segment_symbol(8).hollow
    assert theme.segment_symbol(4).hollow  # Occasional is a ring from the start


def test_text_on_a_colour_is_the_more_readable_one() -> None:
    theme = Theme("light")
    assert theme.text_on(QColor(255, 255, 255)).lightness() < 64
    assert theme.text_on(QColor(10, 40, 90)).lightness() > 192


def test_an_icon_has_the_colour_that_was_asked_for(light: QApplication) -> None:
    image = icon_pixmap("squares-four", color_token="negative.fill", size=32).toImage()
    wanted = current_theme().color("negative.fill").rgb()
    opaque = {
        image.pixelColor(x, y).rgb()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert opaque == {wanted}
    assert not icon("users").isNull()
