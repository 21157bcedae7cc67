"""The proposal as a person has answered it: parts left out or taken, columns filled otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal, left_out_for, with_sources
from kpi_tui.definitions.answers.setup import SetupAnswers, part_id, parts_apart
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import say
from kpi_tui.workspace.start.stand_ins import renumbered, with_numbers_of_orders, with_stand_ins
from kpi_tui.workspace.start.status_words import with_status_words


def decided(proposal: Proposal, answers: SetupAnswers, schemas: Mapping[str, TableSchema]) -> Proposal:
    """What will be written; each of several parts of a table has a source of its own."""
    kept = [
        part for one in proposal.tables if part_id(one) not in answers.left_out for part in parts_apart(one, answers)
    ]
    added = [one for one in proposal.others if part_id(one) in answers.taken]
    kept = [_without_question(one, added) for one in kept] + [_all_the_same(one, kept) for one in added]
    insisted = {one.path for one in (*proposal.tables, *proposal.others) if part_id(one) in answers.taken}
    kept = [replace(one, insisted=one.path in insisted) for one in kept]
    read = {path for one in kept for path in (one.path, *one.more)}
    answered = [_as_answered(one, answers, schemas.get(one.table)) for one in with_sources(kept)]
    numbered = [renumbered(one) for one in with_numbers_of_orders(answered)]
    tables = with_status_words(numbered, answers.words)
    if answers.words or answers.columns:
        before = {part_id(one): one for one in decided(proposal, _without_words(answers), schemas).tables}
        tables = tuple(replace(one, unanswered=one.unanswered or before.get(part_id(one))) for one in tables)
    return replace(
        proposal.counted_in(answers.currency),
        tables=tables,
        skipped=tuple((path, why) for path, why in proposal.skipped if path not in read),
        timezone=answers.timezone or proposal.timezone,
        zone_asked="" if answers.timezone else proposal.zone_asked,
    )


def _without_words(answers: SetupAnswers) -> SetupAnswers:
    """The answers without those about columns and their words."""
    return replace(answers, words={}, columns={})


def _without_question(part: TableProposal, added: Iterable[TableProposal]) -> TableProposal:
    """Nobody need confirm that a file is left out which was taken."""
    settled = {str(left_out_for(one, part.path)) for one in added}
    return replace(part, confirm=tuple(said for said in part.confirm if str(said) not in settled))


def _all_the_same(part: TableProposal, kept: Iterable[TableProposal]) -> TableProposal:
    """One that may tell of the same rows as another: `check` asks on."""
    beside = next((one.path.name for one in kept if one.table == part.table), "")
    if not beside:
        return part
    said = say(
        "{table} of {file} may be those of {other}: then they count twice",
        table=part.table,
        file=part.path.name,
        other=beside,
    )
    return replace(part, confirm=(*part.confirm, said))


def _as_answered(part: TableProposal, answers: SetupAnswers, schema: TableSchema | None) -> TableProposal:
    until = answers.complete if schema and schema.time else ""
    filled = _filled(part, answers, schema)
    by_a_person = part.by_hand or (part_id(part) in answers.taken and not part.recipe)
    unnumbered = part.table == "orders" and not part.recipe and "order_id" in part.missing
    if schema and (by_a_person or unnumbered):
        filled = with_stand_ins(filled, schema)
    return replace(filled, complete_until=until)


def _filled(part: TableProposal, answers: SetupAnswers, schema: TableSchema | None) -> TableProposal:
    changed = answers.columns.get(part_id(part), {})
    if not changed:
        return part
    gone = {name for name, sql in changed.items() if not sql}
    columns = {name: sql for name, sql in {**part.columns, **changed}.items() if sql}
    columns |= dict.fromkeys(gone & set(part.same), "null")  # else it would be taken by its own name
    needed = [c.name for c in schema.columns.values() if not c.nullable] if schema else []
    same = tuple(name for name in part.same if name not in changed)
    missing = tuple(name for name in needed if name not in columns and name not in same)
    unmapped = tuple(name for name in part.unmapped if not any(name in sql for sql in changed.values()))
    return replace(part, columns=columns, same=same, missing=missing, unmapped=unmapped, info=_left_empty(part, gone))


def _left_empty(part: TableProposal, gone: Iterable[str]) -> tuple[str, ...]:
    return (*part.info, *(say("{column} was left out by hand", column=name) for name in sorted(gone)))
