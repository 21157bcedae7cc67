"""facts.toml, categories.toml and metrics/*.toml: the library (R006)."""

from __future__ import annotations

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import (
    READS,
    SIGNAL_CONDITIONS,
    Apart,
    Benchmark,
    Better,
    Category,
    Example,
    Fact,
    Kind,
    Measure,
    Metric,
    Provisional,
    Rollup,
    Signal,
    Spread,
    Window,
)
from kpi_tui.definitions.library.procedure import OptionValue
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import GRAINS, Grain
from kpi_tui.definitions.text import Text
from kpi_tui.sql.tidy_condition import tidy_where
from kpi_tui.workspace.parse.analysis_parts import named
from kpi_tui.workspace.toml.fields import Fields, is_number, kind_of

UNITS = ("count", "currency", "percent", "days", "score", "seconds", "ratio")
STAGES = ("acquisition", "activation", "retention", "revenue", "referral", "churn", "none")
DIMENSIONS = ("aarrr", "life_cycle", "feedback", "work", "growth")  # R012
COMPLEXITY = ("simple", "complex")
DATA_EASE = ("easy", "manual", "hard")
ALL_COLUMNS = "*"
"""What SQL writes where a count counts rows."""
OPERATORS = (">=", ">", "<=", "<", "=", "between")


def read_fact(key: str, fields: Fields) -> Fact:
    """One `[facts.id]`."""
    return Fact(
        id=key,
        sql=fields.string("sql", required="variants" not in fields.data).strip().rstrip(";"),
        name=fields.text("name"),
        about=fields.text("about"),
        time=fields.string("time"),
        key=fields.strings("key"),
        dimension=fields.boolean("dimension"),
        history=fields.strings("history"),
        looks_back={
            name: tuple(part.strip() for part in text.split(","))
            for name, text in fields.string_map("looks_back").items()
        },
        optional=fields.strings("optional"),
        without=named(fields, "without"),
        procedure=fields.string("procedure"),
        options=_options(fields),
        chosen_by=fields.string("chosen_by", required="variants" in fields.data),
        variants={name: sql.strip().rstrip(";") for name, sql in fields.string_map("variants").items()},
        called=named(fields, "called"),
        words=_words(fields),
        place=fields.place,
    )


def _words(fields: Fields) -> dict[str, dict[str, Text]]:
    """`[facts.id.words]`: column → word → what people say."""
    inner = fields.table("words")
    found = {name: named(inner, name) for name in inner.data} if inner else {}
    fields.join(inner)
    return found


def _options(fields: Fields) -> dict[str, OptionValue]:
    """Options of a procedure: words, numbers and lists of words."""
    inner = fields.table("options")
    found: dict[str, OptionValue] = {}
    for name, value in inner.data.items() if inner else ():
        assert inner is not None
        if is_number(value):
            found[name] = inner.number(name)
        elif isinstance(value, list):
            found[name] = inner.strings(name)
        else:
            found[name] = inner.string(name)
    fields.join(inner)
    return found


def read_category(key: str, fields: Fields) -> Category:
    """One `[categories.id]`."""
    return Category(key, fields.text("name", required=True), fields.boolean("module"), fields.place)


def read_measure(key: str, fields: Fields) -> Measure:
    """One `[measures.id]`."""
    column = fields.string("column").strip()
    measure = Measure(
        id=key,
        table=fields.string("table", required=True),
        agg=Aggregation(fields.choice("agg", Aggregation, required=True)),
        column="" if column == ALL_COLUMNS else column,
        where=tidy_where(fields.string("where")),
        time=fields.string("time"),
        window=Window(fields.choice("window", Window, Window.PERIOD)),
        days=_days(fields, "days"),
        mature=_days(fields, "mature"),
        quantile=fields.number("quantile", 0.5),
        about=fields.text("about"),
        needs=fields.strings("needs"),
        provisional=_provisional(fields),
        apart=_apart(fields),
        spread=_spread(fields),
        place=fields.place,
        places=fields.places,
    )
    _check_measure(measure, fields)
    return measure


def _provisional(fields: Fields) -> Provisional | None:
    """The rows that are not final: `{ where = …, until = COLUMN, says = … }`."""
    inner = fields.table("provisional")
    if inner is None:
        return None
    where = tidy_where(inner.string("where", required=True))
    found = Provisional(where, inner.string("until"), inner.text("says"))
    fields.join(inner)
    return found


def _apart(fields: Fields) -> Apart | None:
    """The rows that it cannot place: `{ where = …, says = … }`."""
    inner = fields.table("apart")
    if inner is None:
        return None
    found = Apart(tidy_where(inner.string("where", required=True)), inner.text("says", required=True))
    fields.join(inner)
    return found


def _spread(fields: Fields) -> Spread | None:
    """The rows that are shares of a whole: `{ where = …, by = [COLUMN], says = … }`."""
    inner = fields.table("spread")
    if inner is None:
        return None
    where = tidy_where(inner.string("where", required=True))
    found = Spread(where, inner.strings("by", required=True), inner.text("says", required=True))
    fields.join(inner)
    return found


def _check_measure(measure: Measure, fields: Fields) -> None:
    if measure.agg.traits.needs_column and fields.data.get("column"):
        if not measure.column:
            fields.problem(
                "column",
                say("agg = {agg!r} reads one column, and '*' is all of them", agg=measure.agg.value),
                say("name the column, or write agg = 'count' for a count of rows"),
            )
    elif measure.agg.traits.needs_column:
        fields.problem(
            "column",
            say("agg = {agg!r} needs a column", agg=measure.agg.value),
            say("add a line `column = …`"),
            "missing-key",
        )
    if measure.window is Window.TRAILING and not measure.days:
        fields.problem(
            "days", say("window = 'trailing' needs a number of days"), say("add a line `days = 30`"), "missing-key"
        )
    if not 0 <= measure.quantile <= 1:
        fields.problem("quantile", say("'quantile' must lie between 0 and 1"), say("write 0.5 for the median"))


def _days(fields: Fields, key: str) -> str:
    """A whole number of days, or the name of a setting as `:name`."""
    value = fields.data.get(key, "")
    fields.seen.add(key)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return str(value)
    if isinstance(value, str) and (not value or value.isdecimal() or value.startswith(":")):
        return value
    fields.problem(
        key,
        say("{key!r} must be a number of days or a setting, not {kind}", key=key, kind=kind_of(value)),
        say("write 30 or ':n_days'"),
    )
    return ""


def read_metric(key: str, fields: Fields) -> Metric:
    """One `[metrics.id]`."""
    grain = Grain(fields.choice("grain", GRAINS, Grain.DAY))
    return Metric(
        id=key,
        name=fields.text("name", required=True),
        category=fields.string("category", required=True),
        kind=Kind(fields.choice("kind", Kind, required=True)),
        formula=fields.string("formula", required="chain" not in fields.data),
        chain=fields.string("chain"),
        link=fields.string("link"),
        reads=fields.choice("reads", ("", *READS)),
        unit=fields.choice("unit", UNITS, required=True),
        better=Better(fields.choice("better", Better, Better.HIGHER)),
        grain=grain,
        grains=_grains(fields, grain),
        rollup=Rollup(fields.choice("rollup", Rollup, Rollup.RECOMPUTE)),
        definition=fields.text("definition"),
        subcategory=fields.string("subcategory"),
        aarrr=fields.choice("aarrr", STAGES, "none"),
        dimension=fields.choice("dimension", ("", *DIMENSIONS)),
        edge=fields.texts("edge"),
        assumption=fields.text("assumption"),
        note=fields.text("note"),
        benchmarks=_benchmarks(fields),
        examples=_examples(fields),
        signals=_signals(fields),
        words=fields.strings("words"),
        optional=fields.strings("optional"),
        one_of=fields.boolean("one_of"),
        applies=fields.string("applies"),
        complexity=fields.choice("complexity", COMPLEXITY, "simple"),
        data_ease=fields.choice("data_ease", DATA_EASE, "easy"),
        priority=int(fields.number("priority", 2)),
        dims=fields.strings("dims"),
        per=fields.strings("per"),
        seeds=fields.strings("seeds"),
        place=fields.place,
        places=fields.places,
    )


def _grains(fields: Fields, grain: Grain) -> tuple[Grain, ...]:
    found = []
    for name in fields.strings("grains"):
        if name in list(GRAINS):
            found.append(Grain(name))
        else:
            known = listed(GRAINS)
            fields.problem(
                "grains", say("{name!r} is not a period", name=name), say("known: {names}", names=known), "unknown-word"
            )
    return tuple(found) or (grain,)


def _benchmarks(fields: Fields) -> tuple[Benchmark, ...]:
    found = []
    for inner in fields.tables("benchmarks"):
        upper = inner.number("upper") if "upper" in inner.data else None
        operator = inner.choice("op", OPERATORS, ">=")
        value = inner.number("value", required=True)
        describes = inner.boolean("describes")
        found.append(Benchmark(operator, value, upper, _source(inner), inner.text("about"), describes))
        fields.join(inner)
    return tuple(found)


def _examples(fields: Fields) -> tuple[Example, ...]:
    found = []
    for inner in fields.tables("examples"):
        expected = inner.number("expected", required=True)
        about = inner.text("about")
        found.append(Example(inner.number_map("inputs"), expected, _printed(inner), _source(inner), about))
        fields.join(inner)
    return tuple(found)


def _signals(fields: Fields) -> tuple[Signal, ...]:
    found = []
    for inner in fields.tables("signals"):
        limit = inner.data.get("value", 0.0)
        value = inner.string("value") if isinstance(limit, str) else inner.number("value")
        periods = inner.number("periods", 2.0 if inner.data.get("op") in ("rising", "falling") else 1.0)
        if periods < 1 or not periods.is_integer():
            inner.problem(
                "periods", say("'periods' must be a whole number from 1 on"), say("write 3 for three in a row")
            )
        operator = inner.choice("op", SIGNAL_CONDITIONS, required=True)
        found.append(Signal(operator, inner.text("says", required=True), value, int(periods), _source(inner)))
        fields.join(inner)
    return tuple(found)


def _printed(fields: Fields) -> str:
    """The value as its source prints it; a bare number is allowed."""
    value = fields.data.get("printed", "")
    return _bare(fields, "printed") if is_number(value) else fields.string("printed")


def _source(fields: Fields) -> str:
    return fields.string("source")


def _bare(fields: Fields, key: str) -> str:
    fields.seen.add(key)
    return str(fields.data[key])
