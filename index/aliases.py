"""Other names of the same party, person or place, so that a question finds articles that use another one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeGuard

from index.errors import UsageError
from index.lexical import split_terms

Terms = tuple[str, ...]

_BUILT_IN = Path(__file__).with_name("aliases.toml")
_SKIPPED = 3  # stop words that a name may hold besides its terms


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry, as lexical terms. Names in capitals are matched in capitals only."""

    terms: Terms
    capitals: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """The names of one party, person, place or treaty, and words that tell it from its homographs."""

    names: tuple[Name, ...]
    context: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another name of something in the question, as lexical terms."""

    terms: Terms
    needs: frozenset[str] = frozenset()
    """For a homograph: terms of which a passage must hold at least one; empty: none needed."""


@dataclass(frozen=True, slots=True)
class Concept:
    """Terms of a question that belong together, and what the same thing is called otherwise."""

    terms: Terms
    alternatives: tuple[Alternative, ...] = ()


class Aliases:
    """A table of names, read-only."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self._named: dict[Terms, list[tuple[Entry, Name]]] = {}
        self._longest: dict[str, int] = {}  # most terms of a name that begins with this one
        for entry in entries:
            for name in entry.names:
                self._named.setdefault(name.terms, []).append((entry, name))
                first = name.terms[0]
                self._longest[first] = max(self._longest.get(first, 0), len(name.terms))

    def __len__(self) -> int:
        return len(self._entries)

    def concepts(self, question: str) -> list[Concept]:
        """The question's terms in order, those that form a known name together, with its other names.

        A name that several entries share stands for those whose context the question mentions; for none of
        them otherwise.
        """
        words = split_terms(question)
        present = frozenset(term for _, terms in words for term in terms)
        careless = question.lower() == question  # typed without capitals: they cannot be asked for
        out: list[Concept] = []
        at = 0
        while at < len(words):
            longest = self._longest.get(words[at][1][0], 0) + _SKIPPED if words[at][1] else 0
            for size in range(min(longest, len(words) - at), 0, -1):
                run = words[at : at + size]
                terms = tuple(term for _, found in run for term in found)
                if not run[-1][1] or terms not in self._named:
                    continue
                entries = self._meant(terms, [raw for raw, _ in run], present, careless)
                if entries:
                    out.append(Concept(terms, self._alternatives(entries, terms)))
                    at += size
                    break
            else:
                out.extend(Concept((term,)) for term in words[at][1])
                at += 1
        return out

    def _meant(self, terms: Terms, raw: list[str], present: frozenset[str], careless: bool) -> list[Entry]:
        written = " ".join(raw)
        capitals = written.upper() == written
        named = self._named[terms]
        entries = [e for e, name in named if not name.capitals or capitals or careless]
        if len(named) < 2:
            return entries
        others = present - set(terms)
        return [e for e in entries if e.context & others or _other_name(e, terms, present)]

    def _alternatives(self, entries: list[Entry], own: Terms) -> tuple[Alternative, ...]:
        out: dict[Terms, Alternative] = {}
        for entry in entries:
            for name in entry.names:
                if name.terms == own or name.terms in out:
                    continue
                shared = len(self._named[name.terms]) > 1
                full = {name.terms[0] for name in entry.names if len(self._named[name.terms]) == 1}
                needs = entry.context | full if shared else frozenset()
                out[name.terms] = Alternative(name.terms, frozenset(needs))
        return tuple(out.values())


def _other_name(entry: Entry, own: Terms, present: frozenset[str]) -> bool:
    return any(name.terms != own and present.issuperset(name.terms) for name in entry.names)


def load_aliases(own: Path | None = None) -> Aliases:
    """The built-in table, and a person's own file added to it. Errors: UsageError."""
    return _load(_BUILT_IN, own, own.stat().st_mtime_ns if own and own.is_file() else 0)


@cache
def _load(built_in: Path, own: Path | None, _changed: int) -> Aliases:
    merged: dict[str, tuple[list[str], list[str]]] = {}
    for path in (built_in, own):
        if path is not None:
            for name, (names, context) in _read(path).items():
                known = merged.setdefault(name, ([], []))
                known[0].extend(names)
                known[1].extend(context)
    return Aliases(tuple(_entry([name, *names], context) for name, (names, context) in merged.items()))


def _entry(names: list[str], context: list[str]) -> Entry:
    unique: dict[Terms, Name] = {}
    for written in names:
        terms = tuple(term for _, found in split_terms(written) for term in found)
        if terms:
            unique.setdefault(terms, Name(terms, len(written) <= 8 and written.upper() == written))
    words = frozenset(term for word in context for _, found in split_terms(word) for term in found)
    return Entry(tuple(unique.values()), words)


def _read(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"the alias file {path} cannot be read ({error.strerror})", "aliases") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the alias file {path} is not valid TOML: {error}", "aliases") from error
    out: dict[str, tuple[list[str], list[str]]] = {}
    for key, value in tables.items():
        entries = value if isinstance(value, Mapping) and "names" not in value else {key: value}
        for name, given in entries.items():
            names, context = (
                (given.get("names"), given.get("context", [])) if isinstance(given, Mapping) else (given, [])
            )
            if not _strings(names) or not _strings(context):
                raise UsageError(f'{path}: {name!r} needs a list of names, e.g. "Kyiv" = ["Kiev"]', "aliases")
            known = out.setdefault(name, ([], []))
            known[0].extend(names)
            known[1].extend(context)
    return out


def _strings(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
