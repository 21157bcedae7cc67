"""Commands that answer with numbers: values, explain, baseline, pace, drivers, cohorts, baskets, funnels.

Owns which options a question takes. Never computes a number or lays one out.
"""
