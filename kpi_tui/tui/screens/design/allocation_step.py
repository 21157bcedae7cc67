"""Step 4 on the screen: weights shifted for the post in hand, lines added and taken out, methods, bonus."""

from __future__ import annotations

from kpi_tui.definitions.role import Line, Role
from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import edit_text, parse_amount
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.design.bonus import BonusEdits
from kpi_tui.tui.screens.design.edits import DesignEdits
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.design.line_method import LineMethod
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.targets.proposals import Proposals
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.design.allocation import BONUS, allocation, line_advice
from kpi_tui.views.view import METRIC, Sentence, View

STEP = 5  # points an arrow moves
NEW = 25.0  # points at most that a new line gets of those not given yet


class AllocationStep:
    """The table of metrics and posts."""

    id = "allocation"
    pane = False
    keys = frozenset(("design.more", "design.less", "design.add", "design.remove"))

    def __init__(self, screen: KpiScreen, known: KnownDesign, edits: DesignEdits) -> None:
        self._screen, self._known, self._edits = screen, known, edits
        self._method = LineMethod(screen, edits)
        self._proposals = Proposals(screen)
        self._bonus = BonusEdits(screen, known, edits, lambda: self.role.id if self.role else "")

    @property
    def role(self) -> Role | None:
        """The post in hand: the role in view, of a person in view the first, else the first there is."""
        space, view = self._known.space, self._screen.view
        held = space.people[view.role].roles if view.role in space.people else (view.role,)
        return next((space.roles[one] for one in (*held, *space.roles) if one in space.roles), None)

    def view(self) -> View:
        """The table, with the post in hand."""
        return allocation(self._known.space, self._known.state, self.role.id if self.role else "")

    def shown(self) -> None:
        """Nothing more is asked."""

    def metric(self, row: str) -> str:
        """The metric of the row."""
        return row.removeprefix(METRIC) if row.startswith(METRIC) else ""

    def said(self, row: str) -> tuple[Sentence, ...]:
        """What is said of the line of the post in hand, then of the post."""
        metric, role = self.metric(row), self.role
        if role is None:
            return ()
        at_line = line_advice(role.id, metric, self._known.space, self._known.state) if self._line(row) else ()
        return (*at_line, *(one for one in self.view().sentences if one.key != "done"))

    def about(self, _row: str) -> View | None:
        """The sentences below the sheet say it all."""
        return None

    def _line(self, row: str) -> Line | None:
        metric = self.metric(row)
        return next((one for one in self.role.lines if one.metric == metric), None) if self.role else None

    def why_not(self, command: str, row: str) -> str:
        """Weights need a line of the post in hand."""
        if self.role is None:
            return _("There is no post yet: { goes to the posts, + adds one there.")
        if row.startswith(BONUS):
            return self._bonus.why_not(command, row)
        needs = ("design.edit", "design.open", "design.remove", "design.more", "design.less", "design.one_more",
                 "design.one_less", "design.method", "design.up", "design.down")  # fmt: skip
        if command in needs and self._line(row) is None:
            name = self.role.name.get(self._screen.kpi.language)
            return _("{post} has no line here: + adds one, Tab goes to the next post.", post=name)
        return ""

    # --- weights -----------------------------------------------------------------------------------
    def weigh(self, row: str, by: int) -> None:
        """Points more or less; more than 100 cannot be given."""
        role, line = self.role, self._line(row)
        if role is None or line is None:
            self._screen.say(self.why_not("design.more", row), "warning")
            return
        now = self._screen.open_book.design.shifted(role, line.metric, by)
        if now != line.weight:
            self._set(role, line, now)
        elif by > 0:
            self._screen.say(_("All 100 points are given: take some from another line first."), "warning")

    def _set(self, role: Role, line: Line, weight: float) -> None:
        whole = int(weight) if weight == int(weight) else weight
        self._edits.set(("roles", role.id, "lines", line.metric, "weight"), whole)

    def open_row(self, row: str) -> None:
        """Type the weight."""
        self.edit(row)

    def edit(self, row: str) -> None:
        """Type the weight of the line, or what stands in the row of the bonus."""
        role, line = self.role, self._line(row)
        if row.startswith(BONUS):
            self._bonus.edit(row)
        elif role is not None and line is not None:

            def answer(typed: str) -> str:
                weight = parse_amount(typed, "weight", line.weight)
                if not 0 <= weight <= 100:
                    return _("A weight is a number from 0 to 100.")
                self._set(role, line, weight)
                return ""

            name = self._known.space.metrics[line.metric].name.get(self._screen.kpi.language)
            self._edits.ask(_("Weight of {metric}", metric=name), edit_text(line.weight, "weight"), answer)

    # --- lines -------------------------------------------------------------------------------------
    def add(self, row: str) -> None:
        """A line for the post in hand: the chosen metrics first, then what is live."""
        if row.startswith(BONUS):
            self._bonus.add()
            return
        role, space = self.role, self._known.space
        if role is None:
            return
        held = {line.metric for line in role.lines}
        rest = [one for one in space.metrics.values() if one.id not in held and one.category not in space.modules_off]
        rest.sort(key=lambda one: (one.id not in space.candidates, not self._known.state.facts.is_live(one.id)))
        choices = [self._choice(one.id) for one in rest]
        here = self.metric(row)
        title = _("A line for {post}", post=role.name.get(self._screen.kpi.language))
        self._screen.kpi.push_screen(
            ChoiceScreen(title, choices, here if here and here not in held else ""), lambda key: self._take(role, key)
        )

    def _choice(self, id_: str) -> Choice:
        space, state = self._known.space, self._known.state
        metric = space.metrics[id_]
        chosen = "✓ " if id_ in space.candidates else ""
        lack = state.facts.lacks.get(id_, "")
        shelf = space.categories.get(metric.category)
        aside = _("not live: {lack}", lack=lack) if lack else shelf.name.get(self._screen.kpi.language) if shelf else ""
        return Choice(
            id_, chosen + metric.name.both(self._screen.kpi.language), aside, f"{id_} {' '.join(metric.words)}"
        )

    def _take(self, role: Role, metric: str | None) -> None:
        if metric is None:
            return
        left = max(0.0, 100 - sum(line.weight for line in role.lines))
        weight = min(left, NEW)
        self._edits.set(
            ("roles", role.id, "lines", metric), {"weight": int(weight) if weight == int(weight) else weight}
        )
        self._screen.query_one(f"#{self.id}", SheetTable).go(f"{METRIC}{metric}")

    def clear(self, row: str) -> None:
        """Take the line out."""
        role, line = self.role, self._line(row)
        if row.startswith(BONUS):
            self._bonus.clear(row)
        elif role is not None and line is not None:
            if len(role.lines) == 1:
                self._screen.say(_("A post has at least one line: add another one first."), "warning")
                return
            self._edits.set(("roles", role.id, "lines", line.metric), None)

    def move(self, row: str, by: int) -> None:
        """One place up or down among the lines of the post."""
        role, line = self.role, self._line(row)
        if role is None or line is None:
            return
        place, count = role.lines.index(line) + 1 + by, len(role.lines)
        if not 1 <= place <= count:
            self._screen.say(_("It is the first line already.") if by < 0 else _("It is the last line already."))
            return
        lines = self._screen.open_book.definitions.moved_line(role.id, line.metric, place, self._screen.period)
        self._edits.set(("roles", role.id, "lines"), lines)
        self._screen.say(_("Line {place} of {count}.", place=place, count=count))
        self._screen.query_one(f"#{self.id}", SheetTable).go(f"{METRIC}{line.metric}")

    def method(self, row: str) -> None:
        """Choose how the line is scored."""
        role, line = self.role, self._line(row)
        if role is not None and line is not None:
            self._method.choose(role, line)

    def propose(self) -> None:
        """Targets for the post in hand, its unsaved lines included."""
        if self.role is not None:
            row = self._screen.query_one(f"#{self.id}", SheetTable).row_key
            self._proposals.ask(self.role.id, self._screen.period, self.metric(row))

    def next_place(self, by: int) -> None:
        """The next post comes into hand."""
        ids = list(self._known.space.roles)
        if self.role is not None:
            self._screen.kpi.look(role=ids[(ids.index(self.role.id) + by) % len(ids)])
            if self.role.lines and not self._line(self._screen.query_one(f"#{self.id}", SheetTable).row_key):
                self._screen.query_one(f"#{self.id}", SheetTable).go(f"{METRIC}{self.role.lines[0].metric}")
