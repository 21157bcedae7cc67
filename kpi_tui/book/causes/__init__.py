"""The Book's answers about why: drivers and trees, what is usual, pace, cohorts, where a rate would lead.

Owns which numbers such an answer is made from. Never splits a change or judges a band (`analysis/`).
"""
