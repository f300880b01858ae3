"""QuickBooks Desktop: Sales by Customer Detail."""

from importers.grouped_desktop import CUSTOMER_LAYOUT, DesktopReport

IMPORTER = DesktopReport(
    "quickbooks_desktop_customer_sales", "QuickBooks Desktop: Sales by Customer Detail", CUSTOMER_LAYOUT
)
