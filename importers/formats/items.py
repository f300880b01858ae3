"""Item list of any origin: what a unit costs, and from which day on."""

from importers.mapped_field import mapped
from importers.mapped_lists import ItemTable

_FIELDS = (
    mapped(
        "code",
        "id",
        "the item's code",
        "sku code itemcode itemno itemnumber itemid stockcode productcode productsku productid productno "
        "productnumber productkey partno partnumber articleno articlenumber articlecode artikelnummer "
        "artikelnr artnr reference codearticle codigo codigoarticulo artikelcode item product id",
    ),
    mapped(
        "name",
        "text",
        "the item's name",
        "name itemname productname articlename item product article title description itemdescription "
        "productdescription artikel bezeichnung artikelbezeichnung produit designation producto "
        "descripcion nombre artikelnaam omschrijving productservicename",
    ),
    mapped(
        "category",
        "text",
        "the item's category",
        "category itemcategory productcategory group itemgroup productgroup class department family type "
        "producttype itemtype kategorie warengruppe artikelgruppe categorie famille categoria familia"
        "",
    ),
    mapped(
        "unit_cost",
        "money",
        "the cost of one unit",
        "unitcost cost costprice costperunit standardcost itemcost productcost productstandardcost "
        "averagecost avgcost buyprice purchaseprice purchasecost landedcost einkaufspreis ek "
        "einstandspreis kosten prixachat prixdachat prixderevient costo coste costounitario preciocoste "
        "inkoopprijs kostprijs",
    ),
    mapped(
        "valid_from",
        "date",
        "the first day of this cost",
        "validfrom from effectivefrom effectivedate startdate costdate date asof since gultigab ab "
        "datedebut valabledes validodesde desde geldigvanaf vanaf datum fecha",
    ),
)

IMPORTER: ItemTable = ItemTable("items", "Items with costs (mapped columns)", _FIELDS)
