"""Texts as polars must be told them to mean what DuckDB means: characters are counted, never bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlglot import exp

from kpi_tui.definitions.message import say
from kpi_tui.sql.dialects.dialect import Unsaid, Word
from kpi_tui.sql.dialects.number_text import number_text
from kpi_tui.sql.dialects.polars_times import stamp_text
from kpi_tui.sql.dialects.spelling import call, grouped, integer, is_text, number, whole_number
from kpi_tui.sql.kinds import Kinds, ValueKind

_BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What trim() takes away: separators, but neither tabs nor line breaks, which polars would take too."""


def _length(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    return integer(call("LENGTH", node.this))


def _null(value: exp.Expr) -> exp.Expr:
    return exp.Is(this=value.copy(), expression=exp.null())


def _unknown(*values: exp.Expr) -> exp.Expr:
    """Whether one of some texts is unknown."""
    asked = [_null(value) for value in values if not is_text(value)]
    return exp.or_(*asked, copy=False) if asked else exp.false()


def _before(text: exp.Expr, part: exp.Expr) -> exp.Expr:
    """Characters before the first place where a part stands; all of them where it does not."""
    return integer(call("LENGTH", call("SPLIT_PART", text.copy(), part.copy(), number(1))))


def _found(text: exp.Expr, part: exp.Expr) -> exp.Expr:
    return exp.LT(this=_before(text, part), expression=integer(call("LENGTH", text.copy())))


def _nothing(part: exp.Expr) -> exp.Expr:
    return exp.EQ(this=part.copy(), expression=exp.Literal.string(""))


def _position(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """Characters before the first place, and one more; polars counts bytes, of a pattern, and 0 in no text at all."""
    text, part = node.this, node.args["substr"]
    if node.args.get("position") or node.args.get("occurrence"):
        raise Unsaid(say("strpos() takes a text and what to look for"))
    made = exp.Case().when(_unknown(text, part), exp.null(), copy=False)
    made = made.when(_nothing(part), number(1), copy=False)
    place = exp.Add(this=_before(text, part), expression=number(1))
    return integer(made.when(_found(text, part), place, copy=False).else_(number(0), copy=False))


def _contains(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    text, part = node.this, node.expression
    made = exp.Case().when(_unknown(text, part), exp.null(), copy=False)
    return made.when(_nothing(part), exp.true(), copy=False).else_(_found(text, part), copy=False)


def _substring(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """From a start counted from the end too; a computed length below 0 takes the characters before the start."""
    text, start, length = node.this, node.args.get("start") or number(1), node.args.get("length")
    first, many = whole_number(start), None if length is None else whole_number(length)
    if many is not None and many < 0:
        raise Unsaid(say("substr() takes a length of 0 or more"))
    asked = exp.Case().when(_unknown(start, *([] if length is None else [length])), exp.null(), copy=False)
    if first is not None:
        made = _from_end(text, number(-first), length) if first < 0 else _from_start(text, start, length)
        return made if length is None or many is not None else asked.else_(made, copy=False)
    back = _from_end(text.copy(), exp.Neg(this=grouped(start.copy())), None if length is None else length.copy())
    begins = exp.LT(this=start.copy(), expression=number(0))
    return asked.when(begins, back, copy=False).else_(_from_start(text, start, length), copy=False)


def _from_start(text: exp.Expr, start: exp.Expr, length: exp.Expr | None) -> exp.Expr:
    """A place before the first character takes the part of the length that reaches into the text."""
    first = whole_number(start)
    if length is None:
        return call("SUBSTR", text, start if first else _most(start, number(1)))
    if first and whole_number(length) is not None:
        return call("SUBSTR", text, start, length)
    begin = _most(exp.Add(this=grouped(start.copy()), expression=_least(length.copy(), number(0))), number(1))
    end = exp.Add(this=grouped(start), expression=_most(length, number(0)))
    return call("SUBSTR", text, begin, _most(exp.Sub(this=end, expression=begin.copy()), number(0)))


def _from_end(text: exp.Expr, back: exp.Expr, length: exp.Expr | None) -> exp.Expr:
    tail = _tail(text, back)
    if length is None:
        return tail
    beyond = _most(exp.Sub(this=back.copy(), expression=integer(call("LENGTH", text.copy()))), number(0))
    return exp.Left(this=tail, expression=_most(exp.Sub(this=length, expression=beyond), number(0)))


def _tail(text: exp.Expr, many: exp.Expr) -> exp.Expr:
    """The last characters; polars loses one where there are fewer than asked for."""
    start = exp.Sub(this=integer(call("LENGTH", text.copy())), expression=grouped(many.copy()))
    return call("SUBSTR", text, _most(exp.Add(this=start, expression=number(1)), number(1)))


def _most(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    return call("GREATEST", one, other)


def _least(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    return call("LEAST", one, other)


def _right(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """A number below 0 leaves so many characters out at the start."""
    text, many = node.this, node.expression
    least = whole_number(many)
    if least is not None:
        return _tail(text, many) if least >= 0 else call("SUBSTR", text, number(1 - least))
    behind = call("SUBSTR", text.copy(), _most(exp.Sub(this=number(1), expression=grouped(many.copy())), number(1)))
    below = exp.LT(this=many.copy(), expression=number(0))
    made = exp.Case().when(_null(many), exp.null(), copy=False).when(below, behind, copy=False)
    return made.else_(_tail(text, many), copy=False)


def _left(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """polars has an empty text where the text, or how many, is unknown."""
    text, many = node.this, node.expression
    least = whole_number(many)
    if least is not None:
        return call("SUBSTR", text, number(1), number(least)) if least >= 0 else node
    begun = exp.GTE(this=many.copy(), expression=number(0))
    head = call("SUBSTR", text.copy(), number(1), _most(many.copy(), number(0)))
    made = exp.Case().when(_null(many), exp.null(), copy=False).when(begun, head, copy=False)
    return made.else_(node, copy=False)


def _trim(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    characters = node.expression or exp.Literal.string(_BLANKS)
    where = node.text("position").upper()
    made = node.this
    if where != "TRAILING":
        made = call("LTRIM", made, characters)
    return made if where == "LEADING" else call("RTRIM", made, characters.copy())


def _padded(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    fill = node.args.get("fill_pattern")
    if fill is None or not is_text(fill) or len(fill.name) != 1:
        raise Unsaid(say("lpad() and rpad() fill with one character"))
    return node


def _replaced(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    part = node.expression
    if not is_text(part):
        raise Unsaid(say("replace() needs a text to look for that is written out"))
    return node if part.name else node.this


def _split(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    parts = [node.args["delimiter"], node.args["part_index"]]
    made = call("SPLIT_PART", node.this, *parts)
    return made if is_text(parts[0]) else exp.Case().when(exp.not_(_unknown(parts[0]), copy=False), made, copy=False)


def _joined(node: exp.Expr, kinds: Kinds) -> exp.Expr:
    """Times and numbers put beside texts are printed as DuckDB prints them."""
    printed = {ValueKind.STAMP: stamp_text, ValueKind.DOUBLE: number_text}
    for part in list(node.iter_expressions()):
        if (kind := kinds.of(part)) in printed:
            part.replace(printed[kind](part.copy()))
    return node


def _capitals(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """A letter stays one letter: polars makes SS of ß."""
    return _letters(node, ("ß", "ẞ"))


def _small_letters(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """A letter stays one letter, wherever it stands: polars keeps a point above i, and ends a word in ς."""
    return _letters(node, ("İ", "i"), ("Σ", "σ"))


def _letters(node: exp.Expr, *pairs: tuple[str, str]) -> exp.Expr:
    for one, other in pairs:
        node.set("this", call("REPLACE", node.this, exp.Literal.string(one), exp.Literal.string(other)))
    return node


def _like(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    if is_text(node.expression):
        return node
    instead = "contains(x, y), starts_with(x, y)"
    raise Unsaid(say("like needs a pattern that is written out; write {instead}", instead=instead))


def _escaped(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    """A pattern whose signs are escaped is a regular expression."""
    like, sign = node.this, node.expression
    if not (isinstance(like, exp.Like | exp.ILike) and is_text(like.expression) and is_text(sign)):
        raise Unsaid(say("like … escape needs a pattern and a sign that are written out"))
    pattern = _as_regex(like.expression.name, sign.name)
    if pattern is None:
        raise Unsaid(say("like … escape needs one sign, and a sign behind each that it escapes"))
    flags = "(?is)" if isinstance(like, exp.ILike) else "(?s)"
    made = call("REGEXP_LIKE", like.this, exp.Literal.string(f"{flags}^{pattern}$"))
    return exp.not_(made, copy=False) if like.args.get("negate") else made


def _as_regex(pattern: str, sign: str) -> str | None:
    """A LIKE pattern as a regular expression; None where the sign is not one, or escapes nothing."""
    if len(sign) > 1:
        return None
    made, signs = "", iter(pattern)
    for one in signs:
        if one == sign:
            if (escaped := next(signs, "")) not in ("%", "_", sign):
                return None
            made += re.escape(escaped)
        else:
            made += {"%": ".*", "_": "."}.get(one) or re.escape(one)
    return made


def _bracket(_node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    raise Unsaid(say("x[1] cannot be computed; write {instead}", instead="substr(x, 1, 1)"))


def _similar(_node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    raise Unsaid(say("similar to cannot be computed; write {instead}", instead="regexp_matches(x, '^…$')"))


def _matched(node: exp.Expr, _kinds: Kinds) -> exp.Expr:
    if not is_text(node.expression):
        raise Unsaid(say("a regular expression must be written out"))
    return call("REGEXP_LIKE", node.this, node.expression)


TEXT_WORDS: Mapping[type[exp.Expr], Word] = {
    exp.Length: _length,
    exp.StrPosition: _position,
    exp.Contains: _contains,
    exp.Substring: _substring,
    exp.Left: _left,
    exp.Right: _right,
    exp.Trim: _trim,
    exp.Pad: _padded,
    exp.Replace: _replaced,
    exp.SplitPart: _split,
    **dict.fromkeys((exp.Concat, exp.ConcatWs, exp.DPipe), _joined),
    **dict.fromkeys((exp.Like, exp.ILike), _like),
    exp.Escape: _escaped,
    exp.Upper: _capitals,
    exp.Lower: _small_letters,
    exp.Bracket: _bracket,
    exp.SimilarTo: _similar,
    exp.RegexpLike: _matched,
}
