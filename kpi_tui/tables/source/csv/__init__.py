"""Delimited text: its delimiter, its header, its records, read whole or block by block.

Owns where a cell and a record of such a file end. Never decodes bytes or knows what a column means.
"""
