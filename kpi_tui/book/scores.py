"""Scorecards of roles and people (R033, R037): numbers against targets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kpi_tui.book.causes.baselines import WIDTH, baselines
from kpi_tui.book.value_of_role import column_of_role, has_column, rows_of_value
from kpi_tui.definitions.answers.score import TREND, RolledUp, Scorecard, ScoreHistory
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean, few_of
from kpi_tui.definitions.role import owner_of, role_and_value

if TYPE_CHECKING:
    from kpi_tui.book.causes.pace import Paces
    from kpi_tui.book.editing.definitions import Definitions
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.answers.baseline import Band, Pace
    from kpi_tui.definitions.edit import Change
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.scoring.posts import Post
    from kpi_tui.scoring.scorecard import Actuals, Rules
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class Scores:
    """Scores roles and people."""

    def __init__(
        self,
        workspace: Workspace,
        numbers: MetricNumbers,
        targets: PeriodEdits,
        definitions: Definitions | None = None,
        paces: Paces | None = None,
    ) -> None:
        """`definitions`: whose late changes a card tells; `paces`: where lines of a running period will end.

        Without them it tells none.
        """
        self._paces = paces
        self._definitions = definitions
        self._workspace = workspace
        self._numbers = numbers
        self._targets = targets

    def scorecard(self, role: str, period: Period, *, progress: Progress | None = None) -> Scorecard:
        """Score of a role or of a person's joined roles (R033), pending edits included.

        Every period is scored by the lines, the roles and the bonus that count in it (R009).
        """
        from kpi_tui.scoring.scorecard import build, paced

        post, before = self.post(role, period), period.previous()
        former = self._post_of(role, before)
        rows = self._rows(post, former, period, progress)
        last = (
            build(former, before, _actuals(rows, 1), self._targets.of(before), self.rules(before)) if former else None
        )
        score = _complete_score(last) if last else None
        card = build(post, period, _actuals(rows, 0), self._targets.of(period), self.rules(period), score)
        if last is not None and score is not None:
            card = replace(card, doubts_before=tuple(dict.fromkeys(_doubts_of(last, card))))
        card = paced(card, self._paces_of(card, progress), self._workspace.at(period).metrics)
        if role_and_value(role)[1] is not None:  # what everybody knows is of the whole
            return replace(card, late=self._late(post, period))
        overview = self._numbers.values(_overview(self._workspace), period, progress=progress)
        return replace(card, overview=tuple(overview), late=self._late(post, period))

    def _paces_of(self, card: Scorecard, progress: Progress | None) -> tuple[Pace, ...]:
        """Where the lines of a running period will end, and the north star beside them."""
        if self._paces is None or not any(line.actual.partial for line in card.lines):
            return ()
        stars = [line.metric for line in card.lines if line.for_orientation and line.actual.partial]
        of = partial(self._paces.of, period=card.period, within=card.role, progress=progress)
        return tuple(one for subject in (card.role, *stars) for one in of(subject))

    def everyone(self, of: str, period: Period, *, progress: Progress | None = None) -> tuple[Scorecard, ...]:
        """The scorecards of all `roles` (or `people`) that count in a period, in the order of the workspace."""
        workspace = self._workspace.at(period)
        known = workspace.people if of == "people" else workspace.roles
        return tuple(self.scorecard(one, period, progress=progress) for one in known if not self.has_parts(one, period))

    def of_parts(self, of: str, period: Period, *, progress: Progress | None = None) -> tuple[RolledUp, ...]:
        """All teams (`people`), or all `roles` that are scored by the values of a column, in a period."""
        workspace = self._workspace.at(period)
        known = workspace.people if of == "people" else workspace.roles
        return tuple(self.rolled_up(one, period, progress=progress) for one in known if self.has_parts(one, period))

    def has_parts(self, role: str, period: Period) -> bool:
        """Whether its score in a period is made of those of others."""
        workspace = self._workspace.at(period)
        return (role in workspace.people and workspace.people[role].is_team) or bool(self._per(role, period))

    def rolled_up(self, role: str, period: Period, *, progress: Progress | None = None) -> RolledUp:
        """A team by its members, a role by the values of its `per`. UsageError for one that has no parts."""
        from kpi_tui.scoring.rolled_up import rolled_up

        self.post(role, period)
        if not self.has_parts(role, period):
            hint = say('write members into people.toml, or `per = "column"` into the role')
            raise UsageError(say("{role} is scored as a whole; {hint}", role=role, hint=hint))
        team = self._workspace.at(period).people.get(role)
        parts = list(team.members) if team else [owner_of(role, one) for one in self.parts(role, period, progress)]
        cards = [self.scorecard(one, period, progress=progress) for one in parts]
        return rolled_up(role, period, cards, team.weights if team else None)

    def parts(self, role: str, period: Period, progress: Progress | None = None) -> tuple[str, ...]:
        """The values of a role's `per` that the rows of a period have, and those that have targets in it."""
        per = self._per(role, period)
        asked = [held.line.metric for held in self.post(role, period).lines if self.is_cut(held.line.metric, per)]
        found = self._numbers.values(asked, period, by=per, progress=progress) if asked else []
        aims = (role_and_value(key.role) for key in self._targets.of(period))
        agreed = sorted({value for one, value in aims if one == role and value is not None})
        return tuple(dict.fromkeys([*(one.segment for one in found if one.segment), *agreed]))

    def refuse_value(self, owner: str, periods: Sequence[Period], progress: Progress | None = None) -> None:
        """UsageError where no row and no target of these periods knows the value of a role; it names the nearest."""
        role, value = role_and_value(owner)
        if value is None:
            return
        self.refuse_unknown(owner)
        counts = [period for period in periods if self._post_of(role, period) is not None]
        values = dict.fromkeys(one for period in counts for one in self.parts(role, period, progress))
        if value not in values:
            column, known = self._workspace.roles[role].per, [owner_of(role, one) for one in values]
            hint = did_you_mean(owner, known, say("none are known"), 0.0)
            told = say("no row and no target has {column} {value!r}; {hint}", column=column, value=value, hint=hint)
            raise UsageError(told)

    def rows_of(self, role: str, period: Period) -> str:
        """The condition on the rows that one value of a role is scored by; "" for a whole."""
        return rows_of_value(self._workspace, role, period)

    def _per(self, role: str, period: Period) -> str:
        """The column whose values a role is scored by; "" for none."""
        return column_of_role(self._workspace, role, period)

    def is_cut(self, metric: str, per: str) -> bool:
        """Whether the rows of a metric have the column."""
        return has_column(self._workspace, self._numbers, metric, per)

    def score_history(self, role: str, period: Period, last: int, *, progress: Progress | None = None) -> ScoreHistory:
        """The scorecards of the last periods up to one, each by what counted in it, and what is usual for each line."""
        self.refuse_unknown(role)
        periods = [period.previous(back) for back in range(last - 1, -1, -1)]
        posts = {one: post for one in periods if (post := self._post_of(role, one)) is not None}
        metrics = dict.fromkeys(line.line.metric for post in posts.values() for line in post.lines)
        known = [metric for metric in metrics if metric in self._workspace.metrics]
        # read at once, what the cards then find in the cache: their trends reach back farther than the first of them
        values = self._numbers.values(known, period, last=last + TREND - 1, progress=progress)
        cards = tuple(self.scorecard(role, one, progress=progress) if one in posts else None for one in periods)
        return ScoreHistory(role, tuple(periods), cards, self._bands(values, period, last))

    def _bands(self, values: Sequence[Value], period: Period, last: int) -> dict[str, Band]:
        """What is usual for each metric by the whole ones of the last periods."""
        width = self._workspace.number("baseline_width", WIDTH)
        rows: dict[str, list[Value]] = {}
        for value in values:
            if value.period.start >= period.previous(last - 1).start:
                rows.setdefault(value.metric, []).append(value)
        found = (one for row in rows.values() for one in baselines(row, period, width, self._workspace.metrics))
        return {one.value.metric: one.band for one in found if one.band is not None}

    def rescore(self, card: Scorecard, *, saved: bool = False) -> Scorecard:
        """The same actuals against the targets as they stand now, pending edits included. Fast, no polars.

        With `saved`, against the targets as they stand in the file: the sheet shows what edits do to a score.
        """
        from kpi_tui.scoring.scorecard import paced, rescore

        targets = self._targets.saved(card.period) if saved else self._targets.of(card.period)
        post, rules = self.post(card.role, card.period), self.rules(card.period)
        found = paced(rescore(card, post, targets, rules), card.paces, rules.metrics)
        return replace(found, overview=card.overview, late=card.late)

    def _late(self, post: Post, period: Period) -> tuple[Change, ...]:
        if self._definitions is None or not self._targets.is_locked(period):
            return ()
        owners = {post.id, *(owner for line in post.lines for owner in line.owners)}
        return self._definitions.late({role_and_value(owner)[0] for owner in owners}, period)

    def _rows(
        self, post: Post, former: Post | None, period: Period, progress: Progress | None
    ) -> dict[str, list[Value]]:
        """Metric -> its values of the trend, oldest first: those of the post now and before, and the north star."""
        known = self._workspace.metrics
        held = (*post.lines, *(former.lines if former else ()))
        stars = (self._workspace.at(one).north_star for one in (period, period.previous()))
        metrics = dict.fromkeys([*(one.line.metric for one in held), *stars])
        rows: dict[str, list[Value]] = {metric: [] for metric in metrics if metric in known}
        asked, where = list(rows), self.rows_of(post.id, period) or None
        if where:
            per = self._per(post.id, period)
            asked = [metric for metric in rows if self.is_cut(metric, per)]
            for metric in rows.keys() - asked:
                why = say("its rows have no {column}", column=per)
                back = (period.previous(count) for count in range(TREND - 1, -1, -1))
                rows[metric] = [Value(metric, one, None, Reason.NOT_APPLICABLE, why) for one in back]
        for value in self._numbers.values(asked, period, last=TREND, where=where, progress=progress) if asked else []:
            rows[value.metric].append(value)
        return rows

    def post(self, role: str, period: Period) -> Post:
        """The lines of a role, or of a person's joined roles, in a period. UsageError for one that is not there."""
        if (found := self._post_of(role, period)) is not None:
            return found
        self.refuse_unknown(role)
        workspace = self._workspace.at(period)
        known = few_of(role, [*workspace.roles, *workspace.people])
        raise UsageError(
            say("{role!r} does not count in {period}; known: {known}", role=role, period=period.said, known=known)
        )

    def known_owners(self, like: str) -> list[str]:
        """Whom such a name could mean: roles and people; with a value, that value of the roles that have some."""
        roles, value = self._workspace.roles, role_and_value(like)[1]
        cut = [owner_of(role.id, value) for role in roles.values() if role.per] if value else []
        return cut or [*roles, *self._workspace.people]

    def refuse_unknown(self, role: str) -> None:
        """UsageError for a role or person that there never is."""
        if role not in (known := self.known_owners(role)):
            raise UsageError(
                say("there is no role or person {role!r}; known: {known}", role=role, known=few_of(role, known))
            )

    def _post_of(self, role: str, period: Period) -> Post | None:
        from kpi_tui.scoring.posts import combine, post_of

        workspace = self._workspace.at(period)
        whole, value = role_and_value(role)
        if value is not None and self._per(role, period):
            return post_of(replace(workspace.roles[whole], id=role))
        if role in workspace.roles:
            return post_of(workspace.roles[role])
        return combine(workspace.people[role], workspace.roles) if role in workspace.people else None

    def rules(self, period: Period) -> Rules:
        """What scoring needs of the workspace in a period."""
        from kpi_tui.scoring.scorecard import Rules

        workspace = self._workspace.at(period)
        return Rules(workspace.metrics, workspace.north_star, workspace.settings, workspace.bonus)


def _actuals(rows: Mapping[str, Sequence[Value]], back: int) -> Actuals:
    """What a card is built from, `back` periods ago: values, those of the period before, trends."""
    from kpi_tui.scoring.scorecard import Actuals

    return Actuals(
        {metric: row[-1 - back] for metric, row in rows.items()},
        {metric: None if row[-2 - back].partial else row[-2 - back].value for metric, row in rows.items()},
        {metric: _trend(row[: len(row) - back]) for metric, row in rows.items()},
        {metric: _doubts_before(row[-2 - back], row[-1 - back].notes) for metric, row in rows.items()},
    )


def _doubts_of(before: Scorecard, now: Scorecard) -> Iterator[str]:
    """What is doubtful about the lines of the score before, and is not about those of this one."""
    known = {line.metric: line.actual.notes for line in now.lines if line.weight}
    for line in (line for line in before.lines if line.weight):
        yield from _doubts_before(line.actual, known.get(line.metric, ()))
        if line.metric not in known and line.actual.left_out:
            tables = listed(f"{table} {count}" for table, count in sorted(line.actual.left_out.items()))
            said = say("rows left out of {metric}: {tables}", metric=line.metric, tables=tables)
            yield say("{period}, which the change is against: {note}", period=before.period.said, note=said)


def _doubts_before(before: Value, said_now: Collection[str]) -> tuple[str, ...]:
    """What is doubtful about the value of the period before alone."""
    own = (note for note in before.notes if note not in said_now)
    return tuple(
        say("{period}, which the change is against: {note}", period=before.period.said, note=note) for note in own
    )


def _overview(workspace: Workspace) -> list[str]:
    """The metrics of setting `overview` that the workspace has (R040)."""
    named = str(workspace.settings.get("overview", "")).replace(",", " ").split()
    return [metric for metric in named if metric in workspace.metrics]


def _trend(row: Sequence[Value]) -> tuple[float | None, ...]:
    """Values of whole periods, and the present one as it is: a part of a period says nothing beside whole ones."""
    return tuple(value.value if value is row[-1] or not value.partial else None for value in row)


def _complete_score(card: Scorecard) -> float | None:
    """A score fit for comparison: only when every line is known and complete."""
    whole = all(not line.actual.partial and line.points is not None for line in card.lines if line.weight)
    return card.score if whole else None
