"""Commands that answer with numbers: values, explain, baseline, pace, drivers, cohorts, baskets, funnels."""
