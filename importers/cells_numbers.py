"""Read numbers: the decimal mark is decided for a whole column, with the evidence in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

from core.importing.source import TypedText
from core.money import is_currency
from importers.cells_error import CellError

FINE = 10_000  # residues are counted in 1/10000 of a minor unit
SCALE = 12  # decimals that scaled whole numbers carry
_LARGEST = Decimal(10) ** 13  # keeps minor units within 64 bits, for currencies of 3 decimals too

_SPACES = "\u00a0\u202f\u2009 '’"
_MINUS = "-−–"
_LETTERS = r"kr|rp|s?fr|zł|kč|ft|r|rm|rs|lei|tl|us|au?|ca?|nz|hk|s|руб|ksh|лв|дин|din"
_CURRENCY_WORD = re.compile(_LETTERS)  # written beside amounts, and no currency code
_SIGNS = "$€£¥₹₽₺₩₪฿₫₴₦₱₲₡₵¢"
_SHAPE = re.compile(
    rf"(?P<before>[^\d.,]*)(?P<core>\d[\d.,{_SPACES}]*|[.,]\d+)(?P<power>[eE][+-]?\d{{1,2}})?(?P<after>[^\d.,]*)",
    re.ASCII,
)
_PLAIN = re.compile(r"-?\d{1,13}(?:\.\d{1,12})?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{2,3})*(?:[.,]\d{3})", re.ASCII)


@dataclass(frozen=True)
class NumberStyle:
    """How a column writes numbers; blanks and apostrophes between groups are always understood."""

    decimal: str  # "." or ","
    thousands: str  # "," or "." ("" where the column has none)

    def example(self) -> str:
        """Return the style as the mapping writes it: '1,234.5', '1.234,5', '1234.5' ..."""
        return f"1{self.thousands}234{self.decimal}5"


POINT = NumberStyle(".", ",")
COMMA = NumberStyle(",", ".")


def number_style(example: str) -> NumberStyle:
    """Return the style that an example such as '1.234,5' shows. Raises CellError."""
    decimal = example.strip()[-2:-1]
    if decimal not in {".", ","}:
        raise CellError("a number format such as 1,234.5 or 1.234,5", example)
    return COMMA if decimal == "," else POINT


@dataclass(frozen=True)
class NumberDecision:
    """How a column writes its numbers; style None: it does not say, ask with the evidence."""

    style: NumberStyle | None
    evidence: str
    mixed: bool = False  # some values prove a decimal point, others a decimal comma


@dataclass(frozen=True)
class _Parts:
    """A number taken apart: sign, digits with their marks, power of ten, whether in percent."""

    negative: bool
    core: str
    power: int
    percent: bool


@cache
def _is_unit(word: str) -> bool:
    """Tell whether letters beside a number are a currency."""
    bare = word.strip(_SIGNS + "./ ").lower()
    return (
        not bare
        or _CURRENCY_WORD.fullmatch(bare) is not None
        or (len(bare) == 3 and is_currency(bare.upper()))
    )


def _take_apart(text: str) -> _Parts | None:
    """Split a number into its parts; None where the text is no number."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        return None
    before, after = match["before"], match["after"]
    around = before + after
    if around.count("(") != around.count(")") or around.count("(") > 1 or ("(" in after) or (")" in before):
        return None
    negative = "(" in before or any(mark in around for mark in _MINUS)
    words = [_bare(before), _bare(after)]
    percent = "%" in words
    if words[1].lower() in {"cr", "dr"}:
        negative = negative or words[1].lower() == "cr"
        words[1] = ""
    if not all(word == "%" or _is_unit(word) for word in words):
        return None
    return _Parts(negative, match["core"].strip(), int((match["power"] or "e0")[1:]), percent)


def _bare(text: str) -> str:
    """Return what stands beside a number without signs, parentheses and blanks."""
    return "".join(char for char in text if char not in "()+ " and char not in _MINUS + _SPACES)


def _without_spaces(core: str) -> str | None:
    """Remove blanks and apostrophes between groups of three; None where they separate something else."""
    if not any(mark in core for mark in _SPACES):
        return core
    whole = re.split(r"[.,]", core)[0]
    groups = re.split(f"[{_SPACES}]", whole)
    tail = core[len(whole) :]
    if any(mark in tail for mark in _SPACES) or not 1 <= len(groups[0]) <= 3:
        return None
    if any(len(group) not in {2, 3} for group in groups[1:]) or len(groups[-1]) != 3:
        return None
    return "".join(groups) + tail


def _proven_mark(text: str) -> str | None:
    """Return the decimal mark that a text proves, "?" where it could be either, None where it has none."""
    parts = _take_apart(text)
    core = _without_spaces(parts.core) if parts else None
    if parts is None or core is None:
        return None
    points, commas = core.count("."), core.count(",")
    if not points and not commas:
        return None
    if points and commas:
        return "." if core.rfind(".") > core.rfind(",") else ","
    mark, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other
    whole, _, rest = core.partition(mark)
    grouped = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0") and not parts.power
    spaced = core != parts.core  # 1 234,500: the groups are already separated by blanks
    return "?" if grouped and not spaced else mark


class NumberScan:
    """Looks at a column piece by piece and decides its decimal mark at the end."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._proofs: dict[str, tuple[int, str]] = {}  # the first row that proves a mark
        self._doubt: tuple[int, str] | None = None

    def add(self, values: Sequence[str], first_row: int) -> None:
        """Look at the next cells; once a mark is proven, only what could contradict it is examined."""
        joined = "\n".join(values)
        suspects = [mark for mark in ".," if mark in joined]
        if len(self._proofs) == 1:
            (proven,) = self._proofs
            suspects = [mark for mark in suspects if mark != proven or _REPEATED[mark].search(joined)]
        for mark in suspects:
            for text in {text for text in values if mark in text and type(text) is not TypedText}:
                self._judge(text, first_row + values.index(text))

    def _judge(self, text: str, row: int) -> None:
        mark = _proven_mark(text)
        found = (row, text.strip())
        if mark == "?":
            self._doubt = min(found, self._doubt or found)
        elif mark:
            self._proofs[mark] = min(found, self._proofs.get(mark, found))

    def decision(self) -> NumberDecision:
        """Return the style with its evidence."""
        words = {
            mark: f"'{text}' in row {row} can only have a decimal {_NAME[mark]}"
            for mark, (row, text) in self._proofs.items()
        }
        if len(words) == 2:
            return NumberDecision(None, f"{words['.']}, but {words[',']}", mixed=True)
        for mark, evidence in words.items():
            return NumberDecision(COMMA if mark == "," else POINT, evidence)
        if self._doubt is None:
            return NumberDecision(NumberStyle(".", ""), "no number of the column has a mark")
        row, text = self._doubt
        evidence = f"'{text}' in row {row} could be {_two_readings(text)}"
        return NumberDecision(None, f"{evidence}, and no number of the column settles it")


def decide_numbers(values: Iterable[str], *, first_row: int = 1) -> NumberDecision:
    """Decide the decimal mark of a column from all its values."""
    scan = NumberScan()
    scan.add(list(values), first_row)
    return scan.decision()


_REPEATED = {".": re.compile(r"\.\d+\."), ",": re.compile(r",\d+,")}
_NAME = {".": "point", ",": "comma"}


def _two_readings(text: str) -> str:
    digits = "".join(char for char in text if char in "0123456789.,")
    whole = digits.replace(",", "").replace(".", "")
    return f"{whole} or {digits.replace(',', '.')}"


def _plain_digits(core: str, style: NumberStyle | None) -> str | None:
    """Return digits with a decimal point, None where the marks do not fit the style."""
    bare = _without_spaces(core)
    if bare is None:
        return None
    if "." not in bare and "," not in bare:
        return bare
    if style is None:
        return None
    thousands = "," if style.decimal == "." else "."
    whole, _, rest = bare.partition(style.decimal)
    if thousands in rest or style.decimal in rest:
        return None
    if thousands in whole:
        if not _GROUPED.fullmatch(whole):
            return None
        whole = whole.replace(thousands, "")
    return f"{whole or '0'}.{rest or '0'}"


def read_number(text: str, style: NumberStyle | None) -> Decimal:
    """Return a number exactly; percentages as fractions. Raises CellError, for an empty cell too."""
    if type(text) is TypedText:
        style = POINT
    elif _PLAIN.fullmatch(text) and (style is None or style.decimal == ".") and (style or "." not in text):
        return Decimal(text)
    parts = _take_apart(text)
    digits = _plain_digits(parts.core, style) if parts else None
    if parts is None or digits is None:
        written = f" written like {style.example()}" if style else ""
        raise CellError(f"a number{written}", text)
    if len(digits) > 40 or abs(parts.power) > 20:
        raise CellError("a number that fits", text)
    number = Decimal(digits).scaleb(parts.power - (2 if parts.percent else 0))
    if number >= _LARGEST:
        raise CellError("a number below ten thousand billion", text)
    return -number if parts.negative else number


def rounded(number: Decimal, exponent: int) -> tuple[int, int]:
    """Return minor units, half away from zero, and what rounding changed (1/10000 of a minor unit)."""
    with localcontext() as context:
        context.prec = 80
        exact = number.scaleb(exponent)
        minor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        return minor, int(((minor - exact) * FINE).quantize(Decimal(1), rounding=ROUND_HALF_UP))


class MinorMemo(dict[str, int]):
    """Maps the texts of a money column to minor units and remembers; residues hold what rounding changed."""

    def __init__(
        self,
        style: NumberStyle | None,
        exponent: int,
        *,
        blank: int | None = None,
        empty: Iterable[str] = ("",),
    ) -> None:
        """Take the column's style, the currency's exponent, what an empty cell means (None: an error)."""
        super().__init__()
        self.style = style
        self.exponent = exponent
        self.residues: dict[str, int] = {}
        self._given = {} if blank is None else dict.fromkeys(empty, blank)
        self.update(self._given)

    def __missing__(self, text: str) -> int:
        """Read a text that was not seen yet. Raises CellError."""
        if (bare := text.strip()) in self._given:
            return self._given[bare]
        minor, residue = rounded(read_number(text, self.style), self.exponent)
        if residue:
            self.residues[text] = residue
        self[text] = minor
        return minor

    def trim(self, limit: int = 100_000) -> None:
        """Forget everything between two batches when too much is remembered."""
        if len(self) > limit:
            self.clear()
            self.residues.clear()
            self.update(self._given)


class NumberReader:
    """Reads the numbers of one column."""

    def __init__(self, style: NumberStyle | None) -> None:
        """Take the column's style (None: only numbers without any mark are taken)."""
        self.style = style
        self._decimals: dict[str, Decimal] = {}
        self._memos: dict[int, MinorMemo] = {}

    def decimal(self, text: str) -> Decimal:
        """Return a number exactly; percentages as fractions. Raises CellError, for an empty cell too."""
        number = self._decimals.get(text)
        if number is None:
            number = self._decimals[text] = read_number(text, self.style)
        return number

    def minor(self, text: str, exponent: int) -> int:
        """Return an amount in minor units, half away from zero. Raises CellError, for an empty cell too."""
        return self._memo(exponent)[text]

    def residue(self, text: str, exponent: int) -> int:
        """Return what rounding changed: stored minus written, in 1/10000 of a minor unit."""
        memo = self._memo(exponent)
        return memo.residues.get(text, 0) if memo[text] is not None else 0

    def _memo(self, exponent: int) -> MinorMemo:
        if exponent not in self._memos:
            self._memos[exponent] = MinorMemo(self.style, exponent)
        return self._memos[exponent]


def plain_number(text: str, style: NumberStyle | None) -> str:
    """Return a number as plain decimal text such as '-1234.5', "" for an empty cell. Raises CellError."""
    return format(read_number(text, style), "f") if text.strip() else ""


def scaled_number(text: str, style: NumberStyle | None) -> int:
    """Return a number times 10**12 as a whole number, for exact products. Raises CellError."""
    with localcontext() as context:
        context.prec = 80
        return int(read_number(text, style).scaleb(SCALE).quantize(Decimal(1), rounding=ROUND_HALF_UP))
