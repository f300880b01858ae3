"""From a file to an importer with its mapping: recognised, remembered, or asked. For window and command line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import UserError
from core.importing.importer import ColumnMapping, Importer
from core.importing.issue import Question
from core.importing.source import Source
from core.progress import SILENT, Progress
from core.store.book import Book
from core.usecases.mappings import recall_mapping, remember
from importers.mapped_likely import Likely
from importers.mapped_mapping import header_fingerprint, mapping_text, parse_mapping, read_mapping
from importers.mapped_table import Guess, MappedTable
from importers.nearest import nearest_table
from importers.reading import read_source
from importers.shelf import clear_answer, importer, importers, recognise


@dataclass(frozen=True)
class Recognised:
    """A file that was read, and how it is understood."""

    source: Source
    importer: Importer | None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    refusal: str = ""
    questions: tuple[Question, ...] = ()
    likely: Importer | None = None  # the nearest where none is clear; the mapping is its best guess then

    @property
    def is_ready(self) -> bool:
        """Whether it can be previewed without asking."""
        return self.importer is not None and not self.refusal and not self.questions


def recognise_file(
    path: Path,
    book: Book | None = None,
    *,
    format_key: str = "",
    mapping_file: Path | None = None,
    progress: Progress = SILENT,
) -> Recognised:
    """Read a file and find out what it is. Raises UserError where it cannot be read or the format is unknown."""
    source = read_source(path, progress=progress)
    if mapping_file is not None:
        stated, mapping = read_mapping(mapping_file)
        return understood(source, importer(format_key or stated), mapping, ("by the mapping file",))
    if format_key:
        return understood(source, importer(format_key), _recalled(source, book, format_key), ("as asked",))
    remembered = _remembered(source, book)
    if remembered:
        return understood(source, *remembered, ("the same columns were mapped before",))
    return _by_content(source)


def understood(
    source: Source,
    chosen: Importer,
    mapping: ColumnMapping,
    reasons: tuple[str, ...],
    confidence: float = 1.0,
) -> Recognised:
    """Return a file with its importer, and what is still to be asked."""
    refusal = chosen.recognise(source).refusal
    questions = () if refusal else tuple(chosen.questions(source, mapping))
    return Recognised(source, chosen, mapping, confidence, reasons, refusal, questions)


def remember_mapping(book: Book, recognised: Recognised) -> None:
    """Keep how this header was mapped, so that next month's export is not asked about again."""
    if isinstance(recognised.importer, MappedTable) and (
        mark := _fingerprint(recognised.source, recognised.importer)
    ):
        guess = recognised.importer.guess(recognised.source, recognised.mapping)
        settled = ColumnMapping(guess.columns, guess.options)
        remember(book, mark, recognised.importer.key, mapping_text(recognised.importer.key, settled))


def completed_mapping(recognised: Recognised) -> ColumnMapping:
    """Return the mapping with everything that was guessed, for a person to look at and change."""
    if isinstance(recognised.importer, MappedTable):
        guess = recognised.importer.guess(recognised.source, recognised.mapping)
        return ColumnMapping(guess.columns, guess.options)
    return recognised.mapping


def _by_content(source: Source) -> Recognised:
    answers = recognise(source)
    found = dict(answers)
    refused = [one for one, recognition in answers if recognition.refusal]
    chosen = clear_answer(answers)
    if refused and (chosen is None or found[refused[0]].confidence > found[chosen].confidence):
        recognition = found[refused[0]]
        return Recognised(source, refused[0], confidence=recognition.confidence, refusal=recognition.refusal)
    if chosen is None:
        return _unclear(source, [one for one, _ in answers], answers[0][1].confidence if answers else 0.0)
    recognition = found[chosen]
    return understood(source, chosen, ColumnMapping(), recognition.reasons, recognition.confidence)


def _unclear(source: Source, thinkable: Sequence[Importer], confidence: float) -> Recognised:
    """Return a file of which nobody knows the program, with the nearest table and the best guess of its columns."""
    likely = next((one for one in thinkable if isinstance(one, MappedTable)), None)
    if likely is not None:
        guess = likely.guess(source)
        labels = " or ".join(one.label for one in thinkable)
        text = f"What is in this file? Its columns would fit: {labels}. Confirm it, or choose another format."
        evidence = _sentence(likely, guess)
    else:
        likely, seen = nearest_table(source)
        guess = likely.guess(source)
        text = _nearest_text(seen)
        evidence = seen.evidence()
    choices = tuple(one.key for one in thinkable or importers())
    question = Question("format", "", text, evidence, choices)
    mapping = ColumnMapping(guess.columns, guess.options)
    return Recognised(
        source, None, mapping, confidence, questions=(question,), likely=likely if guess.labels else None
    )


def _nearest_text(seen: Likely) -> str:
    if not seen.labels:
        return "What is in this file?"
    if not seen.found and not seen.guessed:
        return "What is in this file? None of its columns bears a name that is known. Say which column holds what."
    return (
        "What is in this file? It fits no known format as it is. "
        f"It looks most like: {seen.format_label}. Confirm or complete which column holds what."
    )


def _sentence(table: MappedTable, guess: Guess) -> str:
    titles = {field.name: field.title for field in table.fields}
    found = ", ".join(f"{titles[name]} ('{label}')" for name, label in guess.columns.items() if label)
    rest = ", ".join(f"'{label}'" for label in guess.labels if label not in guess.columns.values())
    return f"Found: {found}.{f' Other columns: {rest}.' if rest else ''}"


def _remembered(source: Source, book: Book | None) -> tuple[Importer, ColumnMapping] | None:
    if book is None:
        return None
    for candidate in importers():
        if isinstance(candidate, MappedTable):
            found = recall_mapping(book, _fingerprint(source, candidate))
            if found and found[0] == candidate.key:
                return candidate, parse_mapping(found[1], "the remembered mapping")[1]
    return None


def _recalled(source: Source, book: Book | None, format_key: str) -> ColumnMapping:
    found = _remembered(source, book)
    return found[1] if found and found[0].key == format_key else ColumnMapping()


def _fingerprint(source: Source, mapped: MappedTable) -> str:
    try:
        labels = mapped.guess(source).labels
    except UserError:
        return ""
    return header_fingerprint(labels) if labels else ""
