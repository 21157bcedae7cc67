"""Words and numbers for people: gettext, number formats, cleaning of control characters.

Owns the language in force, every format of a number and what may reach a terminal. Never knows what an answer says:
that is laid out in `views/`.
"""
