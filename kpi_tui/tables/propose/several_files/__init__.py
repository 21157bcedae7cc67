"""Of several files: which are parts of one export, which sources side by side, which tell of the same orders.

Owns the choice between proposals. Never maps a column.
"""
