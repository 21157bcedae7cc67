"""Days, times and spans as polars must be told them to mean what DuckDB means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.dialects.dialect import Unsaid, Word
from kpi_tui.sql.dialects.spelling import call, cast, grouped, integer, is_text, number, quoted_numbers
from kpi_tui.sql.kinds import TIMES, Kinds, ValueKind

_PARTS = ("year", "quarter", "month", "week", "day", "dow", "isodow", "doy", "hour", "minute", "second", "isoyear",
          "epoch")  # fmt: skip
_ALIASES = {"dayofweek": "dow", "weekday": "dow", "dayofweek_iso": "isodow", "dayofyear": "doy", "weekofyear": "week",
            "years": "year", "months": "month", "days": "day", "hours": "hour", "minutes": "minute",
            "seconds": "second"}  # fmt: skip
_CLOCK = ("hour", "minute", "second", "epoch")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_WRITTEN = re.compile(r"%(-?)(.)")
_PRINTED = frozenset("YmdHMSybBhaApIjuwGVUWTXf%")
_PLAIN = frozenset("dmHMSIjy")  # may be printed without a leading zero
_PARSED = frozenset("YmdHMSybBpIjfT%")


def refuse_span(kind: ValueKind) -> None:
    """Unsaid: a day, a time or a span is no number."""
    if kind is ValueKind.INTERVAL:
        raise Unsaid(say("a span between two times is no number; write datediff('second', a, b)"))
    raise Unsaid(say("a date is no number; write date_part('epoch', x), or datediff('day', a, b)"))


def stamp_text(value: exp.Expr) -> exp.Expr:
    """A timestamp as text: fractions of a second only where there are some."""
    shown = call("STRFTIME", cast(value, "timestamp"), exp.Literal.string("%Y-%m-%d %H:%M:%S.%6f"))
    for character in "0.":
        shown = call("RTRIM", shown, exp.Literal.string(character))
    return shown


def from_text(node: exp.Expr, source: ValueKind, target: ValueKind) -> exp.Expr:
    """A cast to a day or time: text is read as 2026-10-31, never guessed."""
    if source in (ValueKind.INT, ValueKind.DECIMAL, ValueKind.DOUBLE, ValueKind.BOOL):
        raise Unsaid(say("a number is no date; write strptime(x, '%Y%m%d')"))
    if source is not ValueKind.TEXT:
        return node
    if target is ValueKind.DATE and not isinstance(node, exp.TryCast):
        day = exp.Literal.string(node.this.name.strip()[:10]) if is_text(node.this) else _first_ten(node.this)
        return cast(call("STRPTIME", day, exp.Literal.string("%Y-%m-%d")), "date")
    if is_text(node.this):
        return node
    raise Unsaid(say("a text is read as a time with {instead}", instead="strptime(x, '%Y-%m-%d %H:%M:%S')"))


def _first_ten(text: exp.Expr) -> exp.Expr:
    return exp.Left(this=exp.Trim(this=text), expression=number(10))


def _minus(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """date - date is whole days."""
    if kinds.of(node) is ValueKind.INT and kinds.of(node.this) is ValueKind.DATE:
        return grouped(exp.Sub(this=integer(node.this), expression=integer(node.expression)))
    return _moved(node, kinds)


def _moved(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """A day and a span of hours are a time of that day."""
    sides = ((node.this, node.expression), (node.expression, node.this))
    for day, span in sides:
        if kinds.of(day) in TIMES and isinstance(span, exp.Interval) and span.text("unit").lower() in _SECONDS:
            day.replace(cast(day.copy(), "timestamp"))
    return quoted_numbers(node, kinds)


def _interval(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    if isinstance(node.this, exp.Literal):
        return node
    raise Unsaid(say("a span must be written out (interval 7 day); for days of a column write date + days"))


def _difference(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """Boundaries crossed between two times, from 23:59 to 00:01 is one day; whole weeks of seven days."""
    unit = _unit(node.text("unit") or "day")
    counts: dict[str, Callable[[exp.Expr], exp.Expr]] = {
        "day": _days,
        "year": lambda value: _part_of("year", value),
        "quarter": lambda value: _since_year("quarter", 4, value),
        "month": lambda value: _since_year("month", 12, value),
        **{name: lambda value, size=size: _ticks(value, size) for name, size in _SECONDS.items()},  # type: ignore[misc]
    }
    count = counts["day"] if unit == "week" else counts.get(unit)
    if count is None:
        raise Unsaid(say("datediff() counts year, quarter, month, week, day, hour, minute or second"))
    between = grouped(exp.Sub(this=count(node.this), expression=count(node.expression)))
    return grouped(exp.IntDiv(this=between, expression=number(7))) if unit == "week" else between


def _unit(written: str) -> str:
    unit = written.lower()
    return _ALIASES.get(unit, unit)


def _days(value: exp.Expr) -> exp.Expr:
    return integer(cast(cast(value, "timestamp"), "date"))


def _since_year(unit: str, each: int, value: exp.Expr) -> exp.Expr:
    year = exp.Mul(this=_part_of("year", value.copy()), expression=number(each))
    return grouped(exp.Add(this=year, expression=_part_of(unit, value)))


def _ticks(value: exp.Expr, seconds: int) -> exp.Expr:
    return integer(exp.Floor(this=exp.Div(this=_epoch(value), expression=number(seconds))))


def _part_of(unit: str, value: exp.Expr) -> exp.Expr:
    value = cast(value, "timestamp") if is_text(value) else value
    return integer(call("DATE_PART", exp.Literal.string(unit), value))


def _part(unit: str, value: exp.Expr, kinds: Kinds) -> exp.Expr:
    """A part of a day or time, in 64 bits: month * 100 runs over the 8 bits that polars gives a month."""
    kind = kinds.of(value)
    if unit not in _PARTS:
        parts = ", ".join(_PARTS)
        raise Unsaid(say("the part {unit!r} of a date cannot be computed; there is {parts}", unit=unit, parts=parts))
    if kind is ValueKind.INTERVAL:
        return _epoch_between(unit, value)
    if kind in (ValueKind.TEXT, ValueKind.INT, ValueKind.DECIMAL, ValueKind.DOUBLE, ValueKind.BOOL):
        raise Unsaid(say("only a date or time has a {unit}; write cast(x as date)", unit=unit))
    value = cast(value, "timestamp") if unit in _CLOCK else value
    made = call("DATE_PART", exp.Literal.string(unit), value)
    return made if unit == "epoch" else integer(made)


def _epoch_between(unit: str, span: exp.Expr) -> exp.Expr:
    while isinstance(span, exp.Paren):
        span = span.this
    if unit != "epoch" or not isinstance(span, exp.Sub):
        raise Unsaid(say("the {unit} of a span cannot be computed; write datediff('{unit}', a, b)", unit=unit))
    return grouped(exp.Sub(this=_epoch(span.this), expression=_epoch(span.expression)))


def _epoch(value: exp.Expr) -> exp.Expr:
    return call("DATE_PART", exp.Literal.string("epoch"), cast(value, "timestamp"))


def _named(unit: str) -> Word:
    return lambda node, kinds: _part(unit, node.this, kinds)


def _extract(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    return _part(_unit(node.name), node.expression, kinds)


def anonymous(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """date_part('unit', x), which sqlglot leaves as it is."""
    if node.name.lower() not in ("date_part", "datepart") or len(node.expressions) != 2:
        return node
    unit, value = node.expressions
    return _part(_unit(unit.name), value, kinds)


def _printed(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    shown = node.args.get("format")
    form = _format(shown, _PRINTED, "strftime").replace("%f", "%6f")
    return call("STRFTIME", cast(node.this, "timestamp"), exp.Literal.string(form))


def _parsed(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    form = _format(node.args.get("format"), _PARSED, "strptime")
    if not re.search("%[Yy]", form):
        raise Unsaid(say("strptime() needs a year in its format"))
    if kinds.of(node.this) in (*TIMES, ValueKind.BOOL):
        raise Unsaid(say("strptime() reads a text, and this is none"))
    return node


def _format(written: object, allowed: frozenset[str], name: str) -> str:
    if not is_text(written):
        raise Unsaid(say("{name}() needs a format that is written out", name=name))
    assert isinstance(written, exp.Literal)
    for plain, letter in _WRITTEN.findall(written.name):
        if letter not in allowed or (plain and (letter not in _PLAIN or allowed is _PARSED)):
            code, codes = "%" + plain + letter, " ".join("%" + one for one in sorted(allowed))
            raise Unsaid(say("{name}() knows no {code}; there is {codes}", name=name, code=code, codes=codes))
    return written.name


def _unix(_node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    raise Unsaid(say('a unix time is read by the mapping of its table: types = {{ x = "datetime" }}'))


TIME_WORDS: Mapping[type[exp.Expr], Word] = {
    exp.Sub: _minus,
    exp.Add: _moved,
    exp.Interval: _interval,
    exp.DateAdd: lambda node, kinds: _moved(exp.Add(this=node.this, expression=node.expression), kinds),
    exp.DateDiff: _difference,
    exp.Extract: _extract,
    exp.Anonymous: anonymous,
    exp.Year: _named("year"),
    exp.Quarter: _named("quarter"),
    exp.Month: _named("month"),
    exp.Week: _named("week"),
    exp.WeekOfYear: _named("week"),
    exp.Day: _named("day"),
    exp.DayOfWeek: _named("dow"),
    exp.DayOfWeekIso: _named("isodow"),
    exp.DayOfYear: _named("doy"),
    exp.Hour: _named("hour"),
    exp.Minute: _named("minute"),
    exp.Second: _named("second"),
    exp.TimeToUnix: _named("epoch"),
    exp.TimeToStr: _printed,
    exp.StrToTime: _parsed,
    exp.UnixToTime: _unix,
}
