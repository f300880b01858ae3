"""The report's figures as plain values for other tools: money as decimal strings, unknown as null."""

from datetime import date

from core.money import plain
from core.unit import Unit
from reports.content import KeyFigures, Report, Table, Value


def report_json(report: Report) -> dict[str, object]:
    """Return key figures by name and every table by key, in the order of the report."""
    figures: dict[str, object] = {}
    tables: dict[str, object] = {}
    for block in report.blocks():
        if isinstance(block, KeyFigures):
            for figure in block.figures:
                if figure.key:
                    figures.setdefault(figure.key, plain_value(figure.value, figure.unit, report.exponent))
        elif isinstance(block, Table) and block.key:
            tables.setdefault(block.key, _table(block, report.exponent))
    return {
        "client": report.branding.client_name,
        "period": report.period_key,
        "as_of": report.created.isoformat(),
        "currency": report.currency,
        "tie_out": report.tie_out_line,
        "fingerprint": report.fingerprint,
        "key_figures": figures,
        "tables": tables,
        "sections": [{"key": section.key, "title": section.title} for section in report.sections],
    }


def plain_value(value: Value, unit: Unit, exponent: int) -> object:
    """Return one value for JSON."""
    if value is None:
        return None
    if unit is Unit.MONEY and isinstance(value, int):
        return plain(value, exponent)
    return value.isoformat() if isinstance(value, date) else value


def _table(table: Table, exponent: int) -> dict[str, object]:
    units = [column.unit for column in table.columns]
    rows = [row.cells for row in table.rows if row.kind != "group"]
    written = [
        [plain_value(cell, unit, exponent) for cell, unit in zip(cells, units, strict=False)]
        for cells in rows
    ]
    totals = None
    if table.totals is not None:
        totals = [plain_value(cell, unit, exponent) for cell, unit in zip(table.totals, units, strict=True)]
    return {"columns": [column.title for column in table.columns], "rows": written, "totals": totals}
