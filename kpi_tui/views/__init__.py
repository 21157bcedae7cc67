"""Every answer laid out once: an answer of the Book becomes a View, for screen, command and report alike.

Owns titles, sentences, the choice and order of columns, and the JSON contract. Never draws, translates, fits to a
width, computes a number or asks the Book.
"""
