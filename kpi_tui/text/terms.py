"""What the ids of closed lists are called: grains, kinds, stages, windows, methods (`views/reasons.py:term` tells)."""

from __future__ import annotations

from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.answers.targets.year_split import SplitBy
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.library.metric import Better, Kind, Rollup
from kpi_tui.definitions.period import Grain
from kpi_tui.text.i18n import N_

GRAINS = {
    Grain.DAY: N_("day"),
    Grain.WEEK: N_("week"),
    Grain.MONTH: N_("month"),
    Grain.QUARTER: N_("quarter"),
    Grain.YEAR: N_("year"),
    Grain.SPAN: N_("span"),
    Grain.YTD: N_("year to date"),
    Grain.LAST_7: N_("last 7 days"),
    Grain.LAST_28: N_("last 28 days"),
}
WEEKDAY_NAMES = {
    "monday": N_("Monday"),
    "tuesday": N_("Tuesday"),
    "wednesday": N_("Wednesday"),
    "thursday": N_("Thursday"),
    "friday": N_("Friday"),
    "saturday": N_("Saturday"),
    "sunday": N_("Sunday"),
}
MONTH_NAMES = {
    "january": N_("January"),
    "february": N_("February"),
    "march": N_("March"),
    "april": N_("April"),
    "may": N_("May"),
    "june": N_("June"),
    "july": N_("July"),
    "august": N_("August"),
    "september": N_("September"),
    "october": N_("October"),
    "november": N_("November"),
    "december": N_("December"),
}
BETTER = {
    Better.HIGHER: N_("↑ higher is better"),
    Better.LOWER: N_("↓ lower is better"),
    Better.NEUTRAL: N_("no direction is better"),
}
KINDS = {Kind.ABSOLUTE: N_("absolute number"), Kind.RATIO: N_("ratio")}
SHORT_KINDS = {Kind.ABSOLUTE: N_("abs."), Kind.RATIO: N_("ratio")}
ROLLUPS = {
    Rollup.RECOMPUTE: N_("longer periods are computed from the rows"),
    Rollup.MEAN: N_("longer periods are the mean"),
    Rollup.POOLED: N_("longer periods pool the parts"),
    Rollup.LAST: N_("longer periods show the last value"),
}
STAGES = {
    "acquisition": N_("Acquisition"),
    "activation": N_("Activation"),
    "retention": N_("Retention"),
    "revenue": N_("Revenue"),
    "referral": N_("Referral"),
}
SHORT_STAGES = {
    "acquisition": N_("acq."),
    "activation": N_("act."),
    "retention": N_("ret."),
    "revenue": N_("rev."),
    "referral": N_("ref."),
}
SUBCATEGORIES = {
    "activity": N_("activity"),
    "campaign": N_("campaign"),
    "content": N_("content"),
    "conversion": N_("conversion"),
    "feature": N_("feature"),
    "income": N_("income"),
    "membership": N_("membership"),
    "official_account": N_("official account"),
    "points": N_("reward points"),
    "reach": N_("reach"),
    "repurchase": N_("repurchase"),
    "retention": N_("retention"),
    "topup": N_("top-up"),
    "trading": N_("trading"),
    "user_index": N_("user index"),
    "user_state": N_("user state"),
    "value": N_("value"),
}
DIMENSIONS = {
    "aarrr": N_("AARRR model"),
    "life_cycle": N_("User life cycle"),
    "feedback": N_("User feedback"),
    "work": N_("Work management"),
    "growth": N_("Employee growth"),
}
LIFE_STAGES = {
    "active": N_("Active"),
    "silent": N_("Silent"),
    "sleeping": N_("Sleeping"),
    "churned": N_("Churned"),
    "dead": N_("Dead"),
}
WINDOWS = {
    "period": N_("the period"),
    "previous_period": N_("the period before"),
    "same_period_last_year": N_("the same period a year before"),
    "as_of_end": N_("as it stands at the end"),
    "to_date": N_("everything to the end"),
    "before_period": N_("everything before the period"),
    "cohort": N_("the cohort of the period"),
    "trailing": N_("the days up to the end"),
    "all": N_("everything"),
}
METHODS = {
    "ratio": N_("actual / target"),
    "inverse": N_("target / actual"),
    "linear": N_("between floor and stretch"),
    "steps": N_("by bands"),
    "range": N_("inside the range"),
    "pass_fail": N_("met or not"),
    "deduct": N_("points taken off per unit"),
}
BALANCES = {
    "balanced": N_("balanced"),
    "absolute_only": N_("absolute numbers only: add a ratio"),
    "ratio_only": N_("ratios only: add an absolute number"),
    "empty": N_("no lines"),
}
SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.HINT: N_("hint")}
BASES = {
    Basis.LAST: N_("the period before"),
    Basis.YEAR: N_("same period last year"),
    Basis.MEAN: N_("mean of last periods"),
    Basis.MEDIAN: N_("median of last periods"),
    Basis.BAND: N_("middle of what is usual"),
    Basis.BENCHMARK: N_("benchmark"),
    Basis.GROWTH: N_("the period before, raised"),
    Basis.PARENT: N_("share of longer period"),
    Basis.TREE: N_("share of what it is in"),
}
SPLITS = {SplitBy.SHAPE: N_("{period} split by last year's shape"), SplitBy.DAYS: N_("{period} split by days")}
CHANGES = {
    "set": N_("set"),
    "clear": N_("cleared"),
    "copy": N_("copied"),
    "raise": N_("raised"),
    "undo": N_("taken back"),
    "redo": N_("done again"),
    "rename": N_("renamed"),
}
