"""One file for each thing a user can do; the door for window, command line and tests."""
