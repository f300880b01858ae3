"""One small file for each section of the pack."""
