"""The data and the workspace around it: tables, coverage, problems, the proposal of `init`, the installation.

Owns the wording and the columns of these answers, for command and screen. Never reads a table or a file.
"""
