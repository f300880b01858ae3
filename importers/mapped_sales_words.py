"""Words for kinds and states of documents, as exports write them."""

from functools import lru_cache

from core.importing.records import DocumentKind
from importers.table import compact, label_words


def _words(meaning: str, words: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), meaning)


_KINDS = {
    **_words(
        DocumentKind.INVOICE,
        "invoice inv salesinvoice taxinvoice si sin sale sales invoicedocument debitnote charge "
        "billinvoice rechnung re facture fa factura fv factuur fattura faktura accrec 380",
    ),
    **_words(
        DocumentKind.CREDIT,
        "creditnote creditmemo credit creditinvoice salescreditnote salescreditmemo salescredit sc scr cn "
        "cm crn cr gutschrift rechnungskorrektur stornorechnung avoir facturedavoir notadecredito "
        "notadecredito abono facturarectificativa creditnota creditfactuur notadicredito accreccredit 381",
    ),
    **_words(
        DocumentKind.REFUND,
        "refund return salesreturn refundreceipt returns retoure erstattung ruckerstattung retour "
        "remboursement devolucion reembolso terugbetaling outrefund",
    ),
    **_words(
        DocumentKind.RECEIPT,
        "receipt salesreceipt cashsale cash pos till ticket kassenbon quittung recu recibodeventa",
    ),
    **_words(DocumentKind.JOURNAL, "journal journalentry generaljournal manualjournal buchung"),
}
_LEFT_OUT = {
    **_words(
        "void",
        "void voided cancelled canceled cancel annulled deleted reversed storniert geloscht annule "
        "annulee anulada anulado cancelada geannuleerd verwijderd",
    ),
    **_words("draft", "draft entwurf brouillon borrador concept pending approval awaitingapproval submitted"),
    **_words(
        "quote",
        "quote quotation estimate proforma proformainvoice offer angebot kostenvoranschlag devis "
        "presupuesto cotizacion offerte",
    ),
    **_words("order", "salesorder purchaseorder auftrag auftragsbestatigung bestellung boncommande pedido"),
    **_words(
        "payment",
        "payment customerpayment deposit prepayment overpayment zahlung paiement pago betaling "
        "billpayment",
    ),
    **_words("purchase", "bill billcredit billcreditnote purchase purchaseinvoice vendorbill expense accpay"),
}  # fmt: skip
# Of a state only what makes it no sale; "pending" there often means that it is not paid yet.
# One such word among others is enough: "Payment received", "Void - duplicate".
_TELLING = (
    {"payment": "payment", "payments": "payment"}
    | dict.fromkeys(("void", "voided", "cancelled", "canceled", "deleted"), "void")
    | {"draft": "draft"}
)
_NO_SALE_STATES = frozenset({"void", "draft", "quote"})
_STILL_SALES = frozenset({"pending", "submitted", "approval"})


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str:
    """Return the DocumentKind that a word of a type column means, "" where it is not known."""
    return _KINDS.get(compact(word), "")


@lru_cache(maxsize=4096)
def no_sale(word: str) -> str:
    """Return why a document of this type is no sale ("void", "quote" ...), "" where it is one."""
    return _reason(word)


@lru_cache(maxsize=4096)
def no_sale_state(word: str) -> str:
    """Return why a document in this state is no sale, "" where it is one."""
    short = compact(word)
    reason = _reason(word)
    return reason if reason in _NO_SALE_STATES and short not in _STILL_SALES else ""


def _reason(word: str) -> str:
    short = compact(word)
    if short in _KINDS:
        return ""
    telling = (_TELLING[part] for part in sorted(label_words(word)) if part in _TELLING)
    return _LEFT_OUT.get(short, "") or next(telling, "")
