"""From files to records: reading, recognising, parsing."""
