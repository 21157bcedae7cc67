"""Edits of targets and typed numbers: pending, drafted, undone, merged, locked, written, remembered.

Owns every byte the program changes in a workspace that is there. Never decides what a value should be.
"""
