"""What people do in a workbook and a plain file has not: merged cells, a sheet a month, days without their year.

Owns which cells stand for others. Never opens a file or knows what a column means.
"""
