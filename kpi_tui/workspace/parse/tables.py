"""schema.toml and tables.toml: what a canonical table looks like, and where its rows come from."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.library.exchange_rates import MOST_WITHIN, WITHIN, ExchangeRates
from kpi_tui.definitions.library.file_reading import FileReading
from kpi_tui.definitions.library.table import (
    AS_OF,
    SOURCE,
    AmountsByWord,
    ColumnType,
    Join,
    Repeated,
    SchemaColumn,
    TableSchema,
    TableSource,
)
from kpi_tui.definitions.message import say
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.workspace.parse.analysis_parts import named
from kpi_tui.workspace.parse.collected import PLAIN_NAME, cannot_be_an_id
from kpi_tui.workspace.toml.fields import Fields

FORMATS = ("csv", "parquet", "xlsx")
OF_THE_TABLE = {"sources", "types", "money", "complete_until"}


def read_schema(key: str, fields: Fields) -> TableSchema:
    """One `[schema.id]` with its columns."""
    schema = TableSchema(
        id=key,
        name=fields.text("name", required=True),
        about=fields.text("about"),
        core=fields.boolean("core"),
        time=fields.string("time"),
        paid=fields.string("paid"),
        key=fields.strings("key"),
        repeated=Repeated(fields.choice("repeated", Repeated) or Repeated.ALL),
        complete_until=fields.choice("complete_until", ("", AS_OF), ""),
        columns=_columns(fields),
        place=fields.place,
    )
    named = (("time", schema.time), ("paid", schema.paid), *(("key", name) for name in schema.key))
    for place, name in named:
        if name and name not in schema.columns:
            fields.problem(place, say("{name!r} is no column of this table", name=name))
    return schema


def _columns(fields: Fields) -> dict[str, SchemaColumn]:
    table = fields.table("columns")
    if table is None:
        fields.problem(
            "columns",
            say("the table has no columns"),
            say("add [{key}.columns]", key=".".join(map(str, fields.path))),
        )
        return {}
    inner = {name: table.table(name) for name in table.data}
    found = {name: _column(name, column) for name, column in inner.items() if column is not None}
    table.join(*inner.values())
    fields.join(table)
    return found


def _column(name: str, fields: Fields) -> SchemaColumn:
    kind = ColumnType(fields.choice("type", ColumnType, required=True))
    references = fields.string("references")
    place = fields.place if references else Place()
    money = fields.boolean("money", True)
    words = _by_word(fields)
    about, called = fields.text("about"), fields.text("called")
    column = SchemaColumn(name, kind, fields.boolean("nullable"), about, money, words, references, called, place=place)
    return replace(column, named_by=fields.string("named_by"), words=named(fields, "words"))


def _by_word(fields: Fields) -> AmountsByWord | None:
    """`amounts = { by = "event", words = […], others = […] }`: in which rows a column holds money."""
    table = fields.table("amounts")
    if table is None:
        return None
    found = AmountsByWord(table.string("by", required=True), table.strings("words"), table.strings("others"))
    fields.join(table)
    return found


def read_table(key: str, fields: Fields) -> TableSource:
    """One `[tables.id]`: files, mapping and filters; or `sources`, each with its own."""
    types = {name: ColumnType(kind) for name, kind in _types(fields).items()}
    money = _money(fields)
    until = _complete_until(fields)
    if "sources" not in fields.data:
        return replace(_part(key, fields), types=types, money=money, complete_until=until)
    sources = {
        name: replace(part, types=types, money=money, complete_until=part.complete_until or until)
        for name, part in _sources(key, fields).items()
    }
    types = {**types, SOURCE: ColumnType.STR}
    said = TableSource(key, (), types=types, money=money, complete_until=until, sources=sources)
    return replace(said, place=fields.place, places=fields.places)


def read_rates(fields: Fields) -> ExchangeRates | None:
    """`[rates]` of workspace.toml: where the exchange rates are, read and mapped as a table is."""
    table = fields.table("rates")
    if table is None:
        return None
    within = table.number("within", WITHIN)
    if not 0 <= within <= MOST_WITHIN or within != int(within):
        table.problem("within", say("{key!r} is a number of days from 0 to {most}", key="within", most=MOST_WITHIN))
    made = ExchangeRates(_files("rates", table), int(min(max(within, 0), MOST_WITHIN)))
    fields.join(table)
    return made


def _part(key: str, fields: Fields) -> TableSource:
    """What a table says of its own files, and each of its sources where it has several."""
    return replace(
        _files(key, fields),
        group_by=fields.strings("group_by"),
        latest_by=fields.strings("latest_by"),
        distinct=fields.boolean("distinct"),
        joins=_joins(key, fields),
        words=_words(fields),
        confirm=fields.texts_of("confirm"),
        currency=fields.string("currency").upper(),
        currency_column=fields.string("currency_column"),
    )


def _sources(key: str, fields: Fields) -> dict[str, TableSource]:
    """`[tables.id.sources.name]`: the parts of a table, each mapped by itself."""
    table = fields.table("sources")
    inner = {} if table is None else {name: table.table(name) for name in table.data}
    found = {name: _source(key, name, one) for name, one in inner.items() if one is not None}
    if table is not None:
        table.join(*inner.values())
    fields.join(table)
    hint = say("write it below [tables.{table}.sources.NAME]", table=key)
    if not found:
        fields.problem("sources", say("the table has no sources"), say("add [tables.{table}.sources.NAME]", table=key))
    for name in sorted(fields.data.keys() - OF_THE_TABLE):
        fields.seen.add(name)
        fields.problem(name, say("{key!r} is said by each source of the table", key=name), hint, "unknown-key")
    return found


def _source(key: str, name: str, fields: Fields) -> TableSource:
    if not PLAIN_NAME.fullmatch(name):
        fields.problem("", *cannot_be_an_id(name))
    made = replace(_part(f"{key}.sources.{name}", fields), complete_until=_complete_until(fields))
    if SOURCE in made.columns:
        said = say("the column {key!r} holds the id of the source", key=SOURCE)
        fields.problem("columns", said, say("name the column of the file otherwise"), "twice")
    return made


def _words(fields: Fields) -> dict[str, tuple[str, ...]]:
    """`[tables.id.words]`: the words of a column of the file (a status) that the mapping knows."""
    table = fields.table("words")
    found = {} if table is None else {name: table.strings(name) for name in table.data}
    fields.join(table)
    return found


def _complete_until(fields: Fields) -> str:
    if fields.data.get("complete_until") == AS_OF:
        return fields.string("complete_until")
    until = fields.day("complete_until")
    return until.isoformat() if until else ""


def _files(key: str, fields: Fields) -> TableSource:
    """What a table and a look-up say alike: where their files are, how they are read and mapped."""
    return TableSource(
        id=key,
        paths=fields.strings("path", required=True),
        format=fields.choice("format", ("", *FORMATS)),
        encoding=fields.string("encoding"),
        delimiter=fields.string("delimiter"),
        sheet=fields.string("sheet"),
        reading=_reading(fields),
        header=fields.strings("header"),
        timezone=fields.string("timezone"),
        columns=_mapped(fields),
        where=fields.string("where"),
        place=fields.place,
        places=fields.places,
    )


def _reading(fields: Fields) -> FileReading:
    """`fill_merged`, `fill_down`: columns; `year_of = { "日期" = "2026" }`: a year, or the column that says it."""
    table = fields.table("year_of")
    years = {} if table is None else {name: table.string(name) for name in table.data}
    fields.join(table)
    return FileReading("", fields.strings("fill_merged"), fields.strings("fill_down"), years)


def _mapped(fields: Fields) -> dict[str, str]:
    """`name = "SQL"`, or `name = { column = "…", formats = ["…", "…"] }` for a stamp written in several forms."""
    table = fields.table("columns")
    if table is None:
        return {}
    found: dict[str, str] = {}
    for name, said in table.data.items():
        inner = table.table(name) if isinstance(said, dict) else None
        found[name] = table.string(name) if inner is None else _stamp(inner)
        table.join(inner)
    fields.join(table)
    return found


def _stamp(fields: Fields) -> str:
    column = fields.string("column", required=True).replace('"', '""')
    forms = [quoted_text(form) for form in fields.strings("formats", required=True)]
    return f'strptime("{column}", [{", ".join(forms)}])'


def _joins(key: str, fields: Fields) -> dict[str, Join]:
    """`[tables.id.join.name]`: files looked up by a key."""
    table = fields.table("join")
    if table is None:
        return {}
    inner = {name: table.table(name) for name in table.data}
    found = {name: _join(f"{key}.join.{name}", join) for name, join in inner.items() if join is not None}
    table.join(*inner.values())
    fields.join(table)
    return found


def _join(key: str, fields: Fields) -> Join:
    return Join(_files(key, fields), fields.strings("on", required=True))


def _money(fields: Fields) -> dict[str, bool | tuple[str, ...]]:
    """Whether own columns are amounts, or the words of the rows in which a column is one."""
    table = fields.table("money")
    found = {} if table is None else {name: _words_or_switch(table, name) for name in table.data}
    fields.join(table)
    return found


def _words_or_switch(fields: Fields, name: str) -> bool | tuple[str, ...]:
    return fields.strings(name) if isinstance(fields.data[name], list) else fields.boolean(name)


def _types(fields: Fields) -> dict[str, str]:
    table = fields.table("types")
    found = {} if table is None else {name: table.choice(name, ColumnType) for name in table.data}
    fields.join(table)
    return found
