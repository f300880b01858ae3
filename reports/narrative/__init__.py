"""The sentences of the report, each computed from the figures and true in every situation."""
