import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.pdf_bidi import in_reading_order
from reports.pdf_fonts import Typefaces
from reports.pdf_words import ELLIPSIS, Face, lines_of, plain_text, shorten, width_of
from tests.reports.builder_blocks import ARABIC, HEBREW, LONG_WORD

FACES = Typefaces()
BODY = Face(9.4, "#000000")
texts = st.text(st.sampled_from("abc WMił.,-ш漢 \n"), max_size=200)


@given(texts, st.floats(30, 300))
def test_no_line_is_wider_than_its_place_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = lines_of(text, width, BODY, FACES)
    assert all(width_of(line, BODY, FACES) <= width + 0.01 for line in lines)
    printed = "".join(run for line in lines for run, _ in line)
    assert printed.replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(texts, st.floats(30, 200), st.integers(1, 4))
def test_too_many_lines_end_in_an_ellipsis(text: str, width: float, most: int) -> None:
    whole = lines_of(text, width, BODY, FACES)
    cut = lines_of(text, width, BODY, FACES, most=most)
    assert len(cut) <= most
    assert all(width_of(line, BODY, FACES) <= width + 0.01 for line in cut)
    if len(whole) > most:
        assert cut[-1][-1][0].endswith(ELLIPSIS)


@given(texts, st.floats(20, 200))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    line = text.replace("\n", " ")
    short = shorten(line, width, "semibold", 9, FACES)
    assert FACES.width(short, "semibold", 9) <= width
    assert short == line or short.endswith(ELLIPSIS)


def test_text_between_asterisks_is_bold_and_a_lone_pair_stays() -> None:
    (line,) = lines_of("**At risk**: 19 customers", 300, BODY, FACES)
    assert line == (("At risk", True), (": 19 customers", False))
    assert plain_text("2 ** 3") == "2 ** 3"


def test_a_word_wider_than_the_line_is_cut_between_letters() -> None:
    lines = lines_of(LONG_WORD, 100, BODY, FACES)
    assert len(lines) > 1
    assert "".join(run for line in lines for run, _ in line) == LONG_WORD


def test_markup_is_only_text() -> None:
    (line,) = lines_of("Smith & Sons <b>Holdings</b> Ltd", 400, BODY, FACES)
    assert line == (("Smith & Sons <b>Holdings</b> Ltd", False),)


def test_digits_are_equally_wide() -> None:
    assert FACES.width("111,111", "regular", 10) == pytest.approx(FACES.width("888,888", "regular", 10))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Tern Café", "Tern Café"),
        (HEBREW, HEBREW[::-1]),
        ("קפה 24 (תל)", "(לת) 24 הפק"),
        ("Café קפה", "Café הפק"),
    ],
)
def test_hebrew_is_printed_from_right_to_left(text: str, printed: str) -> None:
    assert in_reading_order(text) == printed


def test_arabic_letters_take_their_joined_forms() -> None:
    # seen, lam, alef, meem as in the Unicode charts of Arabic presentation forms B
    assert in_reading_order("سلام") == "\ufee1\ufe8e\ufee0\ufeb3"
    assert len(in_reading_order(ARABIC)) == len(ARABIC)


def test_a_letter_that_no_font_has_is_replaced_and_told() -> None:
    faces = Typefaces()
    assert faces.runs("a\U00012000b", "regular") == [(faces.name("regular"), "a?b")]
    assert faces.warnings() == (
        "No font on this computer has the letter U+12000 (cuneiform sign a); it prints as '?'.",
    )


def test_invisible_marks_print_nothing() -> None:
    faces = Typefaces()
    assert faces.runs("a\U000e0001b", "regular") == [(faces.name("regular"), "ab")]
    assert faces.warnings() == ()
