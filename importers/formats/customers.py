"""Customer list of any origin: keys, names, contact, and attributes from all other columns."""

from importers.mapped_field import mapped
from importers.mapped_lists import CustomerTable

_FIELDS = (
    mapped(
        "key",
        "id",
        "the customer's key",
        "customerid customerno customernumber customercode custid custno custcode customerkey accountno "
        "accountnumber accountcode clientid clientno clientcode contactid recordid cardid cardcode "
        "householdid memberid kundennummer kundennr debitor debitorennummer codeclient numeroclient "
        "codigocliente idcliente klantnummer klantnr customer id key code",
    ),
    mapped(
        "name",
        "text",
        "the customer's name",
        "customername companyname company clientname customerfullname fullname name displayname "
        "contactname organisation organization businessname accountname customer client firma firmenname "
        "kunde kundenname nomclient raisonsociale societe nom empresa razonsocial nombrecliente nombre "
        "cliente bedrijfsnaam bedrijf klantnaam klant naam colastname",
    ),
    mapped("first_name", "text", "the first name", "firstname givenname vorname prenom voornaam"),
    mapped("last_name", "text", "the last name", "lastname surname familyname nachname apellido achternaam"),
    mapped(
        "email",
        "text",
        "the e-mail address",
        "email emailaddress mail customeremail primaryemail contactemail courriel adressemail correo "
        "correoelectronico emailadres",
    ),
    mapped(
        "phone",
        "text",
        "the phone number",
        "phone phonenumber telephone tel phoneno mobile mobilephone telefon telefonnummer mobil "
        "telephonenumber telefono telefoon telefoonnummer",
    ),
    mapped(
        "city",
        "text",
        "the city",
        "city town billingcity addresscity pocity suburb ort stadt ville ciudad plaats woonplaats",
    ),
    mapped(
        "region",
        "text",
        "the region",
        "region state province county area territory billingstate stateprovince poregion bundesland "
        "departement provincia provincie",
    ),
    mapped(
        "postcode",
        "text",
        "the postal code",
        "postcode postalcode zip zipcode billingzip billingpostalcode popostalcode plz postleitzahl "
        "codepostal cp codigopostal",
    ),
    mapped(
        "country",
        "text",
        "the country",
        "country countrycode billingcountry nation pocountry land pays pais countryregion",
    ),
)

IMPORTER: CustomerTable = CustomerTable("customers", "Customers (mapped columns)", _FIELDS)
