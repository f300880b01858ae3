"""How customers buy: scores, cadence, concentration."""
