"""A probability per row, from a logistic regression on earlier rows whose outcome is known (R137)."""

from __future__ import annotations

import numpy as np
import polars as pl

from kpi_tui.definitions.library.procedure import Call
from kpi_tui.engine.procedures.shaping import Matrix, by_group, listed, matrix


def run(call: Call, frame: pl.DataFrame) -> pl.DataFrame:
    """Keeps the rows without `train`, with a probability; `fallback` where too few outcomes are known."""
    columns, train, label = listed(call, "columns"), str(call.options["train"]), str(call.options["label"])
    least = float(str(call.options["least"]))

    def part(rows: pl.DataFrame) -> pl.DataFrame:
        known = rows.filter(pl.col(train))
        asked = rows.filter(~pl.col(train))
        outcome = known.get_column(label).cast(pl.Float64).to_numpy()
        positives = float(outcome.sum())
        if asked.is_empty() or min(positives, known.height - positives) < max(least, 1):
            return asked.with_columns(pl.col(str(call.options["fallback"])).cast(pl.Float64).alias(call.into))
        found = probabilities(matrix(known, columns), outcome, matrix(asked, columns))
        return asked.with_columns(pl.Series(call.into, found, dtype=pl.Float64))

    return by_group(call, frame, part)


def probabilities(known: Matrix, outcome: Matrix, asked: Matrix) -> Matrix:
    """P(outcome = 1) of every asked row; columns are standardised on the known rows, ridge penalty 1."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    spread = known.std(axis=0)
    keep = spread > 1e-12 * np.abs(known).max(axis=0, initial=0.0)
    mean = known[:, keep].mean(axis=0)
    if not keep.any():
        return np.full(asked.shape[0], outcome.mean())
    model = LogisticRegression(solver="newton-cholesky", tol=1e-10, max_iter=200)
    model.fit((known[:, keep] - mean) / spread[keep], outcome)
    found: Matrix = model.predict_proba((asked[:, keep] - mean) / spread[keep])[:, 1]
    return found
