"""What the metric library says: tables, facts, measures, metrics, funnels, trees, chains, saved reports.

Owns the shape of definitions. Never reads a file.
"""
