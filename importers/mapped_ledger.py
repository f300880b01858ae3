"""The general ledger from mapped columns: debit and credit, or one signed amount."""

import re
from collections.abc import Sequence
from itertools import repeat

from core.importing.issue import Question
from core.importing.records import AccountType, Posting, Record
from core.money import exponent_of
from importers.cells import CellError
from importers.mapped_columns import Columns, Plan, Readers
from importers.mapped_field import MappedField
from importers.mapped_ledger_words import account_type, side_sign
from importers.mapped_rows import Maker, MixedBatch
from importers.mapped_table import MappedTable, Meaning
from importers.table import body

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

    def __init__(self, key: str, label: str, fields: tuple[MappedField, ...]) -> None:
        """Take the names and the fields."""
        self.key = key
        self.label = label
        self.fields = fields

    def maker(self, plan: Plan) -> Maker:
        """Return who makes the postings."""
        return LedgerMaker(plan)

    def meaning(self, plan: Plan) -> Meaning:
        """Decide what the sign of a single amount means."""
        given = plan.options.get("amount_sign", "")
        if {"debit", "credit"} <= plan.labels.keys() or "side" in plan.labels:
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
        label = plan.labels["amount"]
        text = f"What does a positive amount in column '{label}' mean?"
        evidence = "the amounts do not add up to 0, and income accounts are not known or not positive"
        return Meaning({}, (Question("amount_sign", label, text, evidence, _SIGNS),))


def _sums(plan: Plan) -> tuple[int, int | None]:
    """Return the sum of all amounts, and that of income accounts (None: no such account is known)."""
    readers = Readers(plan)
    total = income = 0
    known = False
    width = len(plan.layout.labels)
    for _, rows in body(plan.source, plan.layout.sheet, plan.layout.header):
        dated = [row for row in rows if len(row) == width and row[plan.place("date")].strip()]
        for row in dated:
            columns = Columns.of_rows(readers, [row])
            try:
                amount = columns.minor("amount", 4, blank=0)[0][0]
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


class LedgerMaker:
    """Makes postings from columns."""

    amounts: tuple[str, ...] = ("debit", "credit", "amount")
    states_totals = False

    def __init__(self, plan: Plan) -> None:
        """Take what was decided."""
        self._default_exponent = exponent_of(plan.options.get("currency") or plan.currency)
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
        """Return one posting a row. Raises CellError."""
        dates = columns.dates("date", required=True)
        accounts, names = self._accounts(columns)
        types = list(map(account_type, columns.text("account_type")))
        currencies, exponent = self._currencies(columns)
        return list(
            map(
                Posting._make,
                zip(
                    numbers,
                    dates,
                    accounts,
                    names,
                    types,
                    columns.text("entry"),
                    columns.text("customer"),
                    columns.text("memo"),
                    self._amounts(columns, exponent, types),
                    currencies,
                    strict=False,
                ),
            )
        )

    def _accounts(self, columns: Columns) -> tuple[list[str], list[str]]:
        """Return codes (or names where there are none) and names. Raises CellError for a row without."""
        accounts, names = columns.text("account"), columns.text("account_name")
        if not all(accounts):
            accounts = [account or name for account, name in zip(accounts, names, strict=True)]
        if not all(accounts):
            error = CellError("an account", "")
            error.field = "account" if "account" in columns else "account_name"
            raise error
        if self._codes:
            parts = [_CODE_AND_NAME.fullmatch(account) for account in accounts]
            names = [part[2] if part else "" for part in parts]
            accounts = [part[1] if part else account for part, account in zip(parts, accounts, strict=True)]
        return accounts, names

    def _currencies(self, columns: Columns) -> tuple[Sequence[str], int]:
        if "currency" not in columns:
            return list(repeat(self._currency, columns.count)), self._default_exponent
        codes = [code.upper() for code in columns.text("currency")]
        exponents = {exponent_of(code) if code else self._default_exponent for code in set(codes)}
        if len(exponents) > 1:
            raise MixedBatch
        return codes, exponents.pop()

    def _amounts(self, columns: Columns, exponent: int, types: list[AccountType]) -> list[int]:
        """Return debit-positive amounts. Raises CellError for a row without an amount."""
        if {"debit", "credit"} <= columns.names():
            self._check_filled(columns, ("debit", "credit"))
            debits = columns.minor("debit", exponent, blank=0)[0]
            credits_ = columns.minor("credit", exponent, blank=0)[0]
            return [debit - credit for debit, credit in zip(debits, credits_, strict=True)]
        amounts = columns.minor("amount", exponent, blank=None)[0]
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

    def _check_filled(self, columns: Columns, names: tuple[str, str]) -> None:
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
