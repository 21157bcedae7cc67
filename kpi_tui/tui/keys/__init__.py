"""What keys do: one registry, from which bindings, footer, palette, help, keymap and cheat-sheet come.

Owns what a key is and what it means everywhere and in every table; what it does on one screen stands in that screen's
`keys.py`. Never runs a command.
"""
