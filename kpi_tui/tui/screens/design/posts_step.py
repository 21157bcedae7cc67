"""Step 3 on the screen: posts with duty, type, aim and answers written, people and what they hold, the north star."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kpi_tui.book import create_demo
from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.role import Role
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.text.terms import STAGES
from kpi_tui.tui.overlays.choice import Choice, named
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.design.added_posts import AddedPosts
from kpi_tui.tui.screens.design.edits import DesignEdits
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.wizard.ways_on import EmptyHost
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.design.advice import PRINCIPLES
from kpi_tui.views.design.posts import FIELDS, NO_AIM, TYPES, WAY, PostRow, post_advice, post_row, post_text, posts
from kpi_tui.views.reasons import known, term
from kpi_tui.views.view import Sentence, View

NAME, BASE = "name ", "bonus base"
"""In the choice of somebody's posts: the name, the money; no role can be called so."""


class PostsStep:
    """The posts and the people who hold them."""

    id = "posts"
    pane = False
    keys = frozenset(("design.edit", "design.add", "design.remove"))

    def __init__(
        self, screen: KpiScreen, known_: KnownDesign, edits: DesignEdits, to_lines: Callable[[], None]
    ) -> None:
        """`to_lines` goes on to the next step."""
        self._screen, self._known, self._edits, self._to_lines = screen, known_, edits, to_lines
        self._role = ""  # the one in view when it was shown last
        self._added = AddedPosts(screen, known_, edits)

    def view(self) -> View:
        """Every post, then the people."""
        return posts(self._known.space, self._known.state)

    def shown(self) -> None:
        """A post that was chosen elsewhere comes under the cursor."""
        before, self._role = self._role, self._screen.view.role
        if before not in ("", self._role) and self._role in self._known.space.roles:
            self._screen.query_one(f"#{self.id}", SheetTable).go(PostRow("role", self._role, "name").key)

    def metric(self, row: str) -> str:
        """The north star on its row."""
        return self._known.space.north_star if row == PostRow("star").key else ""

    def said(self, row: str) -> tuple[Sentence, ...]:
        """The text of the row in full, and what is said of it."""
        found, space = post_row(row), self._known.space
        written = post_text(found, space)
        advice = post_advice(found, space, self._known.state)
        return (Sentence(written), *advice) if written else advice

    def about(self, _row: str) -> View | None:
        """The sentences below the sheet say it all."""
        return None

    def why_not(self, command: str, row: str) -> str:
        """What cannot be edited is said."""
        found = post_row(row)
        if command in ("design.edit", "design.open", "design.remove") and found is None:
            return _("There is nothing to edit here; + adds a post.")
        if command == "design.remove" and found is not None and (found.kind in ("star", WAY) or found.field == "lines"):
            return _("That cannot be taken out here.")
        return ""

    # --- commands ----------------------------------------------------------------------------------
    def open_row(self, row: str) -> None:
        """The lines of a post; everything else is edited."""
        found = post_row(row)
        if found is not None and found.field == "lines":
            self._screen.kpi.look(role=found.id)
            self._to_lines()
        else:
            self.edit(row)

    def edit(self, row: str) -> None:
        """Write a text, or choose among what there is."""
        found = post_row(row)
        if found is None:
            return
        if found.kind == WAY:
            self._go_way(found.id)
        elif found.kind == "star":
            self._choose_star()
        elif found.kind == "person":
            self._edit_person(found)
        elif found.field in ("type", "aim"):
            self._choose_field(found)
        elif found.field == "lines":
            self._screen.kpi.look(role=found.id)
            self._screen.say(_("Weights are given in the next step: } goes there."))
        else:
            path = ("roles", found.id, *found.field.split("."))
            self._edits.ask_text(self._label(found), path, needed=found.field == "name")

    def _go_way(self, way: str) -> None:
        """Where there is no post yet."""
        if way == "preset":
            self._added.choose()
        elif way == "own":
            self._added.ask_post()
        elif way == "files":
            self._screen.call_later(self._screen.kpi.action_command, "files")
        else:
            cast("EmptyHost", self._screen.kpi).open_at(create_demo())

    def _label(self, row: PostRow) -> str:
        part = row.field.removeprefix("principles.")
        word = term(PRINCIPLES, part) if part in PRINCIPLES else term(FIELDS, row.field)
        return f"{self._known.space.roles[row.id].name.get(self._screen.kpi.language)} · {translate(word)}"

    def _choose_star(self) -> None:
        space = self._known.space
        choices = [named(one, one.category) for one in space.metrics.values()]

        def chosen(key: str | None) -> None:
            if key:
                self._edits.set(("north_star",), key)

        self._screen.kpi.push_screen(ChoiceScreen(_("North star"), choices, space.north_star), chosen)

    def _choose_field(self, row: PostRow) -> None:
        role: Role = self._known.space.roles[row.id]
        if row.field == "type":
            words, current = TYPES, role.type
        else:
            words, current = {"": NO_AIM, **STAGES}, role.aim
        choices = [Choice(key or "none", translate(known(word))) for key, word in words.items()]

        def chosen(key: str | None) -> None:
            if key is not None:
                self._edits.set(("roles", row.id, row.field), None if key == "none" else key)

        self._screen.kpi.push_screen(ChoiceScreen(self._label(row), choices, current or "none"), chosen)

    def _edit_person(self, row: PostRow) -> None:
        """Which posts somebody holds: each choice takes one or leaves it, Esc is done; without a person: a new one."""
        if not row.id:
            self._added.ask_person()
            return
        space = self._known.space
        person = space.people[row.id]
        name = person.name.get(self._screen.kpi.language)
        choices = [Choice(NAME, _("Another name than {name}", name=name))]
        choices.append(Choice(BASE, _("Bonus base")))
        choices += [
            Choice(role.id, f"{'✓' if role.id in person.roles else ' '} {role.name.both(self._screen.kpi.language)}")
            for role in space.roles.values()
        ]

        def chosen(role: str | None) -> None:
            if role == NAME:
                self._edits.ask_text(_("Name of the person"), ("people", row.id, "name"), needed=True)
            if role == BASE:
                path = ("people", row.id, "bonus_base")
                self._edits.ask_money(_("Bonus base of {name}", name=name), path, person.bonus_base)
            if role in (None, NAME, BASE):
                return
            held = [one for one in person.roles if one != role]
            self._edits.set(("people", row.id, "roles"), held if role in person.roles else [*held, role])
            self._edit_person(row)

        label = _("Posts of {person}", person=name)
        self._screen.kpi.push_screen(
            ChoiceScreen(label, choices, ask=_("Enter takes a post or leaves it, Esc is done")), chosen
        )

    def add(self, row: str) -> None:
        """A post, of a preset or of its own, or a person."""
        found = post_row(row)
        if found is not None and found.kind == "person":
            self._added.ask_person()
        else:
            self._added.choose()

    def clear(self, row: str) -> None:
        """Take out a text, a person, or with its name a whole post."""
        found, space = post_row(row), self._known.space
        if found is None or not found.id:
            return
        if found.kind == "person":
            self._edits.set(("people", found.id), None)
        elif found.field == "name":
            holders = [one for one in space.people.values() if found.id in one.roles]
            left: dict[KeyPath, object] = {
                ("people", one.id, "roles"): [role for role in one.roles if role != found.id] for one in holders
            }
            self._edits.set_all({("roles", found.id): None, **left})
            self._screen.say(_("The post is taken out; u brings it back."), "done")
        else:
            self._edits.set(("roles", found.id, *found.field.split(".")), None)
