"""What polars says of SQL it cannot compute, in a sentence for whoever wrote the SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kpi_tui.definitions.message import Message, say
from kpi_tui.sql.no_sql import no_such_kind

_KINDS: Mapping[str, Callable[[], Message]] = {
    "str": lambda: say("a text"),
    "string": lambda: say("a text"),
    "bool": lambda: say("a truth value"),
    "boolean": lambda: say("a truth value"),
    "date": lambda: say("a date"),
    "datetime": lambda: say("a time"),
    "duration": lambda: say("a span of time"),
    "null": lambda: say("nothing"),
}
_SMALL = {"i8": "tinyint", "i16": "smallint", "i32": "integer", "u8": "utinyint", "u16": "usmallint", "u32": "uinteger"}
_INTERNAL = re.compile(
    r"`|dtype|series|polars|duckdb|\bexpr|literal|schema|panick|identifier|sqlglot|_horizontal|ast\b|\bplan\b", re.I
)


def in_words(said: str) -> Message:
    """Our sentence for the first line of a failure of polars."""
    for pattern, sentence in _SENTENCES:
        if found := re.search(pattern, said, re.I):
            return sentence(found)
    if _INTERNAL.search(said):
        return say("it cannot be computed as it is written; look at the kinds of its columns (text, number, time)")
    return say("it cannot be computed: {said:.200}", said=said)


def _kind(name: str) -> Message:
    """A type of polars in words; all that is not in the list is a number."""
    return _KINDS.get(re.split(r"[\[( ]", name.strip().strip("'`").lower())[0], lambda: say("a number"))()


def _arithmetic(found: re.Match[str]) -> Message:
    return say("{one} and {two} cannot be counted with", one=_kind(found[1]), two=_kind(found[2]))


def _too_large(found: re.Match[str]) -> Message:
    return say("{example:.40} is too large for {kind}; cast to bigint", example=found[2], kind=_SMALL[found[1]])


def _conversion(found: re.Match[str]) -> Message:
    return say(
        "{column} is {one}, and {example!r:.40} is not {two}; write try_cast({column} as …) to leave such rows out",
        column=found[3],
        one=_kind(found[1]),
        two=_kind(found[2]),
        example=found[4].strip('"'),
    )


def _expected(found: re.Match[str]) -> Message:
    name = found[3] if found[3] not in ("literal", "") else say("a value")
    wanted, got = _kind(found[1]), _kind(found[2])
    return say("{name} is {got} where {wanted} is needed; cast or compare it", name=name, got=got, wanted=wanted)


_SENTENCES: tuple[tuple[str, Callable[[re.Match[str]], Message]], ...] = (
    (r"arithmetic on dtypes (?:dyn )?(\w+).* and (?:dyn )?(\w+).* is not allowed", _arithmetic),
    (r"not allowed on (\w+)[^ ]* and (\w+)", _arithmetic),
    (
        r"predicate must be of type `Boolean`, got `(\w+)",
        lambda m: say("a condition must be true or false, and this is {kind}; compare it", kind=_kind(m[1])),
    ),
    (r"expected String type, got:? `?(\w+)", lambda m: say("{kind} stands where a text is needed", kind=_kind(m[1]))),
    (
        r"`bit(and|or)` operation not supported",
        lambda m: say("{word} joins conditions, and what stands beside it is none", word=m[1]),
    ),
    (r"to Boolean not supported", lambda _: say("a text is no condition and no truth value; compare it")),
    (
        r"casting from string to date",
        lambda _: say('a text is taken for a day; say that its column is one: [tables.….types] … = "datetime"'),
    ),
    (r"'is_in' cannot check", lambda _: say("values of different kinds are compared; cast one of them")),
    (
        r"'(.+)' should participate in the GROUP BY",
        lambda m: say("{column} is neither grouped by nor aggregated", column=m[1]),
    ),
    (r"unsupported function '(.+)'", lambda m: say("{function}() cannot be computed", function=m[1])),
    (r"division with '?(\w+)'? datatypes", lambda m: say("{one} cannot be divided, nor divide", one=_kind(m[1]))),
    (
        r"conversion from `i\d+` to `([iu](?:8|16|32))` failed in column '.*?' for \d+ out of \d+ values: \[(.*?)[,\]]",
        _too_large,
    ),
    (
        r"conversion from `(\S+?)` to `(\S+?)` failed in column '(.*?)' for \d+ out of \d+ values: \[(.*?)[,\]]",
        _conversion,
    ),
    (r"invalid series dtype: expected `(\w+)[^`]*`, got `(\w+)[^`]*`(?: for series with name `(.*)`)?", _expected),
    (
        r"`?(\w+)`? operation not supported for dtype `(\w+)",
        lambda m: say("{function}() cannot be taken of {kind}", function=m[1], kind=_kind(m[2])),
    ),
    (
        r"could not find an appropriate format",
        lambda _: say("a text is used as a time and is none; write '2026-10-31'"),
    ),
    (r"cannot compare", lambda _: say("values of different kinds are compared; cast one of them")),
    (r"ambiguous dtypes|supertype", lambda _: say("values of different kinds stand side by side; cast one of them")),
    (r"regex error", lambda _: say("the pattern (regular expression) cannot be read")),
    (r'datatype "?(.+?)"? is not', lambda m: no_such_kind(m[1])),
    (r"aggregat\w+ .*nested", lambda _: say("an aggregate stands within an aggregate")),
)
