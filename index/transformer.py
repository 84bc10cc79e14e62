"""Real embedding models: the only file that touches sentence-transformers and torch.

Texts are cut into pieces here, by tokenizers that are never changed afterwards: those inside
sentence-transformers are reset on every call, which fails when several threads use them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from index.embedding import Encodable, Encoded, Vectors, unit
from index.errors import ModelUnavailableError

Encoder = Callable[[torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]

_BATCH = 32


class TransformerEmbedder:
    """A sentence-transformers model on the CPU; bfloat16 where the processor has instructions for it."""

    def __init__(self, model: str, folder: str, weights: str, threads: int = 0) -> None:
        if threads:
            torch.set_num_threads(threads)
        self._dtype = torch.bfloat16 if _has_fast_bfloat16() else torch.float32
        try:
            self._encode, self._dimensions, longest, source = _load(folder, self._dtype)
        except Exception as error:
            raise ModelUnavailableError(
                f"the model {model!r} cannot be loaded ({_one_line(error)}); "
                "name an installed model in the settings"
            ) from error
        self._counter = _fixed(source)
        self._special = self._counter.num_special_tokens_to_add(is_pair=False)
        self._window = longest - self._special
        self._tokenizer = _fixed(source)
        self._tokenizer.enable_truncation(longest)
        # Without the precision: an index moved to a processor without bfloat16 must go on working
        # (cosine > 0.999).
        self._fingerprint = f"{model}:{weights[:16]}"

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        return self._dimensions

    @property
    def window(self) -> int:
        return self._window

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        return [len(e.ids) for e in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        encoded = [e.passage for e in self.encode_passages([Encodable(t, ()) for t in texts])]
        return np.stack(encoded) if encoded else np.empty((0, self._dimensions), np.float32)

    def encode_passages(self, passages: Sequence[Encodable]) -> Iterator[Encoded]:
        """Texts of like length share a batch, so that little is computed for padding."""
        encodings = self._tokenizer.encode_batch([p.text for p in passages])
        order = sorted(range(len(passages)), key=lambda i: (len(encodings[i].ids), i))
        out: list[Encoded | None] = [None] * len(passages)
        for low in range(0, len(order), _BATCH):
            rows = order[low : low + _BATCH]
            longest = max(len(encodings[i].ids) for i in rows)
            ids = torch.zeros((len(rows), longest), dtype=torch.long)
            mask = torch.zeros((len(rows), longest), dtype=torch.long)
            for at, i in enumerate(rows):
                pieces = encodings[i].ids
                ids[at, : len(pieces)] = torch.tensor(pieces)
                mask[at, : len(pieces)] = 1
            with torch.inference_mode():
                states, means = self._encode(ids, mask)
            tokens, pooled = states.float().numpy(), unit(means.float().numpy())
            for at, i in enumerate(rows):
                offsets = np.asarray(encodings[i].offsets, np.int64).reshape(-1, 2)
                parts = _sentence_means(tokens[at], offsets, passages[i].sentences, pooled[at])
                out[i] = Encoded(pooled[at], parts)
        return (encoded for encoded in out if encoded is not None)


def _load(folder: str, dtype: torch.dtype) -> tuple[Encoder, int, int, Tokenizer]:
    """The model's encoder, dimensions, longest text and tokenizer."""
    with _quiet_loading():
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(
            folder,
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    model.eval()
    model.to(dtype)
    tokenizer = model.tokenizer
    longest = min(int(model.max_seq_length or 256), int(tokenizer.model_max_length))

    def encode(ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        features = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in tokenizer.model_input_names:
            features["token_type_ids"] = torch.zeros_like(ids)
        found = model(features)
        return found["token_embeddings"], found["sentence_embedding"]

    return encode, int(model.get_embedding_dimension() or 0), longest, tokenizer.backend_tokenizer


@contextlib.contextmanager
def _quiet_loading() -> Iterator[None]:
    """No network, no progress bars or notes on standard error while a model is loaded."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(name, "1")
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging  # its functions carry no types

    shown = logging.is_progress_bar_enabled()
    level = logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()


def _fixed(source: Tokenizer) -> Tokenizer:
    """A copy of a tokenizer that neither cuts nor pads."""
    copy: Tokenizer = Tokenizer.from_str(source.to_str())
    copy.no_padding()
    copy.no_truncation()
    return copy


def _has_fast_bfloat16() -> bool:
    """True where bfloat16 has its own instructions; elsewhere it would be slower than float32."""
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def _sentence_means(
    tokens: npt.NDArray[np.float32],
    offsets: npt.NDArray[np.int64],
    sentences: Sequence[tuple[int, int]],
    passage: Vectors,
) -> Vectors:
    """Mean of the vectors of the pieces that end inside each span; without any, the passage's vector.

    By their ends: some tokenizers count the space before a word into its piece.
    """
    out = np.empty((len(sentences), tokens.shape[1]), np.float32)
    starts, ends = offsets[:, 0], offsets[:, 1]
    for i, (start, end) in enumerate(sentences):
        inside = np.flatnonzero((ends > start) & (ends <= end) & (ends > starts))
        out[i] = tokens[inside].mean(axis=0) if len(inside) else passage
    return unit(out)


def _one_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200]
