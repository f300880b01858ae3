"""Dividing customers: rules, methods, memberships, movement."""
