"""One small file for each family of customer metrics."""
