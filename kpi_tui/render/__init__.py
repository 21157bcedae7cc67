"""A View drawn: on a terminal, as csv, md, json, html, xlsx, svg.

Owns how a typed cell looks in each medium, and the language in force. Never knows what an answer means.
"""
