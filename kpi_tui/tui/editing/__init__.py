"""Editing: cells edited in place, undo and redo, reasons, saving, conflicts. Screens have an EditSession; owns no data.

Owns what Targets and Chain share of an edit. Never asks the book for numbers and never draws a screen's own sheet.
"""
