"""What unknown files seem to hold: proposed tables, columns and look-ups for `kpi-tui init`.

Owns guesses, each with its assumption said. Never changes a workspace.
"""
