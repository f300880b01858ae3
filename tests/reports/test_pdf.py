"""The report on paper, read back from its pages."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from core.unit import Unit
from reports.content import (
    Branding,
    Chart,
    ChartKind,
    Column,
    Definition,
    Definitions,
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    Series,
    Table,
    TableRow,
)
from reports.pdf import PdfResult, render_pdf
from reports.pdf_setting import PAPERS
from tests.reports.builder_blocks import (
    CYRILLIC,
    GREEK,
    LONG_WORD,
    MARKUP_NAME,
    POLISH,
    customer_table,
    month_chart,
    whale_chart,
)
from tests.reports.builders import report


@cache
def rendered(paper: str = "A4") -> PdfResult:
    return render_pdf(report(paper=paper))


def pages_of(result: PdfResult) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(result.data)).pages]


def only(*blocks: object, **changes: object) -> Report:
    """A report with one section of these blocks."""
    section = Section("only", "Only section", (Heading("Only section"), *blocks))  # type: ignore[arg-type]
    return report(sections=(section,), **changes)


def text_boxes(data: bytes) -> Iterator[tuple[int, list[tuple[float, float, float, float]]]]:
    """Of each page the boxes (left, bottom, right, top) of its lines of text."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            yield number, [words.get_rect(at) for at in range(words.count_rects())]
    finally:
        document.close()


def overlapping(boxes: list[tuple[float, float, float, float]]) -> list[object]:
    """Pairs of lines that print over one another by more than a hair."""
    found: list[object] = []
    for at, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            wide = min(right, other[2]) - max(left, other[0])
            high = min(top, other[3]) - max(bottom, other[1])
            if wide > 0.8 and high > 0.8:
                found.append(((left, bottom, right, top), other))
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_no_text_prints_over_another_or_off_the_page(paper: str) -> None:
    width, height = PAPERS[paper]
    for number, boxes in text_boxes(rendered(paper).data):
        assert overlapping(boxes) == [], f"page {number + 1}"
        assert all(b[0] >= 41 and b[2] <= width - 41 and b[1] >= 20 and b[3] <= height - 20 for b in boxes)


def test_two_runs_give_the_same_bytes() -> None:
    assert render_pdf(report()).data == rendered().data


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_has_the_size_of_the_paper(paper: str) -> None:
    boxes = {
        tuple(round(float(edge), 1) for edge in page.mediabox[2:])
        for page in PdfReader(BytesIO(rendered(paper).data)).pages
    }
    assert boxes == {tuple(round(edge, 1) for edge in PAPERS[paper])}


def test_key_figures_stand_on_the_page_as_written() -> None:
    summary = pages_of(rendered())[1]
    for figure in ("$1,284,618", "$256,420", "▲ 11.1%", "▼ 0.3 pts", "81.6%", "from $1,156,744"):
        assert figure in summary


def test_each_content_page_says_who_what_and_n_of_m() -> None:
    pages = pages_of(rendered())
    assert rendered().pages == len(pages)
    for number, text in enumerate(pages[1:], 2):
        assert f"{number} of {len(pages)}" in text
        assert "Alder & Finch Coffee Roasters" in text
        assert "Larkspur Bookkeeping" in text


def test_the_footer_names_the_page_of_the_proof() -> None:
    page = rendered().section_pages["tie_out"]
    pages = pages_of(rendered())
    assert all(f"agree with the general ledger, see page {page}." in text for text in pages[1:])
    assert "Agreement with the general ledger" in pages[page - 1]


def test_contents_and_bookmarks_lead_to_the_sections() -> None:
    reader = PdfReader(BytesIO(rendered().data))
    cover = reader.pages[0].extract_text()
    marks = [entry for entry in reader.outline if isinstance(entry, Destination)]
    found = {str(entry.title): (reader.get_destination_page_number(entry) or 0) + 1 for entry in marks}
    expected = {section.title: rendered().section_pages[section.key] for section in report().sections}
    assert found == {"Cover": 1, **expected}
    assert all(title in cover and str(page) in cover for title, page in expected.items())
    assert len(reader.pages[0]["/Annots"]) == len(expected)  # type: ignore[arg-type]


def test_title_author_and_language_are_in_the_file() -> None:
    reader = PdfReader(BytesIO(rendered().data))
    assert reader.metadata is not None
    assert reader.metadata.title == "Customer segment report, October 2026: Alder & Finch Coffee Roasters"
    assert reader.metadata.author == "Larkspur Bookkeeping, Certified bookkeepers, 14 Mill Row, Portbury"
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]


def test_every_font_is_embedded() -> None:
    for page in PdfReader(BytesIO(rendered().data)).pages:
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        assert fonts
        for font in fonts.values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_names_in_other_scripts_print() -> None:
    text = "\n".join(pages_of(rendered()))
    for name in (MARKUP_NAME, "=1+1", POLISH, GREEK, CYRILLIC):
        assert name in text
    assert LONG_WORD in text.replace("\n", "")


def test_a_long_table_repeats_its_head_and_loses_no_row() -> None:
    first = rendered().section_pages["customer_list"]
    pages = pages_of(rendered())[first - 1 :]
    assert len(pages) > 5
    text = "\n".join(pages)
    assert all(f"Customer {number:05d}" in text for number in range(9, 300))
    assert all("Usual gap" in page for page in pages)
    assert "Sorted by revenue." in pages[-1]
    assert "All customers" in pages[-1]


def test_a_draft_says_so_on_every_page() -> None:
    assert all("Draft" in page for page in pages_of(render_pdf(report(draft=True))))
    assert not any("Draft" in page for page in pages_of(rendered()))


def test_a_reference_to_a_page_is_filled_in_within_the_text() -> None:
    blocks = (Paragraph("Details on page {page:only}, proof on page {page:nowhere}."),)
    result = render_pdf(only(*blocks, tie_out_line="Not tied: no ledger imported."))
    assert "Details on page 2, proof on page –." in pages_of(result)[1]
    assert result.warnings == ("The text refers to the page of 'nowhere', which is not in this report.",)


def test_negative_money_stands_in_parentheses_and_a_loss_is_coloured() -> None:
    result = rendered()
    page = pages_of(result)[result.section_pages["segments"] - 1]
    assert "($22,116)" in page
    assert "(13.4%)" in page


def test_a_report_without_sections_is_a_cover() -> None:
    result = render_pdf(report(sections=(), tie_out_line=""))
    assert (result.pages, result.section_pages) == (1, {})
    assert "Customer segment report" in pages_of(result)[0]


def test_a_comment_longer_than_a_page_goes_on() -> None:
    result = render_pdf(only(Paragraph(" ".join(f"word{number}" for number in range(2_500)))))
    text = " ".join("\n".join(pages_of(result)).split())
    assert result.pages > 3
    assert all(f"word{number}" in text for number in range(2_500))


def test_wide_tables_shrink_and_keep_every_figure() -> None:
    columns = (Column("Customer"), *(Column(f"Month {at}", Unit.MONEY, cents=True) for at in range(14)))
    row = TableRow(("Juniper Coffee Bar", *(-123_456_789 - at for at in range(14))))
    result = render_pdf(only(Table(columns, (row, row))))
    text = pages_of(result)[1]
    assert all(f"1,234,567.{89 + at:02d}" in text for at in range(10))
    assert [overlapping(boxes) for _, boxes in text_boxes(result.data)] == [[], []]


def test_group_subtotal_and_muted_rows_have_their_place() -> None:
    table = Table(
        (Column("Account"), Column("Amount", Unit.MONEY, cents=True)),
        (
            TableRow(("Income, all accounts of the ledger that belong to sales",), kind="group"),
            TableRow(("Coffee", 100)),
            TableRow(("Sum", 100), kind="subtotal"),
            TableRow(("12 others", None), kind="muted"),
        ),
    )
    text = pages_of(render_pdf(only(table)))[1]
    assert "Income, all accounts of the ledger that belong to sales" in text
    assert text.count("$1.00") == 2


def test_a_logo_that_is_no_picture_is_left_out() -> None:
    branding = Branding(
        "Firm", "Client", "#23395B", firm_logo=b"not a picture", client_logo=b"\x89PNG broken"
    )
    assert render_pdf(report(branding=branding)).pages == rendered().pages


def test_logos_are_on_the_cover() -> None:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(out, "PNG")
    branding = replace(report().branding, firm_logo=out.getvalue(), client_logo=out.getvalue())
    assert len(PdfReader(BytesIO(render_pdf(report(branding=branding)).data)).pages[0].images) >= 1


def test_facts_and_tiles_of_any_length_stay_inside() -> None:
    long = "a very long remark that goes on and on about the figure above it " * 3
    blocks = (
        KeyFigures(
            tuple(KeyFigure(long, 10**15, Unit.MONEY, change=0.1, note=long) for _ in range(8)), columns=4
        ),
        Facts(tuple((long, long + LONG_WORD) for _ in range(6)), title=long),
    )
    result = render_pdf(only(*blocks))
    assert [overlapping(boxes) for _, boxes in text_boxes(result.data)] == [[], []]


CURVES = {
    "one customer": (5_000,),
    "all alike": tuple(1_000 * at for at in range(1, 60)),
    "all losses": tuple(-1_000 * at for at in range(1, 60)),
    "nothing": (0,) * 30,
    "with gaps": (100_000, None, 150_000, None),
    "20,000 customers": tuple(round(10_000_000 * (1 - 0.999**at)) for at in range(20_000)),
}


@pytest.mark.parametrize("values", CURVES.values(), ids=list(CURVES))
@pytest.mark.parametrize("kind", ChartKind)
def test_every_chart_takes_any_figures(values: tuple[int | None, ...], kind: ChartKind) -> None:
    names = tuple(f"Customer number {at}" for at in range(len(values)))
    chart = Chart(kind, "A chart", names, (Series("One", values), Series("Two", values)), totals=(0,))
    result = render_pdf(only(chart))
    assert [overlapping(boxes) for _, boxes in text_boxes(result.data)] == [[], []]
    if kind is ChartKind.WHALE_CURVE:
        assert len(result.data) < 60_000  # a long curve is thinned


@pytest.mark.parametrize(
    "chart", [month_chart(categories=(), series=()), whale_chart(series=(Series("a", (None,)),))]
)
def test_a_chart_of_nothing_says_so(chart: Chart) -> None:
    assert "Nothing to show." in pages_of(render_pdf(only(chart)))[1]


def test_an_empty_table_keeps_its_head() -> None:
    assert "Usual gap" in pages_of(render_pdf(only(customer_table(0))))[1]


def test_the_check_for_overprinting_sees_it() -> None:
    line, above, beside = (10.0, 10.0, 60.0, 18.0), (12.0, 14.0, 50.0, 22.0), (62.0, 10.0, 90.0, 18.0)
    assert overlapping([line, above, beside]) == [(line, above)]


def test_a_short_list_of_definitions_stays_on_one_page() -> None:
    words = Definitions(
        tuple(Definition(f"Word {at}", "Meaning.") for at in range(8)), title="What the names mean"
    )
    text = " ".join(f"word{number}" for number in range(565))
    pages = pages_of(render_pdf(only(Paragraph(text), words)))
    holding = [number for number, page in enumerate(pages) if any(f"Word {at}" in page for at in range(8))]
    assert len(holding) == 1
    assert all(f"Word {at}" in pages[holding[0]] for at in range(8))
    assert "What the names mean" in pages[holding[0]]


def test_a_whale_curve_without_labels_finds_its_own() -> None:
    # Ten customers: eight earn 100.00 each, two lose 150.00 each; the peak is 800.00 at the eighth, 500.00 remain.
    values = tuple([10_000 * at for at in range(1, 9)] + [65_000, 50_000])
    text = pages_of(render_pdf(only(whale_chart(series=(Series("Sum", values),), categories=("",) * 10))))[1]
    for label in (
        "Total $500",
        "Top 20% (2 customers)",
        "earn 40% of the total",
        "Peak $800",
        "160% of total, at customer 8",
    ):
        assert label in text


def test_a_waterfall_states_shares_of_list_price_and_below_it_of_revenue() -> None:
    result = rendered()
    page = pages_of(result)[result.section_pages["profitability"] - 1]
    # 149,818 of 1,434,436 at list price is 10.44 %, 761,159 of revenue of 1,284,618 is 59.25 %
    for figure in ("($149,818)", "(10.4%)", "($761,159)", "(59.3%)", "100.0%"):
        assert figure in page


def test_a_note_under_a_key_figure_is_never_cut_off_but_broken() -> None:
    figures = tuple(
        KeyFigure(name, None, Unit.MONEY, note="Costs are not known for more than 99% of sales")
        for name in ("Gross profit", "Net contribution", "Cost to serve")
    )
    result = render_pdf(
        only(KeyFigures((*figures, KeyFigure("Usual order gap", 9, Unit.DAYS, change=0.1)), columns=4))
    )
    text = pages_of(result)[1]
    assert text.replace("\n", " ").count("of sales") == 3
    assert "…" not in text
    assert [overlapping(boxes) for _, boxes in text_boxes(result.data)] == [[], []]
