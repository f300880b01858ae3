"""QuickBooks Desktop: Sales by Customer Detail."""

from core.importing.importer import Importer
from importers.grouped_desktop import CUSTOMER_LAYOUT, DesktopReport

IMPORTER: Importer = DesktopReport(
    "quickbooks_desktop_customer_sales", "QuickBooks Desktop: Sales by Customer Detail", CUSTOMER_LAYOUT
)
