"""TOML in and out: a workspace found, loaded, checked, started; its edits saved safely.

Owns files and folders of a workspace, line and key of every problem. Never reads a data table, computes a number
or knows a language.
"""
