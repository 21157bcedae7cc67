"""The made-up shop behind sample_data/: 山茶集 Camellia Market, 2025-09-01 to 2026-10-31."""
