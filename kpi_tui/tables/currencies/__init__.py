"""In which currency each amount of a file is, and files that contradict themselves about it.

Owns what a file says of currencies, in columns and in signs. Never turns an amount into another currency.
"""
