"""From a book's facts to figures: profit, patterns, tie-out."""
