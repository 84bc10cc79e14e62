"""One frozen settings object. Entry points read the environment and `parley.toml`; nothing else does."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from index.errors import UsageError

DEFAULT_MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a person may set. Defaults are right for a newcomer."""

    index: Path = Path(".parley")
    """The index folder."""
    model: str = DEFAULT_MODEL
    """Name or folder of a sentence-transformers model; the default comes with the installation."""
    passage_tokens: int = 180
    """Aimed-at size of a passage in tiktoken tokens; the model's own window is a hard limit besides."""
    aliases: Path | None = None
    """A TOML file of further names for the same party, person or place, added to the built-in table."""
    threads: int = 0
    """Processor threads for the model; 0 lets torch choose."""


def load_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Settings from `folder`/parley.toml, overridden by PARLEY_<NAME> of the environment.

    Errors: UsageError for an unknown name or a value of the wrong kind.
    """
    environment = os.environ if environment is None else environment
    path = (folder or Path()) / "parley.toml"
    values: dict[str, object] = {}
    if path.is_file():
        try:
            values.update(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} is not valid TOML: {error}") from error
    known = {f.name for f in fields(Settings)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise UsageError(f"{path}: unknown setting {unknown[0]!r}; known: {', '.join(sorted(known))}")
    for name in known:
        if (given := environment.get(f"PARLEY_{name.upper()}")) is not None:
            values[name] = given
    return replace(Settings(), **{name: _convert(name, value) for name, value in values.items()})  # type: ignore[arg-type]


def _convert(name: str, value: object) -> object:
    if name in ("index", "aliases"):
        return Path(str(value)).expanduser()
    if name in ("passage_tokens", "threads"):
        try:
            number = int(str(value))
        except ValueError as error:
            raise UsageError(f"{name} must be a whole number, not {value!r}", name) from error
        low, high = (16, 2000) if name == "passage_tokens" else (0, 256)
        if not low <= number <= high:
            raise UsageError(f"{name} must be from {low} to {high}, not {number}", name)
        return number
    return str(value)
