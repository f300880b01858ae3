"""One small file for each export that is understood."""
