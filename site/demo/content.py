"""The texts of the demo world, from content/*.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"

Table = dict[str, Any]


def tables(file: str, name: str) -> list[Table]:
    """The tables [[name]] of content/<file>.toml. KeyError when there is none."""
    return list(_read(FOLDER / f"{file}.toml")[name])


def topics_by_space() -> dict[str, list[Table]]:
    """Key of a space -> its topics: one file per space."""
    return {path.stem: list(_read(path)["topic"]) for path in sorted((FOLDER / "topics").glob("*.toml"))}


@cache
def _read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))
