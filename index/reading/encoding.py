"""Bytes of a text file become text."""

from __future__ import annotations

import re
import unicodedata

from index.errors import ReadingError

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
          (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
_UNUSED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_SAMPLE = 65_536
"""Bytes by which an unnamed encoding is guessed."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LONE = re.compile("[\ud800-\udfff]")


def decode(data: bytes, charset: str | None = None) -> str:
    """`data` as NFC text: by its byte order mark, as `charset` (where a page or mail names one), as UTF-8, as
    UTF-16 without a mark, or by charset-normalizer's best guess.

    Errors: ReadingError with a reason for what is no text (binary data, an empty file).
    """
    if not data.strip(b"\x00\t\n\x0b\x0c\r "):
        raise ReadingError("is empty")
    text = _decoded(data, charset)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > 0.02 * len(sample):
        raise ReadingError("is binary data, not text")
    return unicodedata.normalize("NFC", _LONE.sub("\ufffd", text.replace("\x00", "").removeprefix("\ufeff")))


def find_encoding(sample: bytes) -> str:
    """The encoding of text that begins with `sample`. Errors: ReadingError for what is no text."""
    decode(sample)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return "utf-8-sig" if name == "utf-8" else name
    if wide := _wide(sample):
        return wide
    try:
        sample[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8 and not _mostly_utf8(sample):
            return _guess(sample)
    return "utf-8"


def _decoded(data: bytes, charset: str | None) -> str:
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data.decode(marked, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    for name in (charset, "utf-8"):
        try:
            if name and (text := data.decode(name)):
                return text
        except (UnicodeDecodeError, LookupError):
            continue
    if _mostly_utf8(data):
        return data.decode("utf-8", "replace")
    return _guessed(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as zeros in every second byte."""
    head = data[:4096]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if max(zeros_even, zeros_odd) < 0.3 * len(head) / 2:
        return None
    return "utf-16-be" if zeros_even > zeros_odd else "utf-16-le"


def _mostly_utf8(data: bytes) -> bool:
    """Valid UTF-8 but for a few damaged places."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    wide = sum(c > "\x7f" for c in text)
    damaged = text.count("\ufffd")
    return damaged <= 0.2 * wide and damaged <= 0.02 * len(text)


def _guessed(data: bytes) -> str:
    if data[:4096].count(0) > 4:
        raise ReadingError("is binary data, not text")
    return data.decode(_guess(data[:_SAMPLE]), "replace")


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    # With few bytes beyond ASCII statistics mislead; such text is nearly always Western European.
    high = sum(byte > 0x7F for byte in sample)
    if high < 0.05 * len(sample) and not any(byte in _UNUSED_1252 for byte in sample):
        return "cp1252"
    guess = from_bytes(sample).best()
    if guess is None:
        raise ReadingError("is in an unknown encoding, or not text; save it as UTF-8")
    return guess.encoding
