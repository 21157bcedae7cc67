"""Bands of usual values from the last periods.

`robust_band`: median ± width × 1.4826 × MAD; one outlier in six periods moves neither (Hampel 1974; Leys et al. 2013
advise the width 2.5). Where more than half of the values are equal the MAD is 0; then the mean absolute deviation
× 1.2533 stands in (Iglewicz and Hoaglin 1993). `mean_band` is the plain one of key steps (R089).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean, median

from kpi_tui.definitions.answers.baseline import Band, Baseline
from kpi_tui.definitions.answers.value import Reason, Value, unfinished
from kpi_tui.definitions.message import say, says

FROM_MAD = 1.4826
FROM_MEAN_DEVIATION = 1.2533
LEAST = 3
"""Fewer complete periods are no baseline (R089)."""


def robust_band(values: Sequence[float], width: float) -> Band:
    """Median ± `width` robust standard deviations."""
    centre = median(values)
    away = [abs(value - centre) for value in values]
    spread = FROM_MAD * median(away) or FROM_MEAN_DEVIATION * fmean(away)
    return Band(centre, centre - width * spread, centre + width * spread, len(values))


def mean_band(values: Sequence[float], tolerance: float) -> Band:
    """Mean ± a share of itself (R089: mean of the last periods, 10 %)."""
    centre = fmean(values)
    return Band(centre, centre - tolerance * abs(centre), centre + tolerance * abs(centre), len(values))


def baseline(value: Value, history: Sequence[Value], band_of: Callable[[Sequence[float]], Band]) -> Baseline:
    """A value against the complete periods before it; partial and unknown ones are left out."""
    used = tuple(past for past in history if past.value is not None and not past.partial)
    if len(used) < LEAST:
        detail = says(
            "no baseline yet: {count} complete period, {least} are needed",
            "no baseline yet: {count} complete periods, {least} are needed",
            len(used),
            least=LEAST,
        )
        return Baseline(value, None, None, used, Reason.NO_DATA, detail)
    band = band_of([past.value for past in used if past.value is not None])
    if value.value is None:
        return Baseline(value, band, None, used, value.reason, value.detail)
    if value.partial:
        said = say("{said}; see its pace", said=unfinished(value))
        return Baseline(value, band, None, used, Reason.PENDING, said)
    return Baseline(value, band, band.place(value.value), used)
