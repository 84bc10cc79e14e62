"""Damaged and hostile files, made on the spot: name, bytes, and whether an article may come out of them.

`read` is True when the file's text must be found, False when it must be skipped, None when either is right.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from saved_documents import (
    PARAGRAPHS,
    TITLE,
    make_docx,
    make_epub,
    make_mail,
    make_mhtml,
    make_page,
    make_pdf,
)

TEXT = f"{TITLE}\n\n" + "\n\n".join(PARAGRAPHS) + "\n"
NOISE = bytes((i * 7919 + i // 251) % 256 for i in range(20_000))


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file to read."""

    name: str
    make: Callable[[], bytes]
    read: bool | None


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _docx_with(document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(make_docx())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return _zip({**members, "word/document.xml": document})


def _epub_with(name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(make_epub())) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    return _zip({**members, name: data})


def _pdf_bomb(packed: bytes) -> bytes:
    """A one-page PDF whose page is `packed`, compressed once more by Flate."""
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n4 0 obj<</Filter/FlateDecode/Length "
    )
    return head + b"%d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n" % (
        len(packed),
        packed,
    )


_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{_ENTITIES}]>'
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_LOOPING_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _feed(title: str, prolog: str = '<?xml version="1.0"?>') -> str:
    item = f"<item><title>{title}</title><description>{' '.join(PARAGRAPHS)}</description></item>"
    return f"{prolog}<rss version='2.0'><channel><title>Corvane</title>{item}</channel></rss>"


def hostile_files(line_megabytes: int = 20) -> Iterator[Hostile]:
    """All of them; `line_megabytes` is the length of the very long line."""
    yield from _texts(line_megabytes)
    yield from _pages()
    yield from _records()
    yield from _containers()
    yield from _pdfs()
    yield from _others()


def _texts(megabytes: int) -> Iterator[Hostile]:
    yield Hostile("empty.txt", lambda: b"", False)
    yield Hostile("blank.txt", lambda: b" \n\t\n \r\n", False)
    yield Hostile("zeros.txt", lambda: b"\0" * 5_000, False)
    yield Hostile("noise.txt", lambda: NOISE, False)
    yield Hostile("noise-without-ending", lambda: NOISE, False)
    yield Hostile("utf16-le.txt", lambda: b"\xff\xfe" + TEXT.encode("utf-16-le"), True)
    yield Hostile("utf16-be.txt", lambda: b"\xfe\xff" + TEXT.encode("utf-16-be"), True)
    yield Hostile("utf16-unmarked.txt", lambda: TEXT.encode("utf-16-le"), True)
    yield Hostile("utf32.txt", lambda: TEXT.encode("utf-32"), True)
    yield Hostile(
        "latin1.txt",
        lambda: TEXT.replace("“", "«").replace("”", "»").replace("Tarrant", "Têrränt").encode("latin-1"),
        True,
    )
    yield Hostile("cp1252.txt", lambda: TEXT.encode("cp1252"), True)
    yield Hostile(
        "cp1251.txt",
        lambda: ("Переговоры в Корване продолжились. Стороны обсудили обмен пленными. " * 9).encode("cp1251"),
        True,
    )
    yield Hostile("broken-utf8.txt", lambda: TEXT.encode().replace(b"Corvane", b"Corv\xffane"), True)
    yield Hostile(
        "surrogates.txt",
        lambda: TEXT.replace("Corvane", "Cor\ud800vane").encode("utf-8", "surrogatepass"),
        True,
    )
    yield Hostile("zero-inside.txt", lambda: TEXT.replace("Corvane", "Corvane\0").encode(), True)
    yield Hostile("carriage-returns.txt", lambda: TEXT.replace("\n", "\r").encode(), True)
    yield Hostile("right-to-left.txt", lambda: (TEXT + "\u202eevil\u202c\u200b\ufeff").encode(), True)
    yield Hostile("combining.txt", lambda: ("a" + "\u0301" * 100_000 + " word.").encode(), None)
    yield Hostile("long-line.txt", lambda: (" ".join(PARAGRAPHS) + " ").encode() * (megabytes * 1_250), None)
    yield Hostile("one-long-word.txt", lambda: b"x" * (megabytes * 1_000_000), None)
    yield Hostile("many-lines.txt", lambda: b"a\n" * 300_000, None)
    yield Hostile(
        "huge-front-matter.md",
        lambda: (
            b"---\ntitle: x\n" + b"".join(b"k%d: v\n" % i for i in range(100_000)) + b"---\n" + TEXT.encode()
        ),
        None,
    )
    yield Hostile(
        "yaml-bomb.md",
        lambda: (
            b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(
                b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % ((98 + i,) * 2 + (97 + i,) * 9)
                for i in range(9)
            )
            + b"---\n"
            + TEXT.encode()
        ),
        None,
    )
    yield Hostile(
        "unsafe-yaml.md",
        lambda: b"---\ntitle: !!python/object/apply:os.system ['touch owned']\n---\n" + TEXT.encode(),
        None,
    )
    yield Hostile("unclosed-front-matter.md", lambda: b"---\ntitle: x\n" + TEXT.encode(), True)


def _pages() -> Iterator[Hostile]:
    page = make_page()
    yield Hostile("no-text.html", lambda: b"<html><head><title>x</title></head><body></body></html>", False)
    yield Hostile("cut.html", lambda: page[: len(page) * 3 // 4].encode(), True)
    yield Hostile(
        "wrong-charset.html",
        lambda: page.replace("charset='utf-8'", "charset='utf-99'").encode("cp1252", "replace"),
        True,
    )
    yield Hostile("utf16.html", lambda: b"\xff\xfe" + page.encode("utf-16-le"), True)
    yield Hostile("zeros.html", lambda: page.replace("lakeside", "lake\0side").encode(), True)
    yield Hostile(
        "nested-divs.html",
        lambda: b"<html><body>" + b"<div>" * 100_000 + page.encode() + b"</div>" * 100_000,
        None,
    )
    yield Hostile(
        "nested-mixed.html",
        lambda: b"<html><body>" + b"<b><i><span><table><tr><td>" * 30_000 + page.encode(),
        None,
    )
    yield Hostile("unclosed.html", lambda: b"<p><a href='x'><b>" * 100_000 + page.encode(), None)
    yield Hostile(
        "many-attributes.html",
        lambda: page.replace(
            "<article", "<article " + " ".join(f"a{i}='1'" for i in range(100_000))
        ).encode(),
        None,
    )
    yield Hostile(
        "script-only.html",
        lambda: b"<html><body><script>" + b"var a=1;" * 20_000 + b"</script></body></html>",
        False,
    )
    yield Hostile(
        "entities.html",
        lambda: (_LAUGHS + "<html><body><p>&e9;</p>" + page + "</body></html>").encode(),
        None,
    )
    yield Hostile("comment-open.html", lambda: b"<html><body><!-- " + page.encode(), None)
    yield Hostile(
        "deep-json-ld.html",
        lambda: page.replace(
            "<nav>", "<script type='application/ld+json'>" + "[" * 200_000 + "</script><nav>"
        ).encode(),
        True,
    )
    yield Hostile(
        "odd-json-ld.html",
        lambda: page.replace(
            "<nav>",
            '<script type="application/ld+json">{"@type":["NewsArticle",7,null],"headline":{"a":1},"author":[[[[["x"]]]],5,null,{"name":{"b":2}}],"datePublished":[],"publisher":"","url":{"@id":3}}</script><nav>',
        ).encode(),
        True,
    )
    yield Hostile(
        "odd-address.html",
        lambda: page.replace("https://www.corvane-observer.example/world", "http://[bad::1/world").encode(),
        True,
    )
    yield Hostile("pdf-inside.html", lambda: make_pdf(), True)
    yield Hostile("page-inside.txt", lambda: page.encode(), True)


def _records() -> Iterator[Hostile]:
    good = json.dumps({"title": TITLE, "text": PARAGRAPHS[0]})
    yield Hostile(
        "bad-lines.jsonl",
        lambda: (
            f'{good}\nnot json\n[1]\n"x"\n{{"title": "no text"}}\n\n{{"text": 5}}\n{good[:-9]}\n'.encode()
        ),
        True,
    )
    yield Hostile("no-good-line.jsonl", lambda: b"nothing\nhere\n", False)
    yield Hostile("deep.jsonl", lambda: b'{"text": ' + b"[" * 200_000 + b"\n" + good.encode(), True)
    yield Hostile(
        "odd-values.jsonl",
        lambda: (
            json.dumps(
                {"text": PARAGRAPHS[1], "title": ["x"], "date": {"y": 1}, "author": 5, "id": None, "url": []}
            )
            + "\n"
        ).encode(),
        None,
    )
    yield Hostile(
        "surrogates.jsonl",
        lambda: (
            b'{"text": "The talks \\ud800 went on in the town of Corvane for days.", "title": "\\udfff"}\n'
        ),
        True,
    )
    yield Hostile(
        "huge-number.jsonl",
        lambda: (
            b'{"text": "The talks went on in Corvane.", "date": 1' + b"0" * 10_000 + b"}\n" + good.encode()
        ),
        None,
    )
    yield Hostile(
        "long-line.jsonl",
        lambda: b'{"text": "' + b"word " * 2_500_000 + b'"}\n' + good.encode() + b"\n",
        True,
    )
    yield Hostile("utf16.jsonl", lambda: good.encode("utf-16"), None)
    yield Hostile(
        "huge-field.csv",
        lambda: (
            b'title,text\nx,"'
            + b"word " * 2_000_000
            + b'"\ny,'
            + PARAGRAPHS[0].replace(",", "").encode()
            + b"\n"
        ),
        None,
    )
    yield Hostile("open-quote.csv", lambda: b'title,text\nx,"' + TEXT.encode() * 2_000, None)
    yield Hostile("no-text-column.csv", lambda: b"a,b\n1,2\n", False)
    yield Hostile("zeros.csv", lambda: b"title,text\n\0,\0\n", False)


def _containers() -> Iterator[Hostile]:
    yield Hostile("archive.zip", lambda: _zip({"a.txt": TEXT.encode()}), False)
    yield Hostile("packed.txt.gz", lambda: gzip.compress(b"\0" * 5_000_000), False)
    yield Hostile("packed-inside.html", lambda: gzip.compress(b"\0" * 5_000_000), False)
    yield Hostile("cut.docx", lambda: make_docx()[:5_000], False)
    yield Hostile("noise.docx", lambda: NOISE, False)
    yield Hostile("bomb.docx", lambda: _docx_with(bytes(60_000_000)), False)
    yield Hostile(
        "many-members.docx",
        lambda: _zip({f"word/{i}.xml": b"" for i in range(30_000)} | {"word/document.xml": b"<a/>"}),
        False,
    )
    yield Hostile("entities.docx", lambda: _docx_with((_LAUGHS + "<r>&e9;</r>").encode()), False)
    yield Hostile("outside.docx", lambda: _docx_with((_OUTSIDE + "<r>&x;</r>").encode()), False)
    yield Hostile("empty.docx", lambda: _zip({"word/document.xml": b""}), False)
    yield Hostile("bomb.epub", lambda: _epub_with("OEBPS/text/one.xhtml", bytes(60_000_000)), False)
    yield Hostile(
        "entities.epub",
        lambda: _epub_with("OEBPS/content.opf", (_LAUGHS + "<package>&e9;</package>").encode()),
        False,
    )
    yield Hostile("no-package.epub", lambda: _epub_with("META-INF/container.xml", b"<container/>"), False)
    yield Hostile("cut.epub", lambda: make_epub()[:800], False)
    yield Hostile(
        "climbing.epub",
        lambda: _epub_with("META-INF/container.xml", b"<c><rootfile full-path='../../etc/passwd'/></c>"),
        False,
    )


def _pdfs() -> Iterator[Hostile]:
    yield Hostile("cut.pdf", lambda: make_pdf()[:2_000], None)
    yield Hostile("head-only.pdf", lambda: b"%PDF-1.7\n", False)
    yield Hostile("noise.pdf", lambda: b"%PDF-1.7\n" + NOISE, False)
    yield Hostile("not.pdf", lambda: b"Just some words.", False)
    yield Hostile("encrypted.pdf", lambda: make_pdf(encrypted="secret"), False)
    yield Hostile("looping.pdf", lambda: _LOOPING_PDF, False)
    yield Hostile("bomb.pdf", lambda: _pdf_bomb(zlib.compress(bytes(100_000_000), 1)), False)
    yield Hostile(
        "operators.pdf", lambda: _pdf_bomb(zlib.compress(b"BT /F 1 Tf (x) Tj ET " * 1_000_000, 1)), None
    )
    yield Hostile("damaged-middle.pdf", lambda: make_pdf()[:1_500] + b"\xff" * 300 + make_pdf()[1_800:], None)


def _others() -> Iterator[Hostile]:
    yield Hostile("laughs.rss", lambda: _feed("&e9;", _LAUGHS).encode(), None)
    yield Hostile("outside.rss", lambda: _feed("&x;", _OUTSIDE).encode(), None)
    yield Hostile("cut.rss", lambda: _feed(TITLE)[:-20].encode(), True)
    yield Hostile("empty.rss", lambda: b"<rss version='2.0'><channel></channel></rss>", False)
    yield Hostile("picture.png", lambda: b"\x89PNG\r\n\x1a\n" + NOISE, False)
    yield Hostile("picture.html", lambda: b"\xff\xd8\xff\xe0" + NOISE, False)
    yield Hostile("program.txt", lambda: b"\x7fELF" + NOISE, False)
    yield Hostile("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, False)
    yield Hostile("unknown.xyz", lambda: b"words", False)
    yield Hostile(
        "nested.eml",
        lambda: b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(3_000)
        ),
        False,
    )
    yield Hostile("cut.eml", lambda: make_mail()[:700], None)
    yield Hostile(
        "odd-headers.eml",
        lambda: b"From: =?x?q?=FF?=\r\nSubject: =?utf-8?b?!!?=\r\nDate: never\r\n\r\n" + TEXT.encode(),
        True,
    )
    yield Hostile("odd-charset.eml", lambda: make_mail().replace(b'charset="utf-8"', b'charset="none"'), True)
    yield Hostile("cut.mht", lambda: make_mhtml()[:300], False)
    yield Hostile("no-mail.eml", lambda: NOISE, False)
    yield Hostile("new\nline \x1b[31m.txt", lambda: TEXT.encode(), True)
    yield Hostile("x" * 250 + ".txt", lambda: TEXT.encode(), True)
