"""Screens that lie over a main screen for one answer: help, palette, choices, explanations, tables.

Owns asking and closing exactly once. Never holds the state of a main screen.
"""
