"""QuickBooks Desktop: Sales by Item Detail."""

from importers.grouped_desktop import ITEM_LAYOUT, DesktopReport

IMPORTER = DesktopReport(
    "quickbooks_desktop_item_sales", "QuickBooks Desktop: Sales by Item Detail", ITEM_LAYOUT
)
