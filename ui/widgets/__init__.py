"""Reusable parts of the window: cards, buttons, messages, tables and charts."""
