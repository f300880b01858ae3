"""What can be set for a book: the fields in plain words, what is wrong with a value, what a change moves."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.money import is_currency

NO_FIGURE = "No figure changes."


@dataclass(frozen=True)
class SettingField:
    """One setting of a book; with `choices` it is picked, else it is typed."""

    name: str
    label: str
    explained: str
    moves: str  # which pages and figures a change affects
    choices: tuple[tuple[str, str], ...] = ()
    placeholder: str = ""


MONTHS = tuple(
    (str(number), name)
    for number, name in enumerate(
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        start=1,
    )
)
PAPERS = (("A4", "A4, 210 × 297 mm"), ("Letter", "Letter, 8.5 × 11 in"))
GROUPS: tuple[tuple[str, tuple[SettingField, ...]], ...] = (
    (
        "Client",
        (
            SettingField(
                "client_name",
                "Client’s name",
                "The business whose books these are.",
                f"The title of the window, the report and the workbook. {NO_FIGURE}",
            ),
            SettingField(
                "currency",
                "Currency",
                "A code such as USD, EUR or GBP. It is fixed once a file was imported.",
                "The sign and the decimals of every amount.",
                placeholder="USD",
            ),
            SettingField(
                "year_start",
                "Fiscal year starts in",
                "Where quarters and fiscal years begin.",
                f"The quarters and fiscal years that can be picked above every page. {NO_FIGURE}",
                MONTHS,
            ),
        ),
    ),
    (
        "Firm and report",
        (
            SettingField(
                "firm_name",
                "Your firm",
                "Stands on the cover and in the head of every page of the report.",
                f"Report and workbook. {NO_FIGURE}",
                placeholder="Your practice, such as Larkspur Bookkeeping",
            ),
            SettingField(
                "author",
                "Author",
                "Signs reports, closes, notes and moves by hand. Empty: who is signed in on this computer.",
                f"What is written from now on; earlier entries keep their name. {NO_FIGURE}",
                placeholder="Who prepares the report",
            ),
            SettingField(
                "accent",
                "Accent colour",
                "Headings, bars and curves of the report; dark enough to read on white paper.",
                f"Report and workbook. {NO_FIGURE}",
                placeholder="# and six digits",
            ),
            SettingField("paper", "Paper", "The size of the PDF’s pages.", f"The PDF. {NO_FIGURE}", PAPERS),
        ),
    ),
    (
        "Orders",
        (
            SettingField(
                "merge_same_day",
                "Several sales to a customer on one day",
                "Choose the second where invoices of a day are separate orders.",
                "Orders, average order, usual gap, scores and pairs of products; the segments, costs shared out by "
                "orders and the report that use them. Closed months stay as they were closed.",
                (("yes", "are one order"), ("no", "are an order each")),
            ),
        ),
    ),
)
FIELDS = tuple(field for _title, fields in GROUPS for field in fields)
_RULES = {"ties": "equal values score alike", "quantiles": "cut at quantiles"}
_MODELS = {"bg_nbd": "BG/NBD", "pareto_nbd": "Pareto/NBD"}


def shown_values(settings: Mapping[str, str]) -> dict[str, str]:
    """The values as the fields show them; of the firm's lines only the first can be edited here."""
    values = {field.name: settings[field.name] for field in FIELDS}
    return values | {"firm_name": settings["firm_name"].partition("\n")[0]}


def kept_values(shown: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """The settings that differ from those of the book, as the book keeps them."""
    rest = settings["firm_name"].partition("\n")[2]
    values = {name: value.strip() for name, value in shown.items()}
    values["firm_name"] = "\n".join(part for part in (values["firm_name"], rest) if part)
    values["currency"] = values["currency"].upper()
    values["accent"] = values["accent"].upper()
    return {name: value for name, value in values.items() if value != settings[name]}


def problems(shown: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with which field, and what to enter."""
    found = {}
    if not shown["client_name"].strip():
        found["client_name"] = "A book needs the client’s name."
    currency = shown["currency"].strip().upper()
    if not is_currency(currency):
        found["currency"] = f"“{currency}” is not a currency code. Write USD, EUR, GBP …"
    accent = _accent_problem(shown["accent"].strip())
    return found | ({"accent": accent} if accent else {})


def _accent_problem(accent: str) -> str:
    from ui.widgets.swatch import READABLE_CONTRAST, contrast_on_paper, is_colour

    if not is_colour(accent):
        return "Write a colour as # and six digits, such as the one of your letterhead."
    ratio = contrast_on_paper(accent)
    if ratio < READABLE_CONTRAST:
        return f"Too light to read: {ratio:.1f}:1 on white, {READABLE_CONTRAST}:1 is needed. Choose a darker one."
    return ""


def set_elsewhere(settings: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is set on the page Patterns, in words."""
    own = ", own names" if settings["rfm_table"] else ""
    model = _MODELS.get(settings["lifetime_model"], settings["lifetime_model"])
    basis = settings["lifetime_basis"].replace("_", " ")
    return [
        (
            "Scores",
            f"1 to {settings['rfm_bins']}, {_RULES.get(settings['rfm_rule'], settings['rfm_rule'])}{own}",
        ),
        (
            "Classes A, B, C",
            f"A ends at {settings['abc_a_percent']}%, B at {settings['abc_b_percent']}% of revenue",
        ),
        ("Lifetime value", f"{model}, of {basis}, {settings['lifetime_months']} months ahead"),
    ]
