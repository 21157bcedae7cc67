"""The house: a class name stands once, no room imports in a circle, what is shared is written in one place."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import PROJECT
from tests.package_trees import PACKAGE, trees

MOST_FILES = 20


def classes() -> dict[str, list[str]]:
    """Class name -> the modules that define one."""
    found: dict[str, list[str]] = defaultdict(list)
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(module)
    return found


def test_a_class_name_means_one_thing() -> None:
    twice = {name: where for name, where in classes().items() if len(where) > 1}
    assert twice == {}


MOST_ANCESTORS = 2


def ancestors() -> dict[str, list[str]]:
    """Class -> the classes of ours it descends from, over all its parents.

    Exceptions and enums count as any other class; a Protocol does not: it says what is needed and gives nothing.
    """
    modules = [import_module(module) for module in trees() if not module.endswith("__main__")]
    ours = {one for module in modules for one in _classes_in(module)}
    return {f"{one.__module__}.{one.__qualname__}": [above.__name__ for above in _above(one)] for one in ours}


def _classes_in(place: object) -> Iterator[type]:
    for one in vars(place).values():
        if isinstance(one, type) and one.__module__.startswith("kpi_tui.") and one is not place:
            yield one
            if isinstance(place, ModuleType) and one.__module__ == place.__name__:
                yield from _classes_in(one)


def _above(one: type) -> list[type]:
    return [
        above
        for above in one.__mro__[1:]
        if above.__module__.startswith("kpi_tui.") and not getattr(above, "_is_protocol", False)
    ]


def test_nothing_descends_from_more_than_two_classes_of_ours() -> None:
    found = ancestors()
    assert len(found) > 300, "the walk over the package found nearly nothing"
    assert {name: above for name, above in found.items() if len(above) > MOST_ANCESTORS} == {}


IMPORTS = {"when imported": (False, False), "inside functions too": (True, False), "for types too": (True, True)}
"""Which imports count: those inside functions, those that only a type checker makes."""


@pytest.mark.parametrize("counted", IMPORTS)
def test_no_module_imports_in_a_circle(counted: str) -> None:
    assert list(_circles(_imports(*IMPORTS[counted]))) == []


def test_no_folder_imports_in_a_circle() -> None:
    """Of each folder its files and folders, each as one: what belongs together stands together, types included."""
    imports = _imports(lazy=True, types=True)
    folders = {module.rpartition(".")[0] for module in imports if "." in module}
    assert {"kpi_tui", "kpi_tui.tui", "kpi_tui.engine.query"} <= folders
    assert {folder: found for folder in sorted(folders) if (found := list(_circles(_within(folder, imports))))} == {}


def _within(folder: str, imports: dict[str, set[str]]) -> dict[str, set[str]]:
    """What stands in a folder -> what else in it is imported from there; a folder inside it counts as one."""
    depth, graph = folder.count(".") + 2, defaultdict(set)
    inside = {module: ".".join(module.split(".")[:depth]) for module in imports if module.startswith(f"{folder}.")}
    for module, place in inside.items():
        graph[place] |= {inside[other] for other in imports[module] if other in inside} - {place}
    return graph


def test_a_circle_of_types_between_two_folders_would_be_found() -> None:
    imports = {"a.x.one": {"a.y.two"}, "a.y.two": set(), "a.y.three": {"a.x.four"}, "a.x.four": set()}
    assert list(_circles(imports)) == []
    assert list(_circles(_within("a", imports))) == [["a.x", "a.y", "a.x"]]
    written = ast.parse("if TYPE_CHECKING:\n    from b import C\ndef f():\n    from d import E\n")
    found = [[node.module for node in _nodes(written, *which)] for which in IMPORTS.values()]
    assert found == [[], ["d"], ["b", "d"]]


def _imports(lazy: bool, types: bool) -> dict[str, set[str]]:
    """Module -> modules of ours it imports."""
    found: dict[str, set[str]] = {}
    for module, tree in trees().items():
        nodes = _nodes(tree, lazy, types)
        named = {f"{node.module}.{alias.name}": node.module for node in nodes for alias in node.names}
        found[module] = {full if full in trees() else base for full, base in named.items()} & set(trees()) - {module}
    return found


def _nodes(node: ast.AST, lazy: bool, types: bool) -> Iterator[ast.ImportFrom]:
    for child in ast.iter_child_nodes(node):
        if not types and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if isinstance(child, ast.ImportFrom) and child.module:
            yield child
        if lazy or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _nodes(child, lazy, types)


def test_modules_of_ours_are_imported_by_name() -> None:
    """`import kpi_tui.x` and `from . import y` would be imports that the walks above do not see."""
    others = [
        f"{module}: {ast.unparse(node)}"
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(alias.name.startswith("kpi_tui.") for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.level)
    ]
    assert others == []


def _circles(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """Modules that reach themselves, with the way back, each circle once."""
    told: set[str] = set()
    for start in graph:
        way = _way_back(graph, start)
        if way and not told & set(way):
            told |= set(way)
            yield way


def _way_back(graph: dict[str, set[str]], start: str) -> list[str]:
    """The shortest way from a module over its imports back to itself, or []."""
    reached: dict[str, list[str]] = {start: [start]}
    queue = [start]
    for module in queue:
        for other in sorted(graph[module]):
            if other == start:
                return [*reached[module], start]
            if other not in reached:
                reached[other] = [*reached[module], other]
                queue.append(other)
    return []


def test_the_nearest_known_name_is_found_in_one_place() -> None:
    found = [str(file.relative_to(PROJECT)) for file in PACKAGE.rglob("*.py") if "get_close_matches" in _text(file)]
    assert found == ["kpi_tui/definitions/names.py"]


def test_the_suffix_of_a_growth_is_written_in_one_place() -> None:
    found = [str(file.relative_to(PROJECT)) for file in PACKAGE.rglob("*.py") if '".growth"' in _text(file)]
    assert found == ["kpi_tui/definitions/library/metric.py"]


def test_a_folder_holds_few_files() -> None:
    folders = {file.parent for file in PACKAGE.rglob("*.py")}
    crowded = {str(f.relative_to(PROJECT)) for f in folders if len(list(f.glob("*.py"))) - 1 > MOST_FILES}
    assert crowded == set()


MOST_LINES_OF_A_SCREEN = 200


def test_a_screen_composes_routes_keys_and_asks_and_is_short() -> None:
    """What grows past it is an idea of its own: an object the screen has, not a parent. The frame they share, too."""
    screens = [*(PACKAGE / "tui" / "screens").glob("*/screen.py"), PACKAGE / "tui" / "screens" / "frame.py"]
    long = {
        str(file.relative_to(PROJECT)): lines
        for file in screens
        if (lines := _text(file).count("\n")) >= MOST_LINES_OF_A_SCREEN
    }
    assert len(screens) > 7 and long == {}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


ROOMS = sorted(file.parent.name for file in PACKAGE.glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_every_folder_of_a_room_says_what_it_owns_and_never_does(room: str) -> None:
    folders = sorted((PACKAGE / room).rglob("__init__.py"))
    said = {
        str(file.relative_to(PACKAGE)): " ".join((ast.get_docstring(ast.parse(_text(file))) or "").split())
        for file in folders
    }
    assert [name for name, doc in said.items() if "Owns " not in doc or "Never " not in doc] == []


def test_every_period_is_made_in_a_calendar() -> None:
    """Weeks and years begin where the workspace says: a period that is made without its calendar would be of ISO."""
    given = {"parse": 2, "containing": 3, "": 4}  # arguments, the calendar being the last
    found, lacking = 0, []
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (how := _makes_period(node.func)) is not None:
                found += 1
                if len(node.args) < given[how]:
                    lacking.append(f"{module}:{node.lineno}")
    assert found > 30, "the walk over the package found nearly nothing"
    assert lacking == []


def _makes_period(called: ast.expr) -> str | None:
    """`parse` or `containing` of Period, "" for Period itself; None for anything else."""
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "Period":
        return called.attr if called.attr in ("parse", "containing") else None
    return "" if isinstance(called, ast.Name) and called.id == "Period" else None
