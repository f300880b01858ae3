"""Alder & Finch Coffee Roasters, the invented business of the sample book, and the maker of its exports."""
