"""The fifteen traps of a semantic layer: each with numbers worked out by hand from rows that stand beside them."""
