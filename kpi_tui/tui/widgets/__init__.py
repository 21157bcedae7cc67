"""Widgets that several screens share: sheet, bars, prompt, headline.

Owns how rows and sentences of a View fill terminal cells. Never asks the Book or knows a screen.
"""
