"""From figures to the client's pack: content, PDF, workbook."""
