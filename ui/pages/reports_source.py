"""What the Reports page shows, worked out and drawn in the worker thread: the real pages, not a likeness."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

if TYPE_CHECKING:  # the report's own modules load half a second: only when a report is built
    from core.period import Period
    from core.progress import Progress
    from core.store.book import Book
    from core.usecases.commentary import Commentary
    from reports.build import Pack, ReportOptions
    from reports.pdf import PdfResult
    from reports.section import Context
    from reports.stale import StaleFigure

THUMBNAIL_PX = 120  # twice as wide as it shows, for fine screens
COVER = "cover"
Titles = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Prepared:
    """The figures of a month's report; texts and choices come and go without working them out again."""

    context: "Context"
    titles: Titles  # of every section, in the order of the pack
    left_out: frozenset[str]


@dataclass(frozen=True, eq=False)
class Drawn:
    """The pages as they are now."""

    pack: "Pack"
    pdf: "PdfResult"
    thumbnails: tuple[QImage, ...]
    page_points: tuple[float, float]  # width and height of a page

    @property
    def section_pages(self) -> Mapping[str, int]:
        """On which page each section begins."""
        return {COVER: 1, **self.pdf.section_pages}

    def stale_in(self, section: str) -> "tuple[StaleFigure, ...]":
        """Figures in the text of a section that the report no longer says."""
        return tuple(one for one in self.pack.stale if one.section == section)

    def figures(self) -> list[tuple[str, str]]:
        """Every key figure as (name, as it is printed), each name once."""
        from reports.content import KeyFigures
        from reports.numbers import Numbers

        report = self.pack.report
        numbers = Numbers(report.currency, report.exponent)
        found: dict[str, str] = {}
        for block in report.blocks():
            if isinstance(block, KeyFigures):
                for figure in block.figures:
                    if figure.value is not None:
                        found.setdefault(figure.name, numbers.write(figure.value, figure.unit))
        return list(found.items())


def prepare(book: "Book", month: "Period", progress: "Progress") -> Prepared:
    """Work out everything that the sections ask."""
    from reports.build import context_of, left_out_of
    from reports.section_shelf import all_sections

    context = context_of(book, month, progress=progress)
    titles = {spec.key: spec.title(context) for spec in all_sections()}
    return Prepared(context, titles, left_out_of(context.figures.settings))


def options_for(
    titles: Titles, left_out: frozenset[str], comments: "Mapping[str, Commentary]"
) -> "ReportOptions":
    """The choices of the page: sections that are in; Draft until each of them was reviewed."""
    from reports.build import ReportOptions

    chosen = tuple(key for key in titles if key not in left_out)
    return ReportOptions(sections=chosen, draft=bool(unreviewed(titles, left_out, comments)))


def unreviewed(
    titles: Titles, left_out: frozenset[str], comments: "Mapping[str, Commentary]"
) -> tuple[str, ...]:
    """The sections that are in the report and that nobody has reviewed."""
    return tuple(
        key for key in titles if key not in left_out and not (key in comments and comments[key].reviewed)
    )


def draw(
    prepared: Prepared,
    comments: "Mapping[str, Commentary]",
    *,
    left_out: frozenset[str],
    progress: "Progress",
) -> Drawn:
    """Write the sections and draw their pages."""
    from reports.build import pack_of
    from reports.pdf import render_pdf

    progress.step("Writing the sections")
    context = replace(prepared.context, comments=dict(comments))
    pack = pack_of(context, options_for(prepared.titles, left_out, comments))
    progress.step("Drawing the pages")
    pdf = render_pdf(pack.report)
    progress.step("Drawing the small pages")
    return Drawn(pack, pdf, *_thumbnails(pdf.data))


def _thumbnails(data: bytes) -> tuple[tuple[QImage, ...], tuple[float, float]]:
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as document:
        size = document.get_page_size(0)
        pictures = tuple(_picture(document, at, THUMBNAIL_PX / size[0]) for at in range(len(document)))
    return pictures, size


def draw_page(data: bytes, place: int, scale: float) -> QImage:
    """One page as a picture; at scale 1 a point is a pixel. PDFium serves one thread only: the worker."""
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as document:
        return _picture(document, place, scale)


def _picture(document: Any, place: int, scale: float) -> QImage:
    bitmap = document[place].render(scale=scale, prefer_bgrx=True)
    picture = QImage(
        bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    )
    return picture.copy()  # QImage does not keep the bytes that it was given
