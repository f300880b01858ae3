"""Words for types of accounts and for debit and credit, as ledgers write them."""

from functools import lru_cache

from core.importing.records import AccountType
from importers.table import compact

_TYPES = {
    AccountType.INCOME: (
        "income revenue sales turnover operatingincome operatingrevenue salesrevenue tradingincome "
        "ertrag erlos erlose umsatzerlose produit produits ventes ingreso ingresos ventas opbrengst omzet"
    ),
    AccountType.COST_OF_SALES: (
        "costofsales costofgoodssold cogs costofgoods costofrevenue directcost directcosts directexpense "
        "directexpenses purchases wareneinsatz materialaufwand achats coutdesventes costedeventas "
        "costodeventas kostprijsomzet inkoopwaarde"
    ),
    AccountType.EXPENSE: (
        "expense expenses overhead overheads operatingexpense "
        "operatingexpenses administrativeexpense "
        "indirectexpense indirectexpenses depreciation wages payroll aufwand "
        "aufwendungen kosten charge charges gasto gastos "
        "lasten"
    ),
    AccountType.OTHER_INCOME: "otherincome otherrevenue nonoperatingincome interestincome sonstigeertrage",
    AccountType.OTHER_EXPENSE: (
        "otherexpense otherexpenses nonoperatingexpense interestexpense tax incometax sonstigeaufwendungen"
    ),
    AccountType.ASSET: (
        "asset assets bank cash accountsreceivable receivable receivables tradereceivables debtors "
        "currentasset currentassets othercurrentasset othercurrentassets fixedasset fixedassets "
        "noncurrentasset "
        "otherasset otherassets inventory stock prepayment prepayments ar aktiva aktivum actif activo activa"
    ),
    AccountType.LIABILITY: (
        "liability liabilities accountspayable payable payables creditors creditcard currentliability "
        "currentliabilities othercurrentliability othercurrentliabilities longtermliability "
        "longtermliabilities noncurrentliability otherliability loan ap salestax vat gst passiva passif "
        "pasivo schulden verbindlichkeiten"
    ),
    AccountType.EQUITY: (
        "equity capital ownersequity owners retainedearnings shareholdersequity eigenkapital capitaux "
        "patrimonio eigenvermogen"
    ),
}
_TYPE_OF = {word: kind for kind, words in _TYPES.items() for word in words.split()}
_CREDIT_SIDES = frozenset({"c", "cr", "credit", "h", "haben", "haber"})
_DEBIT_SIDES = frozenset({"d", "dr", "debit", "s", "soll", "debe"})


@lru_cache(maxsize=4096)
def account_type(word: str) -> AccountType:
    """Return what kind of account a word means, UNKNOWN where it is not known."""
    return _TYPE_OF.get(compact(word), AccountType.UNKNOWN)


def side_sign(word: str) -> int:
    """Return 1 for debit, -1 for credit, 0 where the word is neither."""
    short = compact(word)
    return 1 if short in _DEBIT_SIDES else -1 if short in _CREDIT_SIDES else 0
