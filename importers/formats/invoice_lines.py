"""Invoice lines of any origin: one row a line, or one row a document."""

from importers.mapped_field import mapped
from importers.mapped_sales import SalesTable

_FIELDS = (
    mapped(
        "date", "date", "the date of the document",
        "invoicedate date documentdate docdate orderdate salesdate saledate transactiondate issuedate "
        "dateissued postingdate billdate purchasedate trandate txndate createdat created "
        "transactiontimestamp timestamp rechnungsdatum belegdatum datum buchungsdatum datefacture "
        "datedefacture datedepiece fechafactura fecha fechadefactura factuurdatum data invoicedt "
        "dateofinvoice dateofsale day",
    ),
    mapped(
        "document", "id", "the document number",
        "invoiceno invoicenumber invoiceid invoice invoicenum invno documentno documentnumber docno "
        "docnum document salesordernumber orderno ordernumber orderid order salesid receiptno "
        "receiptnumber receipt transactionid transactionno basketid billno billnumber bill number num no "
        "reference ref voucherno invoiceref rechnungsnummer rechnungsnr rechnung belegnummer belegnr "
        "beleg numerofacture nofacture facture numfacture numerodefactura numerofactura factura nofactura "
        "factuurnummer factuurnr factuur",
    ),
    mapped(
        "customer", "id", "the customer's key",
        "customerid customerno customernumber customercode custid custno custcode customerkey "
        "customeraccount accountno accountnumber accountref clientid clientno clientcode contactid "
        "buyerid householdid memberid cardcode kundennummer kundennr kundenr debitor debitornr "
        "debitorennummer codeclient numeroclient noclient codigocliente idcliente numerocliente "
        "klantnummer klantnr customer cust userid customername custname client clientname contactname contact buyer "
        "soldto billto account accountname company companyname kunde kundenname nomclient nomduclient "
        "cliente nombrecliente klant klantnaam shipname",
    ),
    mapped(
        "customer_name", "text", "the customer's name",
        "customername custname clientname contactname customer cust client name buyername companyname company "
        "soldto billto billtoname accountname kunde kundenname firma nomclient nomduclient client "
        "nombrecliente cliente klantnaam klant shipname",
    ),
    mapped(
        "item", "id", "the item's code",
        "sku itemcode itemno itemnumber itemid stockcode productcode productid productno productnumber "
        "productkey productsku partno partnumber articleno articlenumber articlecode itemsku variantsku "
        "upc ean barcode artikelnummer artikelnr artnr codearticle reference codigoarticulo "
        "codigoproducto artikelcode item product productservice article itemname productname artikel "
        "produit articulo producto",
    ),
    mapped(
        "item_name", "text", "the item's name",
        "itemname productname articlename item product article itemtitle producttitle service title "
        "artikel artikelbezeichnung artikelname produit nomproduit designation articulo producto "
        "nombreproducto artikelnaam",
    ),
    mapped(
        "category", "text", "the item's category",
        "category itemcategory productcategory itemgroup productgroup productline department producttype "
        "itemtype class family kategorie warengruppe artikelgruppe categorie famille categoria familia",
    ),
    mapped(
        "description", "text", "a description",
        "description itemdescription linedescription productdescription desc memo memodescription details "
        "text itemdesc comment note beschreibung bezeichnung buchungstext libelle descripcion "
        "omschrijving",
    ),
    mapped(
        "quantity", "number", "the quantity",
        "quantity qty orderquantity qtysold quantitysold units unitssold invoicedquantity "
        "quantityinvoiced orderqty invoicedqty shippedqty count pieces menge anzahl stuckzahl quantite "
        "qte cantidad aantal",
    ),
    mapped(
        "unit_price", "number", "the price of one unit",
        "unitprice price unitamount rate salesprice itemprice unitsellingprice sellingprice priceperunit "
        "lineprice netprice unitnetprice priceeach unitsprice preis einzelpreis stuckpreis verkaufspreis "
        "prixunitaire prix puht precio preciounitario prijs stuksprijs eenheidsprijs",
    ),
    mapped(
        "gross", "money", "the amount before discount, without tax",
        "grosssales extendedamount extendedprice extended subtotal linesubtotal amountbeforediscount "
        "grossrevenue salesbeforediscount listamount grossamountbeforediscount grossexcltax",
    ),
    mapped(
        "discount", "number", "the discount",
        "discountamount discountamt discount linediscount disc discountvalue discountpercent "
        "discountpercentage discountpct percentdiscount discountrate unitpricediscountpct "
        "unitpricediscount rabatt nachlass rabattbetrag rabattpercent remise descuento dto korting",
    ),
    mapped(
        "net", "money", "the amount without tax",
        "net netamount netsales netrevenue linenet nettotal netlineamount lineamount salesamount "
        "amountexcltax amountexclvat amountextax amountexgst amountexvat totalexcltax totalexclvat "
        "totalextax totalexvat totalexgst untaxedamount amountuntaxed taxableamount revenue sales "
        "salesvalue turnover linetotal itemtotal linetotalexcltax linetotalextax amount amountnet value "
        "nettobetrag netto nettoumsatz umsatz betrag nettowert montantht totalht ht montant importeneto "
        "neto baseimponible importe bedragexclbtw bedrag nettobedrag",
    ),
    mapped(
        "tax", "money", "the tax",
        "tax taxamount taxamt vat vatamount gst gstamount salestax salestaxamount taxes totaltax taxtotal "
        "linetax hst mwst mwstbetrag ust umsatzsteuer steuer steuerbetrag tva montanttva iva importeiva "
        "btw btwbedrag",
    ),
    mapped(
        "total", "money", "the amount with tax",
        "total totalamount grandtotal invoicetotal totalincltax totalinclvat totalinctax totalincvat "
        "totalincgst amountincltax amountinclvat amountinctax amountincvat gross grossamount grosstotal "
        "amountwithtax linetotalincltax brutto bruttobetrag gesamt gesamtbetrag totalttc montantttc ttc "
        "importetotal totalfactura bedraginclbtw totaal",
    ),
    mapped(
        "unit_cost", "number", "the cost of one unit",
        "unitcost costprice costperunit standardcost productstandardcost itemcost averagecost avgcost "
        "buyprice purchaseprice einkaufspreis ek einstandspreis prixachat prixdachat prixderevient "
        "costounitario preciocoste inkoopprijs kostprijs",
    ),
    mapped(
        "cost", "money", "the cost of the line",
        "cost costtotal totalcost linecost totalproductcost costofsales costofgoodssold cogs costamount "
        "extendedcost costvalue wareneinsatz kosten couttotal cout costo costototal costetotal coste "
        "kostentotaal",
    ),
    mapped(
        "currency", "currency", "the currency",
        "currency currencycode curr ccy invoicecurrency documentcurrency customercurrency wahrung wkz devise moneda "
        "divisa valuta",
    ),
    mapped(
        "rate", "number", "the exchange rate",
        "exchangerate currencyrate fxrate rateofexchange conversionrate wechselkurs kurs tauxdechange "
        "tipodecambio wisselkoers",
    ),
    mapped(
        "type", "text", "the type of document",
        "type documenttype doctype transactiontype invoicetype trantype txntype recordtype kind belegart "
        "art typ dokumentart typedepiece typedocument tipo tipodocumento documentsoort soort",
    ),
    mapped(
        "status", "text", "the state of the document",
        "status invoicestatus documentstatus state docstatus orderstatus salesstatus zustand statut etat "
        "estado",
    ),
    mapped(
        "channel", "text", "the sales channel",
        "channel saleschannel source location store branch outlet shop site kanal vertriebskanal filiale "
        "canal magasin tienda kanaal winkel",
    ),
)  # fmt: skip

IMPORTER: SalesTable = SalesTable("invoice_lines", "Invoice lines (mapped columns)", _FIELDS)
