"""The window and the command line: everything a bookkeeper sees and types."""
