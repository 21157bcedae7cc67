"""SQL fragments from TOML and from people: parsed, bounded and judged before any engine sees them.

Owns what SQL is allowed (`guard.py`), what `:name` becomes (`parameters.py`) and which queries may be computed share by
share (`partition_keys.py`). Never runs SQL and never knows a table or a metric.
"""
