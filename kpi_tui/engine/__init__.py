"""Facts, measures and formulas at periods: numbers, or the reason why there is none, computed by polars.

Owns what a number is: windows, roll-ups, formulas, which tables it rests on, when a kept one is still true. Never
judges a number, knows a target or says a sentence in a language.
"""
