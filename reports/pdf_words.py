"""Breaking text into lines that fit: plain, with bold runs between **, with an ellipsis at the end."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.pdf_fonts import Typefaces
from reports.pdf_pen import Pen

ELLIPSIS = "…"
_LONGEST_WORD = 400  # letters of one word that are looked at: a word of 50,000 fills no page


@dataclass(frozen=True)
class Face:
    """How running text looks: the bold runs take the strong weight and colour."""

    size: float
    colour: str
    weight: str = "regular"
    strong_weight: str = "semibold"
    strong_colour: str = ""
    leading: float = 0.0  # baseline to baseline; 0: 1.45 times the size

    @property
    def line_height(self) -> float:
        return self.leading or self.size * 1.45


Run = tuple[str, bool]  # text, strong
Line = tuple[Run, ...]


def lines_of(text: str, width: float, face: Face, faces: Typefaces, *, most: int = 0) -> list[Line]:
    """Break text into lines no wider than `width`; beyond `most` lines it ends in an ellipsis."""
    lines = [
        line for paragraph in _paragraphs(text) for line in _Breaker(width, face, faces).lines(paragraph)
    ]
    if most and len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], width, face, faces)]
    return lines


def shorten(text: str, width: float, weight: str, size: float, faces: Typefaces) -> str:
    """Cut a text that is wider than its place and end it in an ellipsis."""
    if faces.width(text, weight, size) <= width:
        return text
    low, high = 0, min(len(text), _LONGEST_WORD)
    while low < high:
        middle = (low + high + 1) // 2
        if faces.width(text[:middle].rstrip() + ELLIPSIS, weight, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def write_lines(pen: Pen, x: float, y: float, lines: list[Line], face: Face) -> None:
    """Write lines below one another; y is the first baseline."""
    for number, line in enumerate(lines):
        at = x
        for text, strong in line:
            at += pen.text(
                at,
                y + number * face.line_height,
                text,
                size=face.size,
                colour=(face.strong_colour or face.colour) if strong else face.colour,
                weight=face.strong_weight if strong else face.weight,
            )


def width_of(line: Line, face: Face, faces: Typefaces) -> float:
    """How wide a line prints."""
    return sum(
        faces.width(text, face.strong_weight if strong else face.weight, face.size) for text, strong in line
    )


def plain_text(text: str) -> str:
    """The text without its marks for bold."""
    return "".join(run for run, _ in _runs(text))


def _paragraphs(text: str) -> Iterator[list[Run]]:
    for part in text.split("\n"):
        yield _runs(part)


def _runs(text: str) -> list[Run]:
    parts = text.split("**")
    if len(parts) % 2 == 0:  # an odd mark is a pair of asterisks that somebody wrote
        parts[-2:] = ["**".join(parts[-2:])]
    return [(part, at % 2 == 1) for at, part in enumerate(parts) if part] or [("", False)]


class _Breaker:
    """Fills lines word by word; a word wider than a line is cut by letters."""

    def __init__(self, width: float, face: Face, faces: Typefaces) -> None:
        self._width, self._face, self._faces = width, face, faces
        self._done: list[Line] = []
        self._line: list[Run] = []
        self._used = 0.0

    def lines(self, runs: list[Run]) -> list[Line]:
        for text, strong in runs:
            for piece in _pieces(text):
                self._add(piece, strong=strong)
        self._end()
        return self._done

    def _add(self, piece: str, *, strong: bool) -> None:
        wide = self._measure(piece, strong=strong)
        bare = wide if not piece.endswith(" ") else self._measure(piece.rstrip(), strong=strong)
        if self._used + bare > self._width and self._used:
            self._end()
        if bare > self._width:
            self._add_cut(piece[:_LONGEST_WORD], strong=strong)
            return
        if self._line and self._line[-1][1] == strong:
            self._line[-1] = (self._line[-1][0] + piece, strong)
        else:
            self._line.append((piece, strong))
        self._used += wide

    def _add_cut(self, word: str, *, strong: bool) -> None:
        part = ""
        for letter in word:
            if part and self._measure(part + letter, strong=strong) > self._width:
                self._line.append((part, strong))
                self._end()
                part = ""
            part += letter
        self._line.append((part, strong))
        self._used = self._measure(part, strong=strong)

    def _end(self) -> None:
        if self._line:
            last, strong = self._line[-1]
            self._line[-1] = (last.rstrip(" "), strong)
        self._done.append(tuple(self._line))
        self._line, self._used = [], 0.0

    def _measure(self, text: str, *, strong: bool) -> float:
        weight = self._face.strong_weight if strong else self._face.weight
        return self._faces.width(text, weight, self._face.size)


def _pieces(text: str) -> Iterator[str]:
    """Words with the blank that follows them; ideographs may be parted anywhere."""
    word = ""
    for letter in text:
        word += letter
        if letter == " " or "\u2e80" <= letter <= "\u9fff":
            yield word
            word = ""
    if word:
        yield word


def _shortened(line: Line, width: float, face: Face, faces: Typefaces) -> Line:
    """Drop letters from the end until the ellipsis has room."""
    kept = list(line)
    while kept:
        text, strong = kept[-1]
        ended = (*kept[:-1], (text.rstrip() + ELLIPSIS, strong))
        if width_of(ended, face, faces) <= width:
            return ended
        kept[-1:] = [(text[:-1], strong)] if len(text) > 1 else []
    return ((ELLIPSIS, False),)
