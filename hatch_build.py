"""Compile what kpi-tui reads at every start when it is built or installed: the catalogues, the shipped library."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY = ("*.toml", "metrics/*.toml", "pages/*.toml", "chains/*.toml", "roles/*.toml")


class CompileHook(BuildHookInterface):
    """Write one .mo beside every .po of kpi_tui/locale, and the parsed TOML of the library as one JSON file."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        for source in Path(self.root, "kpi_tui", "locale").rglob("*.po"):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
        self._compile_library()

    def _compile_library(self) -> None:
        sys.path.insert(0, self.root)
        from kpi_tui.workspace.toml.key_lines import index_lines
        from kpi_tui.workspace.toml.shipped import write

        files = (path for pattern in LIBRARY for path in Path(self.root, "config").glob(pattern))
        texts = [path.read_bytes().decode("utf-8-sig") for path in files]
        write((text, (tomllib.loads(text), index_lines(text))) for text in texts)
