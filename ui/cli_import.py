"""Commands that read files: import, identify, formats."""

import json
from decimal import Decimal
from pathlib import Path

import click

from core.errors import UserError
from core.importing.issue import Issue, Question, Severity
from core.importing.totals import RESIDUE_SCALE, ControlTotals
from core.money import exponent_of, plain, to_minor
from core.store.book import Book
from core.usecases.import_files import Preview, commit_import, preview_import
from core.usecases.rejected_rows import rejected_rows_csv
from importers.shelf import importers
from reports.export import write_file
from ui.cli_books import BOOK, JSON, opened
from ui.cli_import_words import ANSWERS, asked_in_words, mapping_to_complete, way_on
from ui.cli_output import PROGRESS, Attention, print_json, print_table
from ui.intake import Recognised, recognise_file, remember_mapping

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
Outcome = dict[str, object]
_BAD = ("refused", "question")


class InputNotUsed(UserError):
    """At least one file was not imported."""


@click.command("import")
@BOOK
@FILES
@click.option("--format", "format_key", default="", help="Key of the format (see `quintile formats`).")
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="Column mapping, as `identify --json` prints it."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@click.option(
    "--rejected", type=click.Path(path_type=Path), help="Save rows that were not taken to this CSV file."
)
@JSON
def import_(
    book: Path,
    files: tuple[Path, ...],
    format_key: str,
    mapping: Path | None,
    *,
    dry_run: bool,
    rejected: Path | None,
    as_json: bool,
) -> None:
    """Bring FILEs into BOOK. What is there already is not added again."""
    with opened(book) as found:
        outcomes = [
            _import_one(found, path, format_key, mapping, dry_run=dry_run, rejected=rejected)
            for path in files
        ]
    if as_json:
        print_json({"imports": outcomes})
    else:
        for outcome in outcomes:
            _tell(outcome)
    if any(outcome["status"] in _BAD for outcome in outcomes):
        message = f"{sum(outcome['status'] in _BAD for outcome in outcomes)} of {len(files)} files were not imported."
        raise InputNotUsed(message)
    if any(_needs_attention(outcome) for outcome in outcomes):
        raise Attention


def _import_one(
    book: Book, path: Path, format_key: str, mapping: Path | None, *, dry_run: bool, rejected: Path | None
) -> Outcome:
    try:
        recognised = recognise_file(
            path, book, format_key=format_key, mapping_file=mapping, progress=PROGRESS
        )
        if recognised.refusal or recognised.importer is None or recognised.questions:
            return _not_imported(path, recognised, book.path)
        preview = preview_import(
            book, recognised.source, recognised.importer, mapping=recognised.mapping, progress=PROGRESS
        )
        if rejected:
            write_file(rejected, rejected_rows_csv(preview))
        if preview.holds_nothing:
            return _without_rows(path, preview)
        if dry_run:
            return _outcome(path, preview, status="unchanged" if preview.adds_nothing else "would import")
        result = commit_import(book, preview, progress=PROGRESS)
        remember_mapping(book, recognised)
    except UserError as error:
        return {"file": str(path), "format": format_key or None, "status": "refused"} | _nothing(
            [_as_issue(str(error))]
        )
    status = "unchanged" if result.import_id is None else "imported"
    return _outcome(path, preview, status=status, import_id=result.import_id)


def _without_rows(path: Path, preview: Preview) -> Outcome:
    left_out = ", ".join(f"{what}: {count}" for what, count in preview.parsing.left_out.items())
    message = (
        f"{path.name}: expected at least one row that can be used, found none"
        f"{f' (left out: {left_out})' if left_out else ''}. Look at the rows below, or export the file again."
    )
    outcome = _outcome(path, preview, status="refused")
    return outcome | {"issues": [_as_issue(message), *(issue_as_json(issue) for issue in preview.issues)]}


def _not_imported(path: Path, recognised: Recognised, book: Path) -> Outcome:
    key = recognised.importer.key if recognised.importer else None
    if recognised.refusal:
        return {"file": str(path), "format": key, "status": "refused"} | _nothing(
            [_as_issue(recognised.refusal)]
        )
    issues = [_as_issue(asked_in_words(one), one.column or one.field) for one in recognised.questions]
    if words := way_on(path, recognised, book):
        issues.append(issue_as_json(Issue(0, "mapping", Severity.NOTE, words)))
    questions = [question_as_json(one) for one in recognised.questions]
    mapping = json.loads(mapping_to_complete(recognised))
    return (
        {"file": str(path), "format": key, "status": "question"}
        | _nothing(issues)
        | {"questions": questions, "mapping": mapping}
    )


def _as_issue(message: str, field: str = "file") -> dict[str, object]:
    return {"row": 0, "field": field, "severity": Severity.ERROR.value, "message": message}


def question_as_json(question: Question) -> dict[str, object]:
    """Return a question with its evidence and choices."""
    return {
        "field": question.field,
        "column": question.column,
        "question": question.text,
        "evidence": question.evidence,
        "choices": list(question.choices),
        "answer": "columns" if question.field in {"format", "mapping"} else f"options.{question.field}",
    }


def _nothing(issues: list[dict[str, object]]) -> Outcome:
    return (
        {"import_id": None}
        | _figures(ControlTotals(), "USD")
        | {"net_total": None, "tax_total": None, "issues": issues}
    )


def _outcome(path: Path, preview: Preview, *, status: str, import_id: int | None = None) -> Outcome:
    issues = [issue_as_json(issue) for issue in preview.issues]
    head: Outcome = {
        "file": str(path),
        "format": preview.importer.key,
        "status": status,
        "import_id": import_id,
    }
    difference = preview.stated_difference
    exponent = exponent_of(preview.totals.currency.partition("+")[0])
    stated = {"stated_difference": None if difference is None else plain(difference, exponent)}
    return head | _figures(preview.totals, preview.totals.currency) | stated | {"issues": issues}


def issue_as_json(issue: Issue) -> dict[str, object]:
    """Return an issue as JSON has it."""
    return {
        "row": issue.row,
        "field": issue.field,
        "severity": issue.severity.value,
        "message": issue.message,
    }


def _figures(totals: ControlTotals, currency: str) -> Outcome:
    # A sum over several currencies is no amount.
    exponent, mixed = exponent_of(currency.partition("+")[0]), "+" in currency
    rounding = to_minor(Decimal(totals.residue) / RESIDUE_SCALE, 0)
    return {
        "documents": totals.documents,
        "credit_notes": totals.credit_notes,
        "lines": totals.lines,
        "lines_without_customer": totals.lines_without_customer,
        "postings": totals.postings,
        "items": totals.items,
        "customers": totals.customers,
        "duplicates": totals.duplicates,
        "changed": totals.changed,
        "rejected": totals.rejected,
        "net_total": None if mixed else plain(totals.net_total, exponent),
        "tax_total": None if mixed else plain(totals.tax_total, exponent),
        "cost_total": None if mixed or totals.cost_total is None else plain(totals.cost_total, exponent),
        "debit_total": plain(totals.debit_total, exponent),
        "credit_total": plain(totals.credit_total, exponent),
        "currency": totals.currency or None,
        "first_date": totals.first_date or None,
        "last_date": totals.last_date or None,
        "stated_total": None
        if mixed or totals.stated_total is None
        else plain(totals.stated_total, exponent),
        "rounding": None if mixed else plain(rounding, exponent),
    }


def _needs_attention(outcome: Outcome) -> bool:
    issues = outcome["issues"]
    assert isinstance(issues, list)
    differs = Decimal(str(outcome["stated_difference"] or 0)) != 0
    return (
        bool(outcome["rejected"]) or differs or any(issue["severity"] == Severity.ERROR for issue in issues)
    )


def _tell(outcome: Outcome) -> None:
    parts = [f"{outcome['file']}: {outcome['status']}"]
    if outcome["format"]:
        parts.append(f"({outcome['format']})")
    if outcome["status"] not in _BAD:
        counts = ("documents", "lines", "postings", "items", "customers", "duplicates", "changed", "rejected")
        parts.append(", ".join(f"{outcome[name]} {name}" for name in counts if outcome[name]))
        if outcome["documents"]:
            parts.append(f"net {outcome['net_total'] or 'in several currencies:'} {outcome['currency']}")
    click.echo(" ".join(part for part in parts if part))
    issues = outcome["issues"]
    assert isinstance(issues, list)
    for issue in issues[:20]:
        field = "" if issue["field"] == "row" else f", {issue['field']}"
        place = f"row {issue['row']}{field}: " if issue["row"] else ""
        click.echo(
            f"  {issue['severity']}: {place}{issue['message']}", err=issue["severity"] == Severity.ERROR
        )
    if len(issues) > 20:
        click.echo(f"  and {len(issues) - 20} more; use --json to see all")


@click.command(epilog=ANSWERS)
@FILES
@click.option("--book", type=click.Path(path_type=Path), help="Use the mappings that this book remembers.")
@click.option("--format", "format_key", default="", help="Read the files as this format.")
@click.option(
    "--save-mapping",
    "target",
    type=click.Path(path_type=Path),
    help="Write the best guess of the mapping to this file, to be completed.",
)
@JSON
def identify(
    files: tuple[Path, ...], book: Path | None, format_key: str, target: Path | None, *, as_json: bool
) -> None:
    """Say what FILEs are, and what has to be asked before they can be imported."""
    if target is not None and len(files) > 1:
        message = "--save-mapping takes one file at a time."
        raise click.UsageError(message)
    found = opened(book, read_only=True) if book else None
    answers = [_identify_one(path, found, format_key) for path in files]
    if target is not None and "mapping" in answers[0]:
        write_file(target, (json.dumps(answers[0]["mapping"], ensure_ascii=False, indent=2) + "\n").encode())
    if as_json:
        print_json({"files": answers})
    else:
        print_table(("File", "Format", "Sure", "Why"), [_identity_row(answer) for answer in answers])
        for words in (one for answer in answers for one in _open_words(answer)):
            click.echo(words)
    if any(answer["status"] != "recognised" for answer in answers):
        message = "Not every file can be imported as it is."
        raise InputNotUsed(message)


def _open_words(answer: Outcome) -> list[str]:
    words = answer.get("words", [])
    assert isinstance(words, list)
    return [
        *(f"{answer['file']}: {one}" for one in words),
        *([str(answer["next"])] if answer.get("next") else []),
    ]


def _identify_one(path: Path, book: Book | None, format_key: str) -> Outcome:
    try:
        recognised = recognise_file(path, book, format_key=format_key, progress=PROGRESS)
    except UserError as error:
        return {
            "file": str(path),
            "format": None,
            "status": "refused",
            "confidence": 0.0,
            "reasons": [str(error)],
        }
    key = recognised.importer.key if recognised.importer else None
    status = (
        "refused" if recognised.refusal else "question" if recognised.questions or not key else "recognised"
    )
    return {
        "file": str(path),
        "format": key,
        "status": status,
        "confidence": round(recognised.confidence, 2),
        "reasons": [recognised.refusal] if recognised.refusal else list(recognised.reasons),
        "questions": [question_as_json(one) for one in recognised.questions],
        "words": [asked_in_words(one) for one in recognised.questions],
        "next": (way_on(path, recognised, book.path if book else None) or None)
        if status == "question"
        else None,
        "mapping": json.loads(mapping_to_complete(recognised)),
    }


def _identity_row(answer: Outcome) -> tuple[object, ...]:
    reasons = answer["reasons"]
    assert isinstance(reasons, list)
    return answer["file"], answer["format"] or answer["status"], answer["confidence"], "; ".join(reasons)


@click.command()
@JSON
def formats(*, as_json: bool) -> None:
    """List the formats that are understood."""
    known = [{"key": one.key, "label": one.label, "yields": one.yields} for one in importers()]
    if as_json:
        print_json({"formats": known})
    else:
        print_table(("Format", "What it is", "Holds"), [tuple(one.values()) for one in known])
