"""PDF, Word, EPUB, mails, pages saved as one file, and feeds."""

from __future__ import annotations

import io

import pytest
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

from index import Article, ReadingError
from index.reading.canonical import finish
from index.reading.docx import read_docx
from index.reading.epub import read_epub
from index.reading.feeds import read_feed
from index.reading.mail import read_eml, read_mhtml
from index.reading.pdf import read_pdf


@pytest.fixture(scope="module")
def pdf() -> Article:
    [article] = read_pdf(make_pdf(), "a.pdf")
    return article


def test_pdf_words_cut_at_line_ends_are_whole(pdf: Article) -> None:
    for paragraph in PARAGRAPHS:
        assert pdf.text.count(paragraph) == 3
    assert [len(p) > 100 for p in pdf.text.split("\n\n")] == [True] * 12


def test_pdf_running_headers_and_page_numbers_are_left_out(pdf: Article) -> None:
    assert "Observer" not in pdf.text
    assert "Page 2" not in pdf.text


def test_pdf_pages_start_where_they_start(pdf: Article) -> None:
    assert len(pdf.page_starts) == 3
    for page, start in enumerate(pdf.page_starts, 1):
        end = [*pdf.page_starts, len(pdf.text)][page]
        assert f"on day {page}." in pdf.text[start:end]
        assert f"on day {page + 1}." not in pdf.text[start:end]
    [finished] = finish([pdf], "a.pdf")
    assert finished.text == pdf.text


def test_pdf_title_is_its_big_line_and_byline_its_date(pdf: Article) -> None:
    assert (pdf.title, pdf.authors, pdf.published.iso) == (TITLE, ("Mara Quill",), "2021-03-12")


def test_pdf_properties_give_the_title_that_the_page_shows() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf())))
    writer.add_metadata({"/Title": TITLE})
    out = io.BytesIO()
    writer.write(out)
    assert read_pdf(out.getvalue(), "a.pdf")[0].title == TITLE


def test_pdf_without_text_says_so() -> None:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(10, 10, 50, 50)
    canvas.showPage()
    canvas.save()
    with pytest.raises(ReadingError, match="text recognition"):
        read_pdf(stream.getvalue(), "scan.pdf")


def test_pdf_with_a_password_says_so_and_one_without_is_read() -> None:
    with pytest.raises(ReadingError, match="encrypted"):
        read_pdf(make_pdf(encrypted="secret"), "a.pdf")
    assert read_pdf(make_pdf(encrypted=""), "a.pdf")[0].title == TITLE


def test_docx() -> None:
    [article] = read_docx(make_docx(), "a.docx")
    assert (article.title, article.authors, article.published.iso) == (TITLE, ("Mara Quill",), "2021-03-12")
    assert article.text.split("\n\n") == [
        PARAGRAPHS[0], "What the draft says", PARAGRAPHS[2], "Monitors will be named by both sides.", "Stage | Detainees", "First | 112",
    ]  # fmt: skip


def test_epub_chapters_are_articles_without_cover_and_contents() -> None:
    articles = read_epub(make_epub(), "a.epub")
    assert [a.title for a in articles] == [TITLE, "Prices rise in Velmora"]
    assert {(a.publisher, a.authors, a.published.iso, a.language) for a in articles} == {
        ("Lakeside Press", ("Mara Quill",), "2021-03-12", "en")
    }
    assert articles[0].text == "\n\n".join(PARAGRAPHS)


def test_a_newsletter_is_its_sender_s() -> None:
    [article] = read_eml(make_mail(), "a.eml")
    assert (article.title, article.publisher, article.authors) == (TITLE, "Corvane Observer", ())
    assert article.published.iso == "2021-03-12"
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_a_letter_is_its_writer_s() -> None:
    [article] = read_eml(make_mail(newsletter=False), "a.eml")
    assert (article.publisher, article.authors) == (None, ("Mara Quill",))


def test_a_mail_of_plain_text_ends_at_its_signature() -> None:
    mail = (
        b"From: Mara Quill <m@example.org>\r\nSubject: Talks\r\n\r\n"
        + "\n\n".join(PARAGRAPHS).encode()
        + b"\n\n-- \nMara, Lake Street\n"
    )
    [article] = read_eml(mail, "a.eml")
    assert "Lake Street" not in article.text
    assert PARAGRAPHS[3] in article.text
    assert article.published.iso is None


def test_mhtml_is_read_as_its_page_with_its_address() -> None:
    [article] = read_mhtml(make_mhtml(), "a.mht")
    assert (article.title, article.publisher, article.published.iso) == (
        TITLE,
        "Corvane Observer",
        "2021-03-12",
    )
    assert article.url == "https://www.corvane-observer.example/world/2021/monitoring"
    assert article.text == "\n\n".join(PARAGRAPHS)


_ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Talbote</title>
<entry><title>Br&#252;cke &amp;amp; Grenze</title><link href="https://talbote.example/a"/><published>2024-01-09T23:30:00-05:00</published>
<updated>2024-02-01T00:00:00Z</updated><author><name>Jonas Wirth</name></author><content type="html">{content}</content></entry>
<entry><title>Ohne Datum</title><link href="https://talbote.example/b"/><summary>Kurz gesagt: vertagt.</summary></entry></feed>"""


def test_atom_items() -> None:
    content = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in PARAGRAPHS)
    first, second = read_feed(_ATOM.format(content=content).encode(), "feed.atom")
    assert (first.title, first.publisher, first.authors, first.published.iso, first.url) == (
        "Brücke & Grenze", "Talbote", ("Jonas Wirth",), "2024-01-09", "https://talbote.example/a",
    )  # fmt: skip
    assert first.text == "\n\n".join(PARAGRAPHS)
    assert (second.text, second.published.iso) == ("Kurz gesagt: vertagt.", None)


def test_bytes_that_look_like_an_address_are_not_opened() -> None:
    for data in (b"http://127.0.0.1:9/feed", b"/etc/passwd", b"file:///etc/passwd"):
        with pytest.raises(ReadingError):
            read_feed(data, "feed.rss")


def test_a_page_alone_is_not_taken_for_a_feed() -> None:
    with pytest.raises(ReadingError):
        read_feed(make_page().encode(), "feed.rss")
