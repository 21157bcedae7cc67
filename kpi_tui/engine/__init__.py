"""Calendar, facts, measures and formulas: numbers with reasons, computed by polars."""
