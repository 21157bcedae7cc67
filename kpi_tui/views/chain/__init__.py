"""Chains laid out once: the card, the weeks of a link, findings in sentences, roll-over, one link in full.

Owns the words, marks and columns of a chain. Never scores a link or finds a weak one.
"""
