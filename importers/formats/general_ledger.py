"""General ledger of any origin: one row a posting."""

from importers.mapped_field import mapped
from importers.mapped_ledger import LedgerTable

_FIELDS = (
    mapped(
        "date",
        "date",
        "the date",
        "date postingdate transactiondate entrydate journaldate trandate txndate accountingdate "
        "documentdate ecrituredate datecompta dateecriture datum buchungsdatum belegdatum fecha "
        "fechaasiento boekdatum boekingsdatum data",
    ),
    mapped(
        "account",
        "id",
        "the account",
        "accountcode accountno accountnumber accountid account acct glaccount glcode nominalcode nominal "
        "nominalac ledgeraccount comptenum compte numcompte numerodecompte konto kontonummer sachkonto "
        "cuenta codigocuenta grootboekrekening rekening rekeningnummer distributionaccount "
        "accountfullname glaccountno",
    ),
    mapped(
        "account_name",
        "text",
        "the account's name",
        "accountname accountdescription acctname glaccountname nominalname comptelib libellecompte "
        "intitule kontoname kontobezeichnung nombrecuenta rekeningnaam account accounttitle",
    ),
    mapped(
        "account_type",
        "text",
        "the account's type",
        "accounttype accountclass accountcategory accountgroup type class kontoart kontotyp typecompte "
        "tipocuenta rekeningsoort",
    ),
    mapped(
        "entry",
        "id",
        "the entry",
        "entry entryno entrynumber entryid journalno journalnumber journalid journalentry voucher "
        "voucherno transactionid transactionno transactionnumber num number no documentno documentnumber "
        "docno reference ref ecriturenum pieceref numpiece piece belegnummer belegnr buchungsnummer "
        "asiento numeroasiento boekstuk boekstuknummer invoicenumber",
    ),
    mapped(
        "customer",
        "text",
        "the customer",
        "customer customername customerfullname client clientname contact contactname name party partner "
        "debtor compauxlib compauxnum kunde debitor cliente tercero klant relatie",
    ),
    mapped(
        "memo",
        "text",
        "the text",
        "memo description memodescription narration narrative details text comment linedescription "
        "ecriturelib libelle buchungstext verwendungszweck concepto descripcion omschrijving note",
    ),
    mapped(
        "debit",
        "money",
        "the debit",
        "debit debits debitamount dr debitamt amountdebit soll sollbetrag montantdebit debe debet",
    ),
    mapped(
        "credit",
        "money",
        "the credit",
        "credit credits creditamount cr creditamt amountcredit haben habenbetrag montantcredit haber",
    ),
    mapped(
        "amount",
        "money",
        "the signed amount",
        "amount netamount signedamount value montant betrag umsatz importe bedrag monto saldo net",
    ),
    mapped(
        "base_amount",
        "money",
        "the signed amount in the book's currency",
        "amountbase baseamount localamount amountlocal amountinbasecurrency basecurrencyamount "
        "localcurrencyamount amountinlocalcurrency amountlc homeamount amounthome homecurrencyamount "
        "functionalamount accountingamount basisbetrag betragbasiswahrung betrageigenwahrung "
        "bedragbasisvaluta",
    ),
    mapped(
        "base_debit",
        "money",
        "the debit in the book's currency",
        "basedebit debitbase localdebit debitlocal debitlc homedebit debithome debitinbasecurrency "
        "debitinlocalcurrency",
    ),
    mapped(
        "base_credit",
        "money",
        "the credit in the book's currency",
        "basecredit creditbase localcredit creditlocal creditlc homecredit credithome creditinbasecurrency "
        "creditinlocalcurrency",
    ),
    mapped(
        "foreign_amount",
        "text",
        "the amount in the other currency",
        "montantdevise foreignamount amountforeign foreigncurrencyamount amountinforeigncurrency "
        "amountforeigncurrency fcamount amountfc fxamount currencyamount amountcurrency amountincurrency "
        "fremdwahrungsbetrag betragfremdwahrung importedivisa bedragvreemdevaluta",
    ),
    mapped(
        "side",
        "text",
        "debit or credit",
        "debitcredit drcr dc crdr side sens sollhaben sh sollhabenkennzeichen debethaber debetcredit "
        "indicator",
    ),
    mapped(
        "currency",
        "currency",
        "the currency",
        "currency currencycode curr ccy devise idevise wahrung wkz moneda valuta",
    ),
)

IMPORTER: LedgerTable = LedgerTable("general_ledger", "General ledger (mapped columns)", _FIELDS)
