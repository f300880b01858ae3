"""The general ledger from mapped columns: debit and credit, or one signed amount."""

import re
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter

from core.importing.issue import Question
from core.importing.records import AccountType, Posting, Record
from core.money import exponent_of
from importers.cells import CellError
from importers.mapped_columns import Columns, Plan, Readers
from importers.mapped_field import MappedField
from importers.mapped_ledger_words import account_type, side_sign
from importers.mapped_rows import Maker
from importers.mapped_table import MappedTable, Meaning
from importers.table import body, is_nothing_but_total

# Accounts whose balance stands on the credit side: there a natural sign means the opposite.
_CREDIT_SIDE = frozenset(
    {AccountType.INCOME, AccountType.OTHER_INCOME, AccountType.LIABILITY, AccountType.EQUITY}
)
_CODE_AND_NAME = re.compile(r"(\d{3,}[\d.\-]*)\s*[·:–-]?\s+(\S.*)")
_SIGNS = ("debit_positive", "credit_positive", "natural")


class LedgerTable(MappedTable):
    """Postings: date, account, and debit and credit or a signed amount."""

    yields = "ledger"
    needs = (
        (frozenset({"date"}),),
        (frozenset({"account"}), frozenset({"account_name"})),
        (frozenset({"debit", "credit"}), frozenset({"amount"})),
    )
    need_titles = ("the date", "the account", "the amount (or debit and credit)")

    def __init__(self, key: str, label: str, fields: tuple[MappedField, ...]) -> None:
        """Take the names and the fields."""
        self.key = key
        self.label = label
        self.fields = fields

    def maker(self, plan: Plan) -> Maker:
        """Return who makes the postings."""
        return LedgerMaker(plan)

    def missing(self, columns: Mapping[str, str]) -> list[str]:
        """Return what is missing; amounts in the book's currency do for amounts."""
        pairs = (("base_amount", "amount"), ("base_debit", "debit"), ("base_credit", "credit"))
        return super().missing({**{own: columns[base] for base, own in pairs if base in columns}, **columns})

    def meaning(self, plan: Plan) -> Meaning:
        """Decide what the sign of a single amount means."""
        given = plan.options.get("amount_sign", "")
        if _has_sides(plan.labels.keys()) or "side" in plan.labels:
            return Meaning({})
        if given in _SIGNS:
            return Meaning({"amount_sign": given})
        total, income = _sums(plan)
        if total == 0 and income is not None:
            sign = "credit_positive" if income > 0 else "debit_positive"
            return Meaning({"amount_sign": sign}, notes=(f"All amounts add up to 0: signs are {sign}.",))
        if total == 0:
            note = "All amounts add up to 0 and no account types are known: debits are taken as positive."
            return Meaning({"amount_sign": "debit_positive"}, notes=(note,))
        if income is not None and income > 0:
            note = "Income is positive and the amounts do not add up to 0: each account has its natural sign."
            return Meaning({"amount_sign": "natural"}, notes=(note,))
        label = plan.labels[_single_amount(plan.labels.keys())]
        text = f"What does a positive amount in column '{label}' mean?"
        evidence = "the amounts do not add up to 0, and income accounts are not known or not positive"
        return Meaning({}, (Question("amount_sign", label, text, evidence, _SIGNS),))


def _sums(plan: Plan) -> tuple[int, int | None]:
    """Return the sum of all amounts, and that of income accounts (None: no such account is known)."""
    readers = Readers(plan)
    name = _single_amount(plan.labels.keys())
    total = income = 0
    known = False
    width = len(plan.layout.labels)
    for _, rows in body(plan.source, plan.layout.sheet, plan.layout.header):
        dated = [row for row in rows if len(row) == width and row[plan.place("date")].strip()]
        for row in dated:
            columns = Columns.of_rows(readers, [row])
            try:
                base_is_given = "amount" not in columns or bool(columns.text(name)[0])
                amount = columns.minor(name if base_is_given else "amount", 4, blank=0)[0][0]
            except CellError:
                continue  # becomes an issue when the rows are read
            total += amount
            if account_type(columns.text("account_type")[0]) in {
                AccountType.INCOME,
                AccountType.OTHER_INCOME,
            }:
                known = True
                income += amount
    return total, income if known else None


def _has_sides(names: Collection[str]) -> bool:
    return {"debit", "credit"} <= set(names) or {"base_debit", "base_credit"} <= set(names)


def _single_amount(names: Collection[str]) -> str:
    return "base_amount" if "base_amount" in names else "amount"


class LedgerMaker:
    """Makes postings from columns."""

    amounts: tuple[str, ...] = ("debit", "credit", "amount", "base_debit", "base_credit", "base_amount")
    states_totals = False

    def __init__(self, plan: Plan) -> None:
        """Take what was decided."""
        self._book = plan.currency
        self._exponent = exponent_of(plan.currency)
        self._currency = plan.options.get("currency", "")
        self._sign = plan.options.get("amount_sign", "debit_positive")
        self._codes = "account_name" not in plan.labels and _has_codes(plan)

    def left_out(self, columns: Columns) -> None:
        """Every dated row of a ledger is a posting."""
        del columns

    def stated(self, columns: Columns) -> None:
        """A total row of a ledger says nothing about the whole."""
        del columns

    def make(self, numbers: Sequence[int], columns: Columns) -> list[Record]:
        """Return one posting a row, in the book's currency. Raises CellError."""
        currencies = self._currencies(columns)
        foreign = {code for code in set(currencies) if code not in {"", self._book}}
        if not foreign:
            return self._postings(numbers, columns, currencies, self._own(columns))
        places = [place for place, code in enumerate(currencies) if code in foreign]
        own = [place for place, code in enumerate(currencies) if code not in foreign]
        translated = columns.only(places)
        sources = self._translated(translated, [currencies[place] for place in places])
        found = self._postings([numbers[place] for place in places], translated, [""] * len(places), sources)
        if own:
            rest, codes = columns.only(own), [currencies[place] for place in own]
            found += self._postings([numbers[place] for place in own], rest, codes, self._own(rest))
        return sorted(found, key=attrgetter("row"))

    def _postings(
        self, numbers: Sequence[int], columns: Columns, currencies: list[str], sources: tuple[str, ...]
    ) -> list[Record]:
        """Return postings whose amounts stand in the columns `sources`: debit and credit, or a signed one."""
        dates = columns.dates("date", required=True)
        accounts, names = self._accounts(columns)
        types = list(map(account_type, columns.text("account_type")))
        texts = [columns.text(name) for name in ("entry", "customer", "memo")]
        amounts = self._amounts(columns, sources, types)
        return list(
            map(
                Posting._make,
                zip(numbers, dates, accounts, names, types, *texts, amounts, currencies, strict=True),
            )
        )

    def _own(self, columns: Columns) -> tuple[str, ...]:
        """Return the columns that hold the amounts of rows in the book's currency."""
        if {"debit", "credit"} <= columns.names():
            return ("debit", "credit")
        return ("amount",) if "amount" in columns else self._in_book_currency(columns)

    def _in_book_currency(self, columns: Columns) -> tuple[str, ...]:
        if {"base_debit", "base_credit"} <= columns.names():
            return ("base_debit", "base_credit")
        return ("base_amount",) if "base_amount" in columns else ()

    def _translated(self, columns: Columns, currencies: list[str]) -> tuple[str, ...]:
        """Return the columns with the book's currency for rows in others. Raises CellError without them."""
        if sources := self._in_book_currency(columns):
            return sources
        # Beside an amount in the other currency, debit and credit are the book's.
        if "foreign_amount" in columns and all(columns.text("foreign_amount")):
            return self._own(columns)
        expected = f"{self._book}, the book's currency, or a column with the amount in {self._book} mapped"
        error = CellError(expected, currencies[0])
        error.field = "currency"
        raise error

    def _accounts(self, columns: Columns) -> tuple[list[str], list[str]]:
        """Return codes (or names where there are none) and names. Raises CellError for a row without."""
        accounts, names = columns.text("account"), columns.text("account_name")
        if not all(accounts):
            accounts = [account or name for account, name in zip(accounts, names, strict=True)]
        wrong = next((one for one in set(accounts) if not one or is_nothing_but_total(one)), None)
        if wrong is not None:
            error = CellError("an account (a total row is none; delete it)" if wrong else "an account", wrong)
            error.field = "account" if "account" in columns else "account_name"
            raise error
        if self._codes:
            parts = [_CODE_AND_NAME.fullmatch(account) for account in accounts]
            names = [part[2] if part else "" for part in parts]
            accounts = [part[1] if part else account for part, account in zip(parts, accounts, strict=True)]
        return accounts, names

    def _currencies(self, columns: Columns) -> list[str]:
        if "currency" not in columns:
            return [self._currency] * columns.count
        return [code.upper() or self._currency for code in columns.text("currency")]

    def _amounts(self, columns: Columns, sources: tuple[str, ...], types: list[AccountType]) -> list[int]:
        """Return debit-positive amounts. Raises CellError for a row without an amount."""
        if len(sources) > 1:
            self._check_filled(columns, sources)
            debits, credits_ = (columns.minor(name, self._exponent, blank=0)[0] for name in sources)
            return [debit - credit for debit, credit in zip(debits, credits_, strict=True)]
        amounts = columns.minor(sources[0], self._exponent, blank=None)[0]
        if "side" in columns:
            return [amount * sign for amount, sign in zip(amounts, self._sides(columns), strict=True)]
        if self._sign == "credit_positive":
            return [-amount for amount in amounts]
        if self._sign == "natural":
            return [
                -amount if kind in _CREDIT_SIDE else amount
                for amount, kind in zip(amounts, types, strict=True)
            ]
        return amounts

    def _check_filled(self, columns: Columns, names: tuple[str, ...]) -> None:
        left, right = (columns.text(name) for name in names)
        if not all(one or other for one, other in zip(left, right, strict=True)):
            error = CellError("a debit or a credit", "")
            error.field = names[0]
            raise error

    def _sides(self, columns: Columns) -> list[int]:
        signs = list(map(side_sign, columns.raw("side")))
        if 0 in signs:
            error = CellError("D or C", columns.raw("side")[signs.index(0)])
            error.field = "side"
            raise error
        return signs


def _has_codes(plan: Plan) -> bool:
    """Tell whether the account column writes codes and names together: '4000 Sales'."""
    values = [value.strip() for value in plan.layout.column(plan.labels["account"]) if value.strip()]
    return bool(values) and all(map(_CODE_AND_NAME.fullmatch, values))
