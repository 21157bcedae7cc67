"""The functions that mappings, facts, measures and conditions may call, and what to write instead of others."""

from __future__ import annotations

from sqlglot import exp

from kpi_tui.definitions.message import either, say
from kpi_tui.definitions.names import nearest

ALLOWED_FUNCTIONS = frozenset(
    """abs any_value avg bool_and bool_or case cast ceil coalesce concat contains count count_if date
    date_part date_trunc datediff day dayofweek dense_rank epoch exp extract first_value floor
    greatest hour if iif isodow lag last_value lead least length ln log log10 log2 lower lpad ltrim
    max median min minute mod month nullif ntile power pow quantile_cont quarter rank regexp_like
    regexp_replace replace reverse right left round row_number rpad rtrim second sign split_part
    sqrt starts_with ends_with stddev strftime strpos strptime substr substring sum timestamp
    to_timestamp trim trunc try_cast upper variance week weekofyear year and or not in between is
    like ilike""".split()
)

_INSTEAD = {
    "regexp_extract": either(("split_part()", "substring()")),
    "substring_index": "split_part()",
    "str_to_date": "strptime(x, '%d/%m/%Y')",
    "to_date": "strptime(x, '%d/%m/%Y')",
    "to_char": "strftime(x, '%Y-%m')",
    "date_format": "strftime(x, '%Y-%m')",
    "from_unixtime": "strptime(x, '%s')",
    "group_concat": either(("min()", "max()")),
    "mode": either(("min()", "max()")),
    "first": say("min(), or any_value()"),
    "last": say("max(), or any_value()"),
    "make_date": "strptime('2026-10-31', '%Y-%m-%d')",
    "make_timestamp": "strptime('2026-10-31 10:00', '%Y-%m-%d %H:%M')",
    "isnull": "x is null",
    "nvl": "coalesce()",
}


def refused_function(node: exp.Func, name: str) -> str:
    """Why, and what to write: what is known to do the same, else the nearest name that is allowed."""
    said = {name, *(alias.lower() for alias in type(node).sql_names())} if name not in _INSTEAD else {name}
    instead = next((_INSTEAD[word] for word in said if word in _INSTEAD), "")
    near = nearest(name, ALLOWED_FUNCTIONS, cutoff=0.8)
    hint = instead or (f"{near}()" if near else "")
    return say("function {name}() is not allowed", name=name) + (say("; write {hint}", hint=hint) if hint else "")


def is_allowed(node: exp.Func, name: str) -> bool:
    """`name`: as sqlglot calls it, or as it was written where sqlglot knows no such function."""
    if isinstance(node, exp.Array):  # strptime(x, ['%Y/%m/%d', '%Y-%m-%d'])
        return isinstance(node.parent, exp.StrToTime) and all(
            isinstance(part, exp.Literal) for part in node.expressions
        )
    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
        return name in ALLOWED_FUNCTIONS
    return bool({name, *(alias.lower() for alias in type(node).sql_names())} & _ALLOWED_TYPED)


# sqlglot normalises some names (strptime -> STR_TO_TIME …); these are the typed spellings let through.
_ALLOWED_TYPED = ALLOWED_FUNCTIONS | frozenset(
    """str_to_time str_to_date time_to_str ts_or_ds_to_date timestamp_trunc date_trunc str_position
    approx_quantile quantile percentile_cont cast try_cast count_if logical_and logical_or date_diff var_pop var_samp
    datetime_trunc unix_to_time time_to_unix regexp_like is_nan variance stddev_samp stddev_pop
    current_date exists concat_ws safe_divide day_of_week dayofweek_iso week_of_year pad date_add""".split()
)
