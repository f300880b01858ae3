"""The first page: both brands, what this is, revenue by segment, contents, who made it for whom."""

from io import BytesIO

from reportlab.lib.utils import ImageReader

from reports.charts_pdf_shares import draw_share_bar, shares_of
from reports.content import Chart
from reports.numbers import percent
from reports.pdf_pen import Pen
from reports.pdf_setting import MARGIN, Setting
from reports.pdf_words import Face, lines_of, shorten, write_lines
from reports.style import size

_BAND = 7.5
_LOGO = 28.5
_CLIENT_LOGO = 54.0


def draw_cover(pen: Pen, setting: Setting) -> None:
    """Draw the cover; heights follow the paper, the design is drawn for A4."""
    width, height = setting.paper
    pen.box(0, 0, _BAND, height, fill=setting.style.accent)
    _firm(pen, setting)
    bottom = _title(pen, setting)
    shares_top = max(bottom + 30.0, height * 0.538)
    if setting.report.cover.shares is not None:
        _shares(pen, setting, setting.report.cover.shares, shares_top)
    foot = height - 98.25
    contents_top = shares_top + 103.0
    _contents(pen, setting, contents_top, foot - 12)
    _foot(pen, setting, foot)
    if setting.report.draft:
        pen.text(
            width - MARGIN,
            58,
            "Draft",
            size=10.5,
            colour=setting.style.warning,
            weight="semibold",
            align="right",
        )


def _firm(pen: Pen, setting: Setting) -> None:
    branding, style = setting.report.branding, setting.style
    x = MARGIN
    if _logo(pen, branding.firm_logo, x, 43.5, _LOGO, _LOGO):
        x += _LOGO + 9
    name, _, line = branding.firm_name.partition("\n")
    room = setting.width - (x - MARGIN) - 60
    pen.text(
        x, 56.5 if line else 61, shorten(name, room, "semibold", 10.5, setting.faces),
        size=10.5, colour=style.text, weight="semibold",
    )  # fmt: skip
    pen.text(x, 67.5, shorten(line, room, "regular", 8.25, setting.faces), size=8.25, colour=style.muted)


def _logo(pen: Pen, data: bytes, x: float, y: float, width: float, height: float) -> bool:
    if not data:
        return False
    try:
        image = ImageReader(BytesIO(data))
    except OSError:  # not a picture: the names stand without it
        return False
    pen.picture(image, x, y, width, height)
    return True


def _title(pen: Pen, setting: Setting) -> float:
    cover, style, faces = setting.report.cover, setting.style, setting.faces
    _logo(pen, setting.report.branding.client_logo, MARGIN, 159.0, _CLIENT_LOGO * 2.5, _CLIENT_LOGO)
    y = 248.25
    client = shorten(setting.report.branding.client_name, setting.width, "regular", 11.25, faces)
    pen.text(MARGIN, y, client, size=11.25, colour=style.secondary)
    large = size("cover_title")
    while large > 20 and faces.width(cover.title, "semibold", large) > setting.width:
        large -= 1
    title_face = Face(large, style.text, "semibold", strong_colour=style.text, leading=large * 1.1)
    lines = lines_of(cover.title, setting.width, title_face, faces, most=2)
    y += 39.0
    for number, line in enumerate(lines):
        text = "".join(part for part, _ in line)
        at = y + number * title_face.line_height
        pen.text(MARGIN, at, text, size=large, colour=style.text, weight="semibold", spacing=-0.5)
    y += title_face.line_height * (len(lines) - 1) + 29.0
    period = shorten(cover.period_label, setting.width, "medium", 16.5, faces)
    pen.text(MARGIN, y, period, size=16.5, colour=style.accent, weight="medium")
    body = Face(10.5, style.secondary, strong_colour=style.text, leading=16.5)
    words = lines_of(cover.what_it_is, min(setting.width, 400), body, faces, most=4)
    y += 33.0
    write_lines(pen, MARGIN, y, words, body)
    return y + 16.5 * (len(words) - 1)


def _shares(pen: Pen, setting: Setting, chart: Chart, top: float) -> None:
    style, faces = setting.style, setting.faces
    title = shorten(chart.title, setting.width, "regular", 8.25, faces)
    pen.text(MARGIN, top + 8.5, title, size=8.25, colour=style.muted)
    places = draw_share_bar(pen, chart, setting, 0, (MARGIN, top + 17.25, setting.width, 9.0), labels=False)
    free_from = MARGIN
    for number, (x, _) in enumerate(places):
        share = shares_of(chart, 0)[number]
        name = chart.series[number].name
        wide = faces.width(name, "semibold", 8.25)
        if share <= 0:
            continue
        if x < free_from or x + wide > MARGIN + setting.width:
            break  # the largest are named; the rest are in the table of segments
        pen.text(x, top + 41.5, name, size=8.25, colour=style.text, weight="semibold")
        long, short = f"{percent(share)} of revenue", percent(share)
        following = [at for at, wide_part in places[number + 1 :] if wide_part > 0]
        room = (following[0] if following else MARGIN + setting.width) - x
        text = long if faces.width(long, "regular", 8.25) + 4 <= max(room, 0) else short
        pen.text(x, top + 53, text, size=8.25, colour=style.muted)
        free_from = x + max(wide, faces.width(text, "regular", 8.25)) + 5


def _contents(pen: Pen, setting: Setting, top: float, bottom: float) -> None:
    """Sections and their pages in two columns, each a link."""
    style, faces = setting.style, setting.faces
    sections = setting.report.sections
    if not sections:
        return
    pen.text(MARGIN, top + 10, "In this report", size=9.4, colour=style.text, weight="semibold")
    half = (len(sections) + 1) // 2
    step = min(22.5, (bottom - top - 14) / half)
    wide = (setting.width - 30) / 2
    for number, section in enumerate(sections):
        x = MARGIN + (wide + 30) * (number // half)
        y = top + 16 + step * (number % half)
        page = str(setting.pages.get(section.key, ""))
        points = min(9.2, step * 0.75)
        title = shorten(section.title, wide - 24, "regular", points, faces)
        pen.text(x, y + step * 0.72, title, size=points, colour=style.text)
        pen.text(x + wide, y + step * 0.72, page, size=points, colour=style.muted, align="right")
        pen.line((x, y + step), (x + wide, y + step), colour=style.grid)
        low = pen.page_height - y - step
        pen.canvas.linkRect("", section.key, (x, low, x + wide, low + step), relative=0, thickness=0)


def _foot(pen: Pen, setting: Setting, top: float) -> None:
    style, faces, cover = setting.style, setting.faces, setting.report.cover
    pen.line((MARGIN, top), (MARGIN + setting.width, top), colour=style.border, width=0.75)
    wide = setting.width * 0.343
    parts = (
        ("Prepared for", cover.prepared_for),
        ("Prepared by", cover.prepared_by),
        ("Date and basis", cover.date_and_basis),
    )
    for number, (label, text) in enumerate(part for part in parts if part[1]):
        x = MARGIN + wide * number
        room = (wide if number < 2 else setting.width - 2 * wide) - 6
        pen.text(x, top + 20.5, label, size=8.25, colour=style.muted)
        for at, line in enumerate(text.split("\n")[:3]):
            weight = "semibold" if at == 0 else "regular"
            shown = shorten(line, room, weight, 9, faces)
            pen.text(x, top + 33.5 + 13.5 * at, shown, size=9, colour=style.text, weight=weight)
