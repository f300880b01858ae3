"""QuickBooks Desktop: Sales by Item Detail."""

from core.importing.importer import Importer
from importers.grouped_desktop import ITEM_LAYOUT, DesktopReport

IMPORTER: Importer = DesktopReport(
    "quickbooks_desktop_item_sales", "QuickBooks Desktop: Sales by Item Detail", ITEM_LAYOUT
)
