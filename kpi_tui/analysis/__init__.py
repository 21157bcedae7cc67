"""What numbers mean: weak links, drivers, usual bands, pace, baskets, private domain, and the search for a metric.

Owns conclusions, their thresholds and their evidence. Never asks for a number, changes one or words a conclusion.
"""
