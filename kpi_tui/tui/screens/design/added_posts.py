"""New posts and people: a preset adapted to what is live, or a name of one's own."""

from __future__ import annotations

from kpi_tui.definitions.answers.design.preset_role import PresetRole
from kpi_tui.text.i18n import _, told
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.design.edits import DesignEdits, new_id
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.design.questions import PresetsQuestion
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.names import preset_name

OWN, PERSON, ALL = "own", "person", "all "


class AddedPosts:
    """Asks what to add, and adds it as one step."""

    def __init__(self, screen: KpiScreen, known: KnownDesign, edits: DesignEdits) -> None:
        self._screen, self._known, self._edits = screen, known, edits

    def choose(self) -> None:
        """Ask the book for the presets, then the person which."""
        self._screen.answers.ask(PresetsQuestion(), self._offer)

    def _offer(self, presets: tuple[PresetRole, ...]) -> None:
        language, there = self._screen.kpi.language, self._known.space.roles

        def called(preset: str) -> str:
            return translate(preset_name(preset, [one.name for one in presets if one.preset == preset]))

        choices = [
            Choice(OWN, _("A post with a name of your own")),
            Choice(PERSON, _("A person")),
            *(
                Choice(f"{ALL}{preset}", _("All: {preset}", preset=called(preset)))
                for preset in dict.fromkeys(one.preset for one in presets)
            ),
            *(
                Choice(
                    f"{one.preset} {one.id}",
                    one.name.both(language),
                    f"{called(one.preset)} · {', '.join(one.metrics)}",
                    off=_("already there") if one.id in there else "",
                )
                for one in presets
            ),
        ]
        by_key = {f"{one.preset} {one.id}": one for one in presets}

        def chosen(key: str | None) -> None:
            if key == OWN:
                self.ask_post()
            elif key == PERSON:
                self.ask_person()
            elif key and key.startswith(ALL):
                self._take([one for one in presets if one.preset == key.removeprefix(ALL) and one.id not in there])
            elif key:
                self._take([by_key[key]])

        self._screen.kpi.push_screen(ChoiceScreen(_("Add"), choices), chosen)

    def _take(self, presets: list[PresetRole]) -> None:
        if not presets:
            self._screen.say(_("All of them are there already."))
            return
        self._edits.set_all({("roles", one.id): one.definition for one in presets})
        said = [told(sentence) for one in presets for sentence in one.said]
        self._screen.say(" · ".join(said) or _("Added; u takes it back."), "warning" if said else "done")

    # --- of their own ------------------------------------------------------------------------------
    def ask_post(self) -> None:
        """A post by its name; its first lines are those chosen in the library and used by nobody yet."""

        def answer(typed: str) -> str:
            space = self._known.space
            if not typed.strip():
                return _("It cannot be empty.")
            used = {line.metric for role in space.roles.values() for line in role.lines}
            free = [one for one in space.candidates if one not in used] or [space.north_star]
            lines = [{"metric": one, "weight": 0} for one in free]
            id_ = new_id(typed, (*space.roles, *space.people))
            self._edits.set(("roles", id_), {"name": typed.strip(), "lines": lines})
            self._screen.kpi.look(role=id_)
            return ""

        self._edits.ask(_("Name of the post"), "", answer)

    def ask_person(self) -> None:
        """Somebody by the name; which posts they hold is chosen next."""

        def answer(typed: str) -> str:
            space = self._known.space
            if not typed.strip():
                return _("It cannot be empty.")
            if not space.roles:
                return _("There is no post yet that somebody could hold; add a post first.")
            held = self._screen.view.role if self._screen.view.role in space.roles else next(iter(space.roles))
            id_ = new_id(typed, (*space.roles, *space.people))
            self._edits.set(("people", id_), {"name": typed.strip(), "roles": [held]})
            return ""

        self._edits.ask(_("Name of the person"), "", answer)
