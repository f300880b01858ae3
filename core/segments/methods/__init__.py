"""One small file for each way to divide customers."""
