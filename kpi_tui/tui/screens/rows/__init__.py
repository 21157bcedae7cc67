"""The rows behind a number, laid over the screen that has it.

Owns which page of them is shown, in which order. Never reads a row.
"""
