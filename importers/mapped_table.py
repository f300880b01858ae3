"""Tables of any origin whose columns are mapped to fields: guessed, answered, remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.importing.importer import ColumnMapping, Parsing, Recognition
from core.importing.issue import Issue, Question, Severity
from core.importing.source import Source
from importers.cells import CellError, number_style
from importers.mapped_columns import Plan
from importers.mapped_field import MappedField
from importers.mapped_guess import Layout, guess_columns, layouts
from importers.mapped_likely import Likely
from importers.mapped_mapping import UnansweredQuestion, UnusableMapping
from importers.mapped_rows import Maker, TableRun
from importers.mapped_scan import Decisions, decide, open_questions
from importers.table import compact, note

Needs = tuple[tuple[frozenset[str], ...], ...]
LEAST_SHARE = 0.25  # of a table's columns must be understood
NOT_SURE = 0.4
MOST_SURE = 0.7  # a format of a known program is surer than any mapped table


@dataclass(frozen=True)
class Guess:
    """What the columns of a file seem to hold."""

    columns: Mapping[str, str]  # field -> label
    options: Mapping[str, str]
    confidence: float
    questions: tuple[Question, ...]
    labels: tuple[str, ...] = ()  # all columns of the table, for the mapping


@dataclass(frozen=True)
class Meaning:
    """What the values of the mapped columns mean beyond their labels."""

    options: Mapping[str, str]
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()


class MappedTable:
    """A format whose columns are found by labels and values, or given by a mapping."""

    key = ""
    label = ""
    yields = ""
    fields: tuple[MappedField, ...] = ()
    needs: Needs = ()  # one alternative of each group must be mapped whole
    need_titles: tuple[str, ...] = ()  # what each group is, in words
    strangers: frozenset[str] = (
        frozenset()
    )  # compact labels of other programs' exports: confirm before reading

    def recognise(self, source: Source) -> Recognition:
        """Say how well the columns fit."""
        layout, columns = self._best(source, ColumnMapping())
        if layout is None or self.missing(columns):
            return Recognition(0.0)
        found = ", ".join(f"{field}: {label}" for field, label in columns.items())
        return Recognition(self._confidence(layout, columns), (f"Columns: {found}",))

    def guess(self, source: Source, mapping: ColumnMapping | None = None) -> Guess:
        """Return the likely mapping with what is still to be asked."""
        mapping = mapping or ColumnMapping()
        layout, columns = self._best(source, mapping)
        if layout is None or self.missing(columns):
            likely = self._likely(layout, columns)
            place = self._place_options(source, layout) if layout is not None else {}
            return Guess(
                likely.columns, {**place, **mapping.options}, 0.0, (likely.question(),), likely.labels
            )
        decisions = self._decide(source, layout, columns)
        meaning = self._meaning(source, layout, columns, decisions, mapping.options)
        options = (
            self._place_options(source, layout) | self._format_options(decisions) | dict(meaning.options)
        )
        questions = (*open_questions(decisions, mapping.options, columns), *meaning.questions)
        confidence = self._confidence(layout, columns)
        return Guess(columns, {**options, **mapping.options}, confidence, questions, layout.labels)

    def likely(self, source: Source) -> Likely:
        """Return what the columns may hold, where they are not known well enough to be read."""
        return self._likely(*self._best(source, ColumnMapping()))

    def sample(self, source: Source, label: str) -> tuple[str, ...]:
        """Return the first values of a column that are not empty."""
        layout, _ = self._best(source, ColumnMapping())
        return tuple(filter(None, layout.column(label))) if layout is not None else ()

    def questions(self, source: Source, mapping: ColumnMapping) -> list[Question]:
        """Return what the file does not prove and the mapping does not answer."""
        return list(self.guess(source, mapping).questions)

    def parse(self, source: Source, mapping: ColumnMapping, currency: str) -> Parsing:
        """Begin to read the records. Raises UnansweredQuestion, UnusableMapping."""
        self._check_options(mapping.options)
        guess = self.guess(source, mapping)
        if guess.questions:
            question = guess.questions[0]
            raise UnansweredQuestion(
                f"{source.path.name}: {question.text} Evidence: {question.evidence.rstrip('.')}."
            )
        layout, columns = self._best(source, mapping)
        assert layout is not None
        decisions = self._decide(source, layout, columns)
        meaning = self._meaning(source, layout, columns, decisions, mapping.options)
        parsing = Parsing(self.key, header=source.sheets[layout.sheet].head(layout.header + 1)[layout.header])
        options = {**meaning.options, **mapping.options}
        plan = Plan(source, layout, columns, decisions, options, currency, parsing)
        for message in (*meaning.notes, *self._mangled_notes(plan)):
            note(parsing, message)
        self._warn_of_other_sheets(source, layout, mapping, parsing)
        parsing.batches = TableRun(plan, self.maker(plan)).batches()
        return parsing

    # What a format adds.

    def maker(self, plan: Plan) -> Maker:
        """Return who makes the records."""
        raise NotImplementedError

    def meaning(self, plan: Plan) -> Meaning:
        """Decide what the values mean; the plan's options hold the answers given."""
        return Meaning(plan.options)

    def refine(self, layout: Layout, columns: dict[str, str]) -> dict[str, str]:
        """Correct guessed columns by looking at their values together."""
        del layout
        return columns

    def complete(self, layout: Layout, columns: Mapping[str, str]) -> dict[str, str]:
        """Return the columns with what can only be guessed; somebody confirms it."""
        del layout
        return dict(columns)

    def unnamed(self, columns: Mapping[str, str]) -> dict[str, str]:
        """Return what may be missing, would be useful, and was not found: field -> words."""
        del columns
        return {}

    def remarks(self, layout: Layout, columns: Mapping[str, str]) -> tuple[str, ...]:
        """Say what else a person needs to know of a table that cannot be read as it is."""
        del layout, columns
        return ()

    # How it is done.

    def _likely(self, layout: Layout | None, columns: Mapping[str, str]) -> Likely:
        titles = {field.name: field.title for field in self.fields}
        if layout is None:
            return Likely(self.label, (), {}, {}, titles, tuple(self.missing({})))
        found = columns or guess_columns(layout, self.fields)
        guessed = self.complete(layout, found)
        unnamed = self.unnamed(guessed)
        blanks = [
            min(group[0])
            for group, title in zip(self.needs, self.need_titles, strict=True)
            if title in self.missing(guessed)
        ]
        return Likely(
            self.label,
            layout.labels,
            {name: label for name, label in found.items() if guessed.get(name) == label},
            {name: label for name, label in guessed.items() if found.get(name) != label},
            titles,
            tuple(self.missing(guessed)),
            tuple(unnamed.values()),
            (*blanks, *unnamed),
            self.remarks(layout, guessed),
        )

    def _best(self, source: Source, mapping: ColumnMapping) -> tuple[Layout | None, dict[str, str]]:
        """Return the table of the file that fits best, and its columns."""
        best: tuple[Layout | None, dict[str, str]] = (None, {})
        for layout in layouts(source, self.fields, mapping.options):
            columns = self._given(layout, mapping) or self._guessed(layout)
            score = (not self.missing(columns), len(columns))
            if best[0] is None or score > (not self.missing(best[1]), len(best[1])):
                best = (layout, columns)
        if mapping.columns and best[0] is not None:
            self._check_given(best[0], mapping)
        return best

    def _warn_of_other_sheets(
        self, source: Source, chosen: Layout, mapping: ColumnMapping, parsing: Parsing
    ) -> None:
        """Say which sheets hold a table that would fit too: half of a workbook is not its sales."""
        if "sheet" in mapping.options:
            return
        others = [
            source.sheets[layout.sheet].name
            for layout in layouts(source, self.fields, mapping.options)
            if layout.sheet != chosen.sheet and layout.sample and not self.missing(self._guessed(layout))
        ]
        if others:
            message = (
                f"Only sheet '{source.sheets[chosen.sheet].name}' is read; {', '.join(map(repr, others))} would "
                "fit too. To import another sheet, name it in the mapping's option 'sheet' or save it as a file."
            )
            parsing.issues.append(Issue(0, "sheet", Severity.WARNING, message))

    def _guessed(self, layout: Layout) -> dict[str, str]:
        """Return the columns that labels and values suggest; none for a report with group headings."""
        if layout.is_grouped():
            return {}
        return self.refine(layout, guess_columns(layout, self.fields))

    def _given(self, layout: Layout, mapping: ColumnMapping) -> dict[str, str]:
        known = {field.name for field in self.fields}
        return {
            field: label
            for field, label in mapping.columns.items()
            if field in known and label in layout.labels
        }

    def _check_given(self, layout: Layout, mapping: ColumnMapping) -> None:
        known = {field.name for field in self.fields}
        for field, label in mapping.columns.items():
            if field not in known:
                raise UnusableMapping(f"There is no field '{field}'. Fields: {', '.join(sorted(known))}.")
            if label and label not in layout.labels:
                raise UnusableMapping(
                    f"The mapping expects a column '{label}' for {field}, but the file has: "
                    f"{', '.join(layout.labels)}. Correct the mapping."
                )

        kinds = {field.name: field.kind for field in self.fields}
        used: dict[str, str] = {}
        for field, label in mapping.columns.items():
            other = used.setdefault(label, field)
            if label and other != field and {kinds[other], kinds[field]} - {"text", "id"}:
                raise UnusableMapping(
                    f"Column '{label}' cannot be {other} and {field} at once. Correct the mapping."
                )

    def _check_options(self, options: Mapping[str, str]) -> None:
        try:
            number_style(options.get("number_format") or "1,234.5")
        except CellError as error:
            raise UnusableMapping(f"Option number_format: {error}.") from None
        if options.get("date_order", "") not in {"", "dmy", "mdy", "ymd"}:
            raise UnusableMapping("Option date_order: expected dmy, mdy or ymd.")

    def missing(self, columns: Mapping[str, str]) -> list[str]:
        """Return the titles of what nothing can be read without."""
        return [
            title
            for group, title in zip(self.needs, self.need_titles, strict=True)
            if not any(names <= columns.keys() for names in group)
        ]

    def _confidence(self, layout: Layout, columns: Mapping[str, str]) -> float:
        """Return more the more of the table's columns are understood."""
        share = len(columns) / max(len(layout.labels), 1)
        if share < LEAST_SHARE or not self.strangers.isdisjoint(map(compact, layout.labels)):
            return NOT_SURE  # the export of a program that is not known: its meaning must be confirmed
        return round(min(MOST_SURE, 0.35 + 0.03 * len(columns) + 0.2 * share), 3)

    def _decide(self, source: Source, layout: Layout, columns: Mapping[str, str]) -> Decisions:
        by_name = {field.name: field for field in self.fields}
        return decide(source, layout, {label: by_name[name] for name, label in columns.items()})

    def _meaning(
        self,
        source: Source,
        layout: Layout,
        columns: Mapping[str, str],
        decisions: Decisions,
        options: Mapping[str, str],
    ) -> Meaning:
        plan = Plan(source, layout, columns, decisions, options, "", Parsing(self.key))
        if open_questions(decisions, options, columns):
            return Meaning(options)  # what numbers mean cannot be told before they can be read
        meaning = self.meaning(plan)
        return replace(meaning, options={k: v for k, v in meaning.options.items() if v})

    def _place_options(self, source: Source, layout: Layout) -> dict[str, str]:
        place = {"header_row": str(layout.header + 1)}
        return place | ({"sheet": source.sheets[layout.sheet].name} if len(source.sheets) > 1 else {})

    def _format_options(self, decisions: Decisions) -> dict[str, str]:
        orders = {decision.order for decision in decisions.dates.values() if decision.order in {"dmy", "mdy"}}
        styles = {
            decision.style.example()
            for decision in decisions.numbers.values()
            if decision.style and decision.style.thousands
        }
        options = {"date_order": str(orders.pop())} if len(orders) == 1 else {}
        return options | ({"number_format": styles.pop()} if len(styles) == 1 else {})

    def _mangled_notes(self, plan: Plan) -> list[str]:
        return [
            f"Column '{plan.labels[name]}': a spreadsheet had turned the keys into decimals (17850.0); "
            "they are read as 17850."
            for name in sorted(plan.decisions.mangled)
        ]
