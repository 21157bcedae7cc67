"""What was edited: unsaved cells, a conflict, what a save or undo did, the history.

Owns the wording and the columns of these answers, for command and screen. Never changes a target or a number.
"""
