"""Write config/targets/: what the demo shop agreed, month by month, through the program's own target store.

python scripts/make_demo_targets.py [DIR]
"""

from __future__ import annotations

import shutil
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.store import TargetStore

ROOT = Path(__file__).resolve().parent.parent
FIRST = Period.parse("2025-10")
CHINA = timezone(timedelta(hours=8))
# fmt: off
PLAN: dict[str, dict[str, list[float]]] = {  # per role and metric: 2025-10 … 2026-11
    "promotion": {
        "new_users":             [320, 320, 320, 320, 320, 330, 340, 350, 400, 400, 400, 410, 430, 450],
        "acquisition_roi":       [1.0, 1.0, 1.2, 1.3, 1.2, 1.2, 1.3, 1.3, 1.3, 1.2, 1.2, 1.2, 1.8, 1.8],
        "message_response_rate": [0.08] * 13 + [0.085],
        "referral_new_users":    [50, 55, 55, 55, 55, 55, 55, 55, 65, 65, 65, 65, 65, 70],
    },
    "operations": {
        "buyback_rate_day":  [0.45, 0.55, 0.58, 0.60, 0.62, 0.64, 0.66, 0.68, 0.70, 0.70, 0.72, 0.73, 0.74, 0.65],
        "repurchase_amount": [18000, 30000, 34000, 40000, 46000, 54000, 60000, 70000, 95000, 95000, 95000, 100000,
                              100000, 100000],
        "dau":               [70, 90, 100, 110, 125, 140, 150, 160, 190, 190, 195, 210, 230, 240],
    },
    "content": {
        "content_gmv":             [15000, 20000, 22000, 28000, 28000, 30000, 32000, 34000, 40000, 42000, 44000, 48000,
                                    50000, 54000],
        "content_conversion_rate": [0.07, 0.08, 0.09, 0.10, 0.10] + [0.10] * 9,
        "content_readers":         [500, 560, 620, 700, 740, 850, 950, 1000, 1150, 1150, 1250, 1350, 1400, 1450],
    },
    "service": {
        "feedback_score":        [4.5] * 9 + [4.55] * 5,
        "complaint_rate":        [0.03] * 8 + [0.022] * 6,
        "mystery_shopper_score": [0.86] * 6 + [0.88] * 8,
    },
    "data": {
        "report_timeliness_rate": [0.95] * 8 + [0.96] * 6,
        "data_accuracy_rate":     [0.95] * 8 + [0.96] * 6,
    },
}
NORTH_STAR = [38000, 52000, 60000, 70000, 76000, 90000, 92000, 100000, 135000, 130000, 130000, 150000, 150000, 165000]
# fmt: on
CHAIN = {  # first week of a month -> what the balanced chain begins with: visitors, then rates of C–F
    "2026-08": ("2026-W32", {"B": 640, "C": 0.12, "D": 0.54, "E": 0.87, "F": 0.85}),
    "2026-09": ("2026-W37", {"B": 660, "C": 0.12, "D": 0.55, "E": 0.88, "F": 0.85}),
    "2026-10": ("2026-W41", {"B": 700, "C": 0.12, "D": 0.55, "E": 0.89, "F": 0.85}),
}
CHAIN_GROWTH = 0.01  # a week: the shop rises slowly
ADDS_UP = {"new_users", "referral_new_users", "repurchase_amount", "content_gmv", "user_payment_amount"}
PEOPLE = {"content_readers"}  # a quarter's readers are neither a sum nor a mean of months
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
        if number % 3 == 0:
            _quarter(folder, number)
        if period.id == "2026-10":
            raised = [Edit(TargetKey("operations", "buyback_rate_day"), 0.75, base=0.74)]
            _apply(folder, "ann", period, raised, "September was strong 九月表现好", day=28, hour=9)
    write_chain(folder)


def write_chain(folder: Path) -> None:
    """The first targets of the balanced chain, agreed for three months."""
    for month, (week, targets) in CHAIN.items():
        growth = Edit(TargetKey("chain:site", "growth"), CHAIN_GROWTH)
        first = [Edit(TargetKey("chain:site", link), target) for link, target in targets.items()]
        for when, edits in ((month, [growth]), (week, first)):
            _apply(folder, "lin", Period.parse(when), edits, "chain of the month 当月指标链", day=27, hour=15)


def _quarter(folder: Path, number: int) -> None:
    """The quarter that begins with that month of the plan: sums of what adds up, means of the rest."""
    quarter = Period.containing(FIRST.next(number).start, Grain.QUARTER)
    for hour, role in enumerate(PLAN, 10):
        plans = {**PLAN[role], "user_payment_amount": NORTH_STAR}
        months = {name: values[number : number + 3] for name, values in plans.items() if name not in PEOPLE}
        means = {name: sum(values) / len(values) for name, values in months.items()}
        edits = [
            Edit(TargetKey(role, name), round(mean * 3 if name in ADDS_UP else mean, 4)) for name, mean in means.items()
        ]
        _apply(folder, OWNER[role], quarter, edits, "quarterly plan 季度目标", day=26, hour=hour)


def _apply(folder: Path, who: str, period: Period, edits: list[Edit], why: str, *, day: int, hour: int) -> None:
    eve = Period.containing(period.start, Grain.MONTH).start - timedelta(days=1)
    at = datetime(eve.year, eve.month, day, hour, tzinfo=CHINA)
    TargetStore(folder, who, lambda: at).apply(period.id, edits, why=why)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "config" / "targets")
