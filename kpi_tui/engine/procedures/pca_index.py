"""Value index by principal components (R138): standardise, reduce, weigh, scale to 0–1."""

from __future__ import annotations

import numpy as np
import polars as pl

from kpi_tui.definitions.library.procedure import Call
from kpi_tui.engine.procedures.shaping import Matrix, by_group, listed, matrix, varying

MOST = 3
ENOUGH = 0.8
"""The fewest components that explain this share of the variance are taken, at most three (metrics.toml)."""

TINY = 1e-9


def run(call: Call, frame: pl.DataFrame) -> pl.DataFrame:
    """Adds the index; null where there are fewer rows than columns, or nothing varies."""
    columns = listed(call, "columns")

    def part(rows: pl.DataFrame) -> pl.DataFrame:
        found = index(matrix(rows, columns))
        values = [None] * rows.height if found is None else found.tolist()
        return rows.with_columns(pl.Series(call.into, values, dtype=pl.Float64))

    return by_group(call, frame, part)


def index(rows: Matrix) -> Matrix | None:
    """One number between 0 and 1 per row, or None (fewer rows than columns, or all rows alike)."""
    from sklearn.decomposition import PCA  # type: ignore[import-untyped]

    if rows.shape[0] < max(2, rows.shape[1]):
        return None
    standard = varying(rows)
    if not standard.shape[1]:
        return None
    model = PCA(svd_solver="full").fit(standard)
    ratios = model.explained_variance_ratio_
    count = min(MOST, int(np.searchsorted(np.cumsum(ratios), ENOUGH - TINY)) + 1)
    signs = np.array([sign(loadings) for loadings in model.components_[:count]])
    scores = (model.transform(standard)[:, :count] * signs) @ ratios[:count] / ratios[:count].sum()
    low, high = scores.min(), scores.max()
    scaled: Matrix = (scores - low) / (high - low)
    return scaled if high - low > TINY else None


def sign(loadings: Matrix) -> float:
    """+1 or −1, so that the loadings sum to a positive number; when they cancel, the first large one is positive."""
    total = float(loadings.sum())
    if abs(total) > TINY:
        return 1.0 if total > 0 else -1.0
    first = loadings[np.abs(loadings) > TINY][0]
    return 1.0 if first > 0 else -1.0
