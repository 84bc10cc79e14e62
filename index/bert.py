"""The encoder of BERT-like sentence models in plain torch.

sentence-transformers gives the same vectors (a test compares them), but importing it takes three times as
long as everything else that a question from the command line needs, and the default model is of this kind.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

_KINDS = ["sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling"]


class BertEncoder:
    """BERT with mean pooling, read from a sentence-transformers folder. Safe for several threads."""

    def __init__(self, folder: Path, dtype: torch.dtype) -> None:
        config = _json(folder / "config.json")
        self.dimensions = int(config["hidden_size"])
        self.longest = int(_json(folder / "sentence_bert_config.json")["max_seq_length"])
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        weights = load_file(folder / "model.safetensors")
        self._weights = {
            name: value.to(dtype) for name, value in weights.items() if value.is_floating_point()
        }
        types = self._weights["embeddings.token_type_embeddings.weight"][0]
        self._positions = self._weights["embeddings.position_embeddings.weight"] + types

    @staticmethod
    def reads(folder: Path) -> bool:
        """Whether the folder holds a model of this kind, and nothing that this encoder would leave out."""
        try:
            config = _json(folder / "config.json")
            pooling = _json(folder / "1_Pooling" / "config.json")
            modules = [m["type"] for m in json.loads((folder / "modules.json").read_text(encoding="utf-8"))]
            limits = _json(folder / "sentence_bert_config.json")
        except (OSError, ValueError, KeyError, TypeError):
            return False
        modes = [name for name, used in pooling.items() if name.startswith("pooling_mode") and used is True]
        return (
            config.get("model_type") == "bert"
            and config.get("hidden_act") == "gelu"
            and config.get("position_embedding_type", "absolute") == "absolute"
            and modules[:2] == _KINDS
            and modules[2:] in ([], ["sentence_transformers.models.Normalize"])
            and modes == ["pooling_mode_mean_tokens"]
            and "max_seq_length" in limits
            and not limits.get("do_lower_case")
        )

    def __call__(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Token vectors `(texts, pieces, dimensions)` and pooled vectors `(texts, dimensions)`.

        `ids` and `mask` are `(texts, pieces)`; the mask is 0 where a text is padded.
        """
        states = self._weights["embeddings.word_embeddings.weight"][ids] + self._positions[: ids.shape[1]]
        states = self._normalize(states, "embeddings")
        attended = mask.bool()[:, None, None, :] if int(mask.min()) == 0 else None
        for number in range(self._layers):
            states = self._layer(states, attended, f"encoder.layer.{number}")
        weights = mask[:, :, None].to(torch.float32)
        pooled = (states.to(torch.float32) * weights).sum(1) / weights.sum(1)
        return states, pooled

    def _layer(self, states: Tensor, attended: Tensor | None, name: str) -> Tensor:
        query, key, value = (
            self._linear(states, f"{name}.attention.self.{part}")
            .view(*states.shape[:2], self._heads, -1)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=attended)
        mixed = self._linear(mixed.transpose(1, 2).flatten(-2), f"{name}.attention.output.dense")
        states = self._normalize(mixed + states, f"{name}.attention.output")
        wide = functional.gelu(self._linear(states, f"{name}.intermediate.dense"))
        return self._normalize(self._linear(wide, f"{name}.output.dense") + states, f"{name}.output")

    def _linear(self, states: Tensor, name: str) -> Tensor:
        return functional.linear(states, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normalize(self, states: Tensor, name: str) -> Tensor:
        weight = self._weights[f"{name}.LayerNorm.weight"]
        bias = self._weights[f"{name}.LayerNorm.bias"]
        return functional.layer_norm(states, weight.shape, weight, bias, self._epsilon)


def _json(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record
