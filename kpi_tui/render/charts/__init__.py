"""Charts of a View drawn: as characters for a terminal and the screen, as SVG for pages and pictures.

Owns which drawer a kind of chart has in each medium, and how its numbers are told. Never works one out.
"""
