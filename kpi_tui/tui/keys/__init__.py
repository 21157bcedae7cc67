"""What keys do: one registry, from which bindings, footer, palette, help, keymap and cheat-sheet come.

Owns what a key is and what it means: everywhere, in every table, on each screen (a file a screen). Never runs a
command, never imports a screen.
"""
