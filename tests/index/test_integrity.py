"""Damage anywhere in an index is found, reported in one line, and never answered from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import BuildReport, HashingEmbedder, IndexDamagedError, Library, Settings, publish, status, verify
from index.integrity import check_generation

Build = Callable[..., BuildReport]


@pytest.fixture(scope="module")
def sound(collection: Library) -> Path:
    index = collection.settings.index
    return publish.generation_folder(index, publish.current_id(index))


def files(generation: Path) -> list[str]:
    return sorted(publish.read_manifest(generation).files)


def damaged_copy(sound: Path, tmp_path: Path, name: str, how: str) -> Settings:
    index = tmp_path / "index"
    folder = index / "generations" / sound.name
    shutil.copytree(sound, folder)
    (index / "CURRENT").write_text(sound.name + "\n")
    path = folder / name
    if how == "gone":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data = data[: len(data) // 2] if how == "short" else data
        if how == "flipped":
            data[len(data) // 2] ^= 0x40
        path.write_bytes(data)
    return Settings(index=index, model="hashing")


def test_a_sound_index_has_no_problems(collection: Library):
    assert verify(collection.settings) == []


def test_every_file_is_in_the_manifest(sound: Path):
    listed = set(files(sound)) | {"manifest.json", "lease"}
    assert {str(p.relative_to(sound)) for p in sound.rglob("*") if p.is_file()} == listed
    assert len(listed) > 8


@pytest.mark.parametrize("how", ["gone", "short", "flipped"])
def test_damage_to_any_file_is_found(sound: Path, tmp_path: Path, how: str):
    for number, name in enumerate(files(sound)):
        if (sound / name).stat().st_size == 0:
            continue  # chromadb's empty link list can only be gone
        problems = verify(damaged_copy(sound, tmp_path / str(number), name, how))
        assert [p.where for p in problems] == [name]
        assert "\n" not in problems[0].what


@pytest.mark.parametrize("how", ["gone", "short", "flipped"])
@pytest.mark.parametrize("name", ["vectors.npy", "passages.npy", "sentence_vectors.npy", "lexical/ids.npy"])
def test_nothing_is_answered_from_damaged_arrays(sound: Path, tmp_path: Path, name: str, how: str):
    library = Library(damaged_copy(sound, tmp_path, name, how), HashingEmbedder())
    with pytest.raises(IndexDamagedError, match="parley rebuild"), library.lease():
        pass


@pytest.mark.parametrize("how", ["gone", "short", "flipped"])
def test_a_damaged_manifest_is_reported(sound: Path, tmp_path: Path, how: str):
    settings = damaged_copy(sound, tmp_path, "manifest.json", how)
    library = Library(settings, HashingEmbedder())
    if how == "flipped":
        manifest = settings.index / "generations" / sound.name / "manifest.json"
        manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
    with pytest.raises(IndexDamagedError, match="parley rebuild"), library.lease():
        pass
    assert "parley rebuild" in verify(settings)[0].what


def test_a_changed_text_is_never_quoted(sound: Path, tmp_path: Path):
    settings = damaged_copy(sound, tmp_path, "keys.npy", "kept")
    database = settings.index / "generations" / sound.name / "articles.sqlite3"
    database.write_bytes(database.read_bytes().replace(b"887 prisoners", b"888 prisoners"))
    library = Library(settings, HashingEmbedder())
    with library.lease() as current, pytest.raises(IndexDamagedError, match="'prison' is damaged"):
        current.article("prison")


def test_wrong_offsets_are_found_though_every_hash_is_right(sound: Path, tmp_path: Path):
    settings = damaged_copy(sound, tmp_path, "keys.npy", "kept")
    folder = settings.index / "generations" / sound.name
    sentences = np.load(folder / "sentences.npy")
    sentences[1, 0] += 1
    np.save(folder / "sentences.npy", sentences)
    reseal(folder)
    assert [p.where for p in check_generation(folder)] == ["cease"]


def test_chroma_is_compared_with_the_stored_vectors(sound: Path, tmp_path: Path):
    settings = damaged_copy(sound, tmp_path, "keys.npy", "kept")
    folder = settings.index / "generations" / sound.name
    vectors = np.load(folder / "vectors.npy")
    np.save(folder / "vectors.npy", vectors[::-1])
    reseal(folder)
    assert [p.where for p in check_generation(folder)] == ["chroma"]


def reseal(folder: Path) -> None:
    """Give the manifest the present sizes and hashes, as a faulty builder would."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"] = {
        name: {"size": record.size, "sha256": record.sha256}
        for name, record in publish.describe_files(folder).items()
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_status_says_what_there_is(collection: Library):
    state = status(collection.settings)
    assert (state.articles, state.undated, state.copies, state.publishers) == (5, 1, 0, 4)
    assert (state.newest_article, state.oldest_article) == ("2023-05-21", "2022-07-23")
    assert state.cut_passages == 0
    assert state.degraded == ()
    assert state.tokens > 100
    assert state.bytes > 10_000
    assert json.loads(json.dumps(state.to_json()))["generation"] == state.generation


def test_status_names_what_is_degraded(sound: Path, tmp_path: Path):
    settings = damaged_copy(sound, tmp_path, "vectors.npy", "short")
    other = Settings(index=settings.index, model=str(tmp_path))
    reasons = " | ".join(status(other).degraded)
    assert "model.safetensors is missing" in reasons
    assert "vectors.npy" in reasons
    assert "built with the model 'hashing'" in reasons
