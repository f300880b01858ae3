"""Table models that sort and filter in the data."""
