"""The client's report on paper, drawn from the report as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from reports.content import Report, Section
from reports.numbers import Numbers
from reports.pdf_blocks import pieces_of
from reports.pdf_cover import draw_cover
from reports.pdf_flow import Placed, paginate
from reports.pdf_fonts import Typefaces
from reports.pdf_pen import Pen
from reports.pdf_setting import MARGIN, TOP, Setting
from reports.pdf_words import shorten
from reports.printed import printed
from reports.style import style_of

_SMALL = 8.0
_FIRST = 2  # page of the first section: the cover is page 1


@dataclass(frozen=True)
class PdfResult:
    """The finished document; the pages count the cover, warnings name letters that no font has."""

    data: bytes
    pages: int
    section_pages: dict[str, int]
    warnings: tuple[str, ...]


Laid = list[tuple[Section, list[list[Placed]]]]


def render_pdf(report: Report) -> PdfResult:
    """Lay out and draw the report; the same report gives the same bytes."""
    report = printed(report)
    setting = Setting(
        report, style_of(report.branding.accent), Numbers(report.currency, report.exponent), Typefaces()
    )
    setting.words(report.tie_out_line)
    laid = _laid(setting)
    setting = replace(setting, pages=_section_pages(laid))
    # A page number in the text can change a line: lay out again until the numbers are those that are printed.
    for _ in range(3):
        if not setting.asked:
            break
        laid = _laid(setting)
        found = _section_pages(laid)
        if found == setting.pages:
            break
        setting = replace(setting, pages=found)
    data, count = _drawn(laid, setting)
    return PdfResult(data, count, dict(setting.pages), (*_unknown_pages(setting), *setting.faces.warnings()))


def _laid(setting: Setting) -> Laid:
    return [
        (section, paginate(pieces_of(section.blocks, setting, setting.width), setting.room))
        for section in setting.report.sections
    ]


def _section_pages(laid: Laid) -> Mapping[str, int]:
    pages: dict[str, int] = {}
    at = _FIRST
    for section, section_pages in laid:
        pages[section.key] = at
        at += len(section_pages)
    return pages


def _unknown_pages(setting: Setting) -> tuple[str, ...]:
    unknown = sorted(setting.asked - set(setting.pages))
    return tuple(f"The text refers to the page of '{key}', which is not in this report." for key in unknown)


def _drawn(laid: Laid, setting: Setting) -> tuple[bytes, int]:
    out = BytesIO()
    canvas = _canvas(out, setting)
    pen = Pen(canvas, setting.paper[1], setting.faces)
    count = 1 + sum(len(pages) for _, pages in laid)
    canvas.bookmarkPage("cover")
    canvas.addOutlineEntry("Cover", "cover", level=0)
    draw_cover(pen, setting)
    pen.new_page()
    number = 1
    for section, pages in laid:
        for at, page in enumerate(pages):
            number += 1
            if at == 0:
                canvas.bookmarkPage(section.key)
                canvas.addOutlineEntry(section.title, section.key, level=0)
            _draw_page(pen, setting, page, f"{number} of {count}")
    canvas.save()
    return out.getvalue(), count


def _canvas(out: BytesIO, setting: Setting) -> Canvas:
    report = setting.report
    canvas = Canvas(
        out,
        pagesize=setting.paper,
        invariant=1,
        pageCompression=1,
        lang="en",
        initialFontName=setting.faces.name(
            "regular"
        ),  # else each page names Helvetica, which is not embedded
    )
    canvas.setTitle(f"{report.cover.title}, {report.cover.period_label}: {report.branding.client_name}")
    canvas.setAuthor(report.branding.firm_name.replace("\n", ", "))
    canvas.setSubject(f"{report.period_key}, fingerprint {report.fingerprint}")
    canvas.setCreator("Quintile")
    canvas.showOutline()
    return canvas


def _draw_page(pen: Pen, setting: Setting, page: list[Placed], number: str) -> None:
    _header(pen, setting)
    for placed in page:
        placed.piece.draw(pen, MARGIN, TOP + placed.y)
    _footer(pen, setting, number)
    pen.new_page()


def _header(pen: Pen, setting: Setting) -> None:
    report, style, faces = setting.report, setting.style, setting.faces
    right = MARGIN + setting.width
    firm = shorten(
        report.branding.firm_name.partition("\n")[0], setting.width * 0.3, "regular", _SMALL, faces
    )
    used = pen.text(right, 31.5, firm, size=_SMALL, colour=style.muted, align="right")
    if report.draft:
        used += 9 + pen.text(
            right - used - 9,
            31.5,
            "Draft",
            size=_SMALL,
            colour=style.warning,
            weight="semibold",
            align="right",
        )
    room = setting.width - used - 20
    client = shorten(report.branding.client_name, room * 0.55, "semibold", _SMALL, faces)
    at = pen.text(MARGIN, 31.5, client, size=_SMALL, colour=style.text, weight="semibold") + 7.5
    title = f"{report.cover.title}, {report.cover.period_label}"
    pen.text(
        MARGIN + at,
        31.5,
        shorten(title, room - at, "regular", _SMALL, faces),
        size=_SMALL,
        colour=style.muted,
    )
    pen.line((MARGIN, 41.6), (right, 41.6), colour=style.border, width=0.75)


def _footer(pen: Pen, setting: Setting, number: str) -> None:
    report, style, faces = setting.report, setting.style, setting.faces
    height = setting.paper[1]
    right = MARGIN + setting.width
    pen.line((MARGIN, height - 41.6), (right, height - 41.6), colour=style.border, width=0.75)
    base = height - 27.4
    used = pen.text(right, base, number, size=_SMALL, colour=style.muted, align="right")
    line = f"{report.currency_name}. {setting.words(report.tie_out_line)}".strip()
    pen.text(
        MARGIN,
        base,
        shorten(line, setting.width - used - 20, "regular", _SMALL, faces),
        size=_SMALL,
        colour=style.muted,
    )
