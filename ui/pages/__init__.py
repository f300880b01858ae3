"""One module a page; each exposes `PAGE` (see ui/page_spec.py)."""
