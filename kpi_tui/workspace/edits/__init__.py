"""Edits of targets and typed numbers: pending, drafted, undone, merged, locked, written, remembered.

Owns every byte the program writes into a workspace. Never decides what a value should be.
"""
