"""A View as one HTML file that needs nothing else: no script, no link, pictures inside, light and dark, A4.

Owns tags and style. Never lets a text become a tag.
"""
