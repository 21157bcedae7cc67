"""Write config/targets/: what the demo shop agreed, month by month, through the program's own target store.

python scripts/make_demo_targets.py [DIR]
"""

from __future__ import annotations

import shutil
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Edit, TargetKey
from kpi_tui.workspace.targets import TargetStore

ROOT = Path(__file__).resolve().parent.parent
FIRST = Period.parse("2025-10")
CHINA = timezone(timedelta(hours=8))
# fmt: off
PLAN: dict[str, dict[str, list[float]]] = {  # per role and metric: 2025-10 … 2026-11
    "promotion": {
        "new_users":             [320, 340, 340, 340, 320, 360, 370, 400, 430, 410, 420, 420, 450, 480],
        "acquisition_roi":       [1.2, 1.4, 1.5, 1.6, 1.6, 1.8, 1.8, 1.8, 2.0, 2.0, 2.0, 2.2, 2.2, 2.4],
        "message_response_rate": [0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.085],
        "referral_new_users":    [50, 55, 55, 60, 60, 60, 70, 80, 80, 70, 70, 75, 85, 90],
    },
    "operations": {
        "buyback_rate_day":  [0.50, 0.52, 0.54, 0.55, 0.56, 0.58, 0.60, 0.60, 0.62, 0.64, 0.65, 0.66, 0.68, 0.60],
        "repurchase_amount": [18000, 30000, 34000, 38000, 42000, 44000, 48000, 60000, 90000, 85000, 88000, 100000,
                              85000, 95000],
        "dau":               [70, 90, 105, 120, 130, 145, 160, 180, 205, 210, 220, 235, 250, 265],
    },
    "content": {
        "content_gmv":             [8000, 12000, 12000, 12000, 12000, 12000, 14000, 17000, 22000, 22000, 24000, 26000,
                                    28000, 30000],
        "content_conversion_rate": [0.05] * 7 + [0.055] + [0.06] * 6,
        "content_readers":         [550, 700, 780, 880, 920, 1050, 1150, 1280, 1450, 1500, 1560, 1650, 1700, 1800],
    },
    "service": {
        "feedback_score":        [4.5] * 9 + [4.55] * 5,
        "complaint_rate":        [0.03] * 8 + [0.025] * 6,
        "mystery_shopper_score": [0.86] * 6 + [0.88] * 8,
    },
    "data": {
        "report_timeliness_rate": [0.95] * 8 + [0.96] * 6,
        "data_accuracy_rate":     [0.95] * 8 + [0.96] * 6,
    },
}
NORTH_STAR = [38000, 56000, 66000, 74000, 72000, 74000, 82000, 100000, 140000, 135000, 138000, 160000, 150000, 180000]
# fmt: on
OWNER = {"promotion": "lin", "operations": "ann", "content": "ann", "service": "zhou", "data": "leo"}


def write(folder: Path) -> None:
    """Every month agreed on the 25th of the month before; October's buy-back raised once more on the 28th."""
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(len(NORTH_STAR)):
        period = FIRST.next(number)
        for hour, role in enumerate(PLAN, 10):
            edits = [Edit(TargetKey(role, name), values[number]) for name, values in PLAN[role].items()]
            edits.append(Edit(TargetKey(role, "user_payment_amount"), NORTH_STAR[number]))
            _apply(folder, OWNER[role], period, edits, "monthly plan 月度目标", day=25, hour=hour)
        if period.id == "2026-10":
            raised = [Edit(TargetKey("operations", "buyback_rate_day"), 0.69, base=0.68)]
            _apply(folder, "ann", period, raised, "September was strong 九月表现好", day=28, hour=9)


def _apply(folder: Path, who: str, period: Period, edits: list[Edit], why: str, *, day: int, hour: int) -> None:
    before = period.previous().start
    at = datetime(before.year, before.month, day, hour, tzinfo=CHINA)
    TargetStore(folder, who, lambda: at).apply(period.id, edits, why=why)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "config" / "targets")
