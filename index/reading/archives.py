"""Files that are ZIP archives inside: opened with a limit on what they unpack to."""

from __future__ import annotations

import io
import zipfile

from index.errors import ReadingError

LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_MEMBERS = 20_000


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive. Errors: ReadingError when it is damaged, encrypted, or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ReadingError(f"is damaged: {error}") from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > LARGEST_UNPACKED:
        raise ReadingError(f"unpacks to more than {LARGEST_UNPACKED // 2**20} MB")
    if any(m.flag_bits & 1 for m in members):
        raise ReadingError("is encrypted; save it without a password")
    return archive


def read_member(archive: zipfile.ZipFile, name: str, limit: int = 32 * 1024 * 1024) -> bytes:
    """A member's bytes. Errors: ReadingError when it is missing, damaged or unpacks to more than it says."""
    try:
        with archive.open(name) as stream:
            data = stream.read(limit + 1)
    except KeyError as error:
        raise ReadingError(f"lacks its part {name}") from error
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise ReadingError(f"is damaged: {error}") from error
    except Exception as error:
        # Every decompressor has its own error (zlib.error, lzma.LZMAError).
        raise ReadingError(f"is damaged: {error}") from error
    if len(data) > limit:
        raise ReadingError(f"unpacks to more than {limit // 2**20} MB")
    return data
