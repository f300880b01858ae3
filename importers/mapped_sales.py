"""Sales from mapped columns: the lines of invoices, receipts and credit notes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat

from core.importing.records import DocumentKind, Record, SalesLine
from core.money import exponent_of, is_currency
from importers.cells import CellError
from importers.mapped_columns import Columns, Plan
from importers.mapped_field import MappedField
from importers.mapped_guess import Layout
from importers.mapped_rows import Maker, MixedBatch
from importers.mapped_sales_amounts import AmountReader
from importers.mapped_sales_doubts import INCLUDED, LEFT_OUT, is_unknown_type
from importers.mapped_sales_likely import CUSTOMERS, has_amount, likely_sales, may_hold_amounts
from importers.mapped_sales_meaning import sales_meaning
from importers.mapped_sales_words import kind_of, no_sale, no_sale_state
from importers.mapped_table import MappedTable, Meaning

_LEDGER_LABELS = frozenset({"split", "distribution account", "item split account"})
# What a card or payment service, or a shop with its totals on the first line only, exports beside the amounts.
_STRANGERS = frozenset(
    [
        "captured",
        "paymentsourcetype",
        "fee",
        "fees",
        "entgelt",
        "gebuhr",
        "balanceimpact",
        "guthaben",
        "payoutdate",
        "financialstatus",
        "lineitemname",
        "lineitemquantity",
        "lineitemprice",
    ]
)
NO_AMOUNTS = (
    "No column holds amounts. Without them the file cannot be imported as sales: export it again with the "
    "amount of each line, or with quantity and price."
)
# SalesLine._make without its call in Python: it is made a million times.
_line: Callable[[tuple[object, ...]], SalesLine] = partial(tuple.__new__, SalesLine)
_LOWERING = frozenset({DocumentKind.CREDIT, DocumentKind.REFUND})


class SalesTable(MappedTable):
    """Lines of documents: date, an amount, and whatever else the table has."""

    yields = "sales"
    strangers = _STRANGERS
    needs = (
        (frozenset({"date"}),),
        (
            frozenset({"net"}),
            frozenset({"gross"}),
            frozenset({"quantity", "unit_price"}),
            frozenset({"total"}),
        ),
    )
    need_titles = ("the date", "the amount")

    def __init__(self, key: str, label: str, fields: tuple[MappedField, ...]) -> None:
        """Take the names and the fields."""
        self.key = key
        self.label = label
        self.fields = fields

    def maker(self, plan: Plan) -> Maker:
        """Return who makes the lines."""
        return SalesMaker(plan)

    def meaning(self, plan: Plan) -> Meaning:
        """Decide on discounts and signs."""
        return sales_meaning(plan, self.fields)

    def complete(self, layout: Layout, columns: Mapping[str, str]) -> dict[str, str]:
        """Return the columns with what a plain list of transactions may mean."""
        return likely_sales(layout, self.fields, columns)

    def unnamed(self, columns: Mapping[str, str]) -> dict[str, str]:
        """Return the customer where nobody is named: sales without one say little."""
        return {} if columns.keys() & set(CUSTOMERS) else {"customer": "the customer"}

    def remarks(self, layout: Layout, columns: Mapping[str, str]) -> tuple[str, ...]:
        """Say what to do with a file without amounts."""
        money = next(field for field in self.fields if field.name == "net")
        if has_amount(columns) or may_hold_amounts(layout, money, columns):
            return ()
        return (NO_AMOUNTS,)

    def refine(self, layout: Layout, columns: dict[str, str]) -> dict[str, str]:
        """Keep a ledger from being taken for sales: it has debits, credits and accounts."""
        labels = {label.casefold() for label in layout.labels}
        both_sides = labels & {"debit", "soll"} and labels & {"credit", "haben"}
        return {} if both_sides or labels & _LEDGER_LABELS else columns


class SalesMaker:
    """Makes lines from columns."""

    amounts: tuple[str, ...] = ("net", "gross", "unit_price", "total", "quantity")
    states_totals = True

    def __init__(self, plan: Plan) -> None:
        """Take what was decided."""
        self._plan = plan
        self._default_exponent = exponent_of(plan.options.get("currency") or plan.currency)
        no_unknown = plan.options.get("unknown_types") == LEFT_OUT
        self._judge_type = _known_type if no_unknown else no_sale
        self._flip = plan.options.get("credit_sign") == "positive"

    def left_out(self, columns: Columns) -> list[str] | None:
        """Say which rows belong to void, draft and other documents that are no sales."""
        reasons: list[str] | None = None
        for name, judge in (("type", self._judge_type), ("status", no_sale_state)):
            if name in columns and any(map(judge, set(columns.raw(name)))):
                found = list(map(judge, columns.raw(name)))
                reasons = (
                    [one or other for one, other in zip(reasons, found, strict=True)] if reasons else found
                )
        return reasons

    def make(self, numbers: Sequence[int], columns: Columns) -> list[Record]:
        """Return one line a row. Raises CellError."""
        currencies, exponent = self._currencies(columns)
        dates = columns.dates("date", required=True)
        amounts = self._reader(columns, exponent).read()
        kinds = list(map(kind_of, columns.raw("type"))) if "type" in columns else [""] * columns.count
        lines: Iterator[SalesLine] = map(
            _line,
            zip(
                numbers,
                kinds,
                columns.text("document"),
                dates,
                *self._customers(columns),
                *self._items(columns),
                columns.text("category"),
                columns.text("description"),
                columns.plain("quantity"),
                amounts.gross,
                amounts.discount,
                amounts.net,
                amounts.tax,
                amounts.cost,
                currencies,
                columns.rates(),
                columns.text("channel"),
                amounts.residue or repeat(0),
                strict=False,
            ),
        )
        if not self._flip:
            return list(lines)
        return [_negative(line) if line.kind in _LOWERING else line for line in lines]

    def _customers(self, columns: Columns) -> tuple[list[str], list[str]]:
        """Return keys and names; a line with a name alone knows its customer by the name."""
        return _known_by(columns, "customer", "customer_name")

    def _items(self, columns: Columns) -> tuple[list[str], list[str]]:
        """Return codes and names; a line with a name alone knows its item by the name."""
        codes, names = _known_by(columns, "item", "item_name")
        # Without a column of codes the name is all there is; without one of names the descriptions name the item.
        return codes, names if "item" in columns else codes

    def _reader(self, columns: Columns, exponent: int) -> AmountReader:
        options = self._plan.options
        return AmountReader(
            columns,
            exponent,
            discount_kind=options.get("discount_kind", "amount"),
            discount_sign=-1 if options.get("discount_sign") == "negative" else 1,
            net_holds_tax=options.get("net_tax") == INCLUDED,
        )

    def _currencies(self, columns: Columns) -> tuple[list[str], int]:
        """Return the lines' currencies and their one exponent. Raises MixedBatch where there are several."""
        if "currency" not in columns:
            return [self._plan.options.get("currency", "")] * columns.count, self._default_exponent
        currencies = [code.upper() for code in columns.text("currency")]
        for code in set(currencies) - {""}:
            if not is_currency(code):
                error = CellError("a currency code such as USD", code)
                error.field = "currency"
                raise error
        exponents = {exponent_of(code) if code else self._default_exponent for code in set(currencies)}
        if len(exponents) > 1:
            raise MixedBatch
        return currencies, exponents.pop()

    def stated(self, columns: Columns) -> int | None:
        """Return the net amount that a total row states."""
        name = next((name for name in ("net", "gross", "total") if name in columns), "")
        if not name or not columns.text(name)[0]:
            return None
        amount = columns.minor(name, self._default_exponent, blank=None)[0][0]
        return amount if name != "total" or "tax" not in columns else self._without_tax(columns, amount)

    def _without_tax(self, columns: Columns, amount: int) -> int:
        return amount - columns.minor("tax", self._default_exponent, blank=0)[0][0]


def _known_type(word: str) -> str:
    return no_sale(word) or ("other type" if is_unknown_type(word) else "")


def _negative(line: SalesLine) -> SalesLine:
    """Return a credit note's line, written with positive amounts, as what it does to the sales."""
    quantity = line.quantity
    return line._replace(
        quantity=quantity.removeprefix("-")
        if quantity.startswith("-")
        else f"-{quantity}"
        if quantity
        else "",
        gross_minor=-line.gross_minor,
        discount_minor=-line.discount_minor,
        net_minor=-line.net_minor,
        tax_minor=-line.tax_minor,
        cost_minor=None if line.cost_minor is None else -line.cost_minor,
        residue=-line.residue,
    )


def _known_by(columns: Columns, key: str, name: str) -> tuple[list[str], list[str]]:
    keys, names = columns.text(key), columns.text(name)
    if key not in columns:
        return names, keys
    if name in columns and not all(keys):
        keys = [one or other for one, other in zip(keys, names, strict=True)]
    return keys, names
