"""What the mapping step shows of a file: its columns with samples, and what is still to be asked. No Qt."""

from dataclasses import dataclass, field

from core.importing.importer import ColumnMapping
from core.importing.issue import Question
from importers.mapped_field import MappedField
from importers.mapped_table import MappedTable
from ui.intake import Recognised

SAMPLE_ROWS = 200
SAMPLES = 4


@dataclass(frozen=True)
class MappingData:
    """A file whose columns can be mapped, or that leaves a question open."""

    recognised: Recognised
    fields: tuple[MappedField, ...] = ()
    labels: tuple[str, ...] = ()
    samples: dict[str, str] = field(default_factory=dict)  # column label -> a few values
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    questions: tuple[Question, ...] = ()
    needed: frozenset[str] = frozenset()  # fields of which at least one alternative must be mapped
    open_columns: str = ""  # what is still to be named, or to be confirmed


def mapping_data(recognised: Recognised) -> MappingData:
    """Look at a file for the mapping step. Raises UserError."""
    importer = recognised.importer
    questions = tuple(one for one in recognised.questions if one.field not in {"format", "mapping"})
    if not isinstance(importer, MappedTable):
        return MappingData(recognised, mapping=recognised.mapping, questions=questions)
    guess = importer.guess(recognised.source, recognised.mapping)
    mapping = ColumnMapping(guess.columns, guess.options)
    needed = frozenset(name for group in importer.needs for names in group for name in names)
    samples = samples_of(recognised, guess.labels, mapping)
    asked = next((one for one in guess.questions if one.field == "mapping"), None)
    words = f"{asked.text} {asked.evidence}" if asked else ""
    return MappingData(recognised, importer.fields, guess.labels, samples, mapping, questions, needed, words)


def samples_of(recognised: Recognised, labels: tuple[str, ...], mapping: ColumnMapping) -> dict[str, str]:
    """The first different values of each column, below the header row."""
    sheets = recognised.source.sheets
    sheet = next((one for one in sheets if one.name == mapping.options.get("sheet", "")), sheets[0])
    header = int(mapping.options.get("header_row", "1"))
    rows = sheet.head(header + SAMPLE_ROWS)[header:]
    found = {}
    for place, label in enumerate(labels):
        cells = (row[place].strip() for row in rows if place < len(row))
        found[label] = ",  ".join(list(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES])
    return found


def answered(data: MappingData, columns: dict[str, str], answers: dict[str, str]) -> ColumnMapping:
    """The mapping with what the user chose; an empty column takes the field out."""
    chosen = {name: label for name, label in columns.items() if label} if data.fields else {}
    place = {key: value for key, value in data.mapping.options.items() if key in {"header_row", "sheet"}}
    kept = dict(data.mapping.options) if chosen == dict(data.mapping.columns) else place
    given = dict(data.recognised.mapping.options)  # earlier answers
    return ColumnMapping(chosen, {**kept, **given, **answers})
