"""The state of an index: what it holds, how fresh it is, and whether all of it is sound."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from index import publish
from index.articles import ArticleReader
from index.errors import IndexMissingError, ParleyError
from index.integrity import Problem, check_generation
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Status:
    """Counts, freshness and condition of the published generation."""

    index: str
    generation: str
    built_at: str
    """UTC, ISO 8601."""
    age_days: float
    articles: int
    undated: int
    copies: int
    passages: int
    sentences: int
    tokens: int
    """tiktoken tokens (cl100k_base) of all passages."""
    passage_tokens: int
    """Aimed-at size of a passage when it was built."""
    publishers: int
    newest_article: str | None
    oldest_article: str | None
    model: str
    bytes: int
    """Size on disk."""
    cut_passages: int
    """Passages longer than the model reads: 0, or something is wrong."""
    skipped_files: int
    degraded: tuple[str, ...]
    """What does not work as it should, and how to mend it; empty when all is well."""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "degraded": list(self.degraded)}


def status(settings: Settings) -> Status:
    """Errors: IndexMissingError, IndexDamagedError."""
    name = publish.current_id(settings.index)
    folder = publish.generation_folder(settings.index, name)
    manifest = publish.read_manifest(folder)
    infos = ArticleReader(folder / "articles.sqlite3").infos()
    dates = [i.published for i in infos if i.published.first is not None]
    newest = max(dates, key=lambda d: str(d.last), default=None)
    oldest = min(dates, key=lambda d: str(d.first), default=None)
    built = datetime.fromisoformat(manifest.built_at)
    return Status(
        index=str(settings.index),
        generation=name,
        built_at=manifest.built_at,
        age_days=round((datetime.now(UTC) - built).total_seconds() / 86400, 2),
        articles=len(infos),
        undated=len(infos) - len(dates),
        copies=sum(i.copy_of is not None for i in infos),
        passages=manifest.passages,
        sentences=manifest.sentences,
        tokens=manifest.tokens,
        passage_tokens=manifest.passage_tokens,
        publishers=len({i.publisher for i in infos if i.publisher}),
        newest_article=newest.iso if newest else None,
        oldest_article=oldest.iso if oldest else None,
        model=manifest.model,
        bytes=sum(record.size for record in manifest.files.values()),
        cut_passages=manifest.cut_passages,
        skipped_files=manifest.skipped,
        degraded=tuple(_degraded(settings, manifest)),
    )


def verify(settings: Settings) -> list[Problem]:
    """Re-check every file, text, offset, passage and sentence, and Chroma against the stored vectors.

    Errors: IndexMissingError when there is no index; everything else is a problem in the list.
    """
    try:
        name = publish.current_id(settings.index)
        return check_generation(publish.generation_folder(settings.index, name))
    except IndexMissingError:
        raise
    except ParleyError as error:
        return [Problem("index", str(error))]


def _degraded(settings: Settings, manifest: publish.Manifest) -> list[str]:
    from index.embedding import check_model

    reasons = []
    try:
        check_model(settings.model)
    except ParleyError as error:
        reasons.append(f"lexical search only: {error}")
    if settings.model != manifest.model:
        reasons.append(
            f"the index was built with the model {manifest.model!r}, the settings name {settings.model!r}; "
            "run `parley rebuild`"
        )
    folder = publish.generation_folder(settings.index, manifest.id)
    for name, record in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != record.size:
            reasons.append(f"{name} is missing or has changed its size; run `parley rebuild`")
    return reasons
