"""Sheets that people keep by hand: what is asked of how one is read, and which hold sums of days instead of orders.

Owns what such a sheet says of itself. Never opens a file.
"""
