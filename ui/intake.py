"""From a file to an importer with its mapping: recognised, remembered, or asked. For window and command line."""

from dataclasses import dataclass, field
from pathlib import Path

from core.errors import UserError
from core.importing.importer import ColumnMapping, Importer
from core.importing.issue import Question
from core.importing.source import Source
from core.progress import SILENT, Progress
from core.store.book import Book
from core.usecases.mappings import recall_mapping, remember
from importers.mapped_mapping import header_fingerprint, mapping_text, parse_mapping, read_mapping
from importers.mapped_table import MappedTable
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
        names = tuple(one.key for one, _ in answers)
        sure = answers[0][1].confidence if answers else 0.0
        return Recognised(source, None, confidence=sure, questions=(_which_format(names),))
    recognition = found[chosen]
    return understood(source, chosen, ColumnMapping(), recognition.reasons, recognition.confidence)


def _which_format(names: tuple[str, ...]) -> Question:
    seen = (
        f"The columns would fit {' or '.join(names)}."
        if names
        else "The columns fit no format that is known."
    )
    choices = names or tuple(one.key for one in importers())
    return Question(
        "format", "", "What is in this file? Choose the format, or map its columns.", seen, choices
    )


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
