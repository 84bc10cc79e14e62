"""Small documents of every kind that Parley reads, made for the tests: invented news, real containers."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

PARAGRAPHS = (
    "Delegations from Ardania and Velmora met for a third day in the lakeside town of Corvane, and mediators said that "
    "the two sides had narrowed their differences over the ceasefire line and the release of detainees.",
    "The head of the mediation team, Ilse Tarrant, told reporters that a joint monitoring commission would be set up "
    "within two weeks. “Both delegations accepted the principle of verification,” she said.",
    "Under the draft, 412 detainees would be exchanged in three stages, beginning with the wounded and the elderly. "
    "The Ardanian side had earlier asked for a single exchange.",
    "Velmora's foreign minister, Oren Daskal, said that his government would put the draft to parliament on Thursday. "
    "He did not say whether the governing coalition would support it.",
)
OPENINGS = (
    "Reported",
    "As the mediators told this paper",
    "It was said",
    "From the lake",
    "Seen by us in the evening",
)
TITLE = "Ardania and Velmora agree on monitoring commission"


def make_pdf(pages: int = 3, *, header: str = "The Corvane Observer", encrypted: str | None = None) -> bytes:
    """An article set in narrow lines with words cut at line ends, a running header and page numbers."""
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A5)
    canvas.setTitle("Microsoft Word - draft7.docx")
    for page in range(1, pages + 1):
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(40, 570, header)
        canvas.drawRightString(380, 20, f"Page {page} of {pages}")
        y = 540
        if page == 1:
            canvas.setFont("Times-Bold", 18)
            canvas.drawString(40, y, "Ardania and Velmora agree on")
            canvas.drawString(40, y - 22, "monitoring commission")
            canvas.setFont("Times-Roman", 9)
            canvas.drawString(40, y - 44, "By Mara Quill, 12 March 2021")
            y -= 70
        canvas.setFont("Times-Roman", 10)
        for number, paragraph in enumerate(PARAGRAPHS):
            opening = OPENINGS[(page + number) % len(OPENINGS)]
            for line in cut_lines(f"{opening} on day {page}.{number}: {paragraph}", 62):
                canvas.drawString(40, y, line)
                y -= 13
            y -= 9
        canvas.showPage()
    canvas.save()
    if encrypted is None:
        return stream.getvalue()
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(stream))
    writer.encrypt(encrypted, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def cut_lines(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; the long word at a line's end is cut with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        if len(word) > 9 and word.isalpha() and room >= 4:
            cut = min(room, len(word) - 3)
            lines.append(f"{line} {word[:cut]}-")
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def make_docx() -> bytes:
    """A Word document with a title, a byline, a heading, a list and a table."""
    import docx

    document = docx.Document()
    document.add_heading(TITLE, level=0)
    document.add_paragraph("By Mara Quill")
    document.add_paragraph("12 March 2021")
    document.add_paragraph(PARAGRAPHS[0])
    document.add_heading("What the draft says", level=2)
    document.add_paragraph(PARAGRAPHS[2])
    document.add_paragraph("Monitors will be named by both sides.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Stage", "Detainees"), ("First", "112")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Corvane Weekly</dc:title><dc:creator>Mara Quill</dc:creator>
<dc:language>en-GB</dc:language><dc:date>2021-03-12T00:00:00+00:00</dc:date><dc:publisher>Lakeside Press</dc:publisher></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>"""


def make_epub() -> bytes:
    """A weekly with a cover, a table of contents and two chapters."""
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
            "<rootfile full-path='OEBPS/content.opf' media-type='application/oebps-package+xml'/></rootfiles></container>",
        )
        archive.writestr("OEBPS/content.opf", _PACKAGE)
        archive.writestr("OEBPS/cover.xhtml", page.format("Cover", ""))
        archive.writestr("OEBPS/nav.xhtml", page.format("Contents", "<p>One</p>"))
        archive.writestr("OEBPS/text/one.xhtml", page.format(TITLE, body))
        archive.writestr("OEBPS/text/two b.xhtml", page.format("Prices rise in Velmora", body))
    return stream.getvalue()


def make_page(title: str = TITLE, body: str | None = None) -> str:
    """A plain article page."""
    body = body or "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title} | Corvane Observer</title>"
        "<link rel='canonical' href='https://www.corvane-observer.example/world/2021/monitoring'>"
        "<meta property='og:site_name' content='Corvane Observer'></head><body><nav><a href='/'>Home</a> "
        f"<a href='/world'>World</a></nav><article><h1>{title}</h1><p class='byline'>By Mara Quill</p>"
        f"<time datetime='2021-03-12T08:00:00Z'>12 March 2021</time>{body}</article>"
        "<footer>© 2021 Corvane Observer. All rights reserved.</footer></body></html>"
    )


def make_mail(*, newsletter: bool = True) -> bytes:
    """A mail with the same text as plain text and as a page."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = (
        "Corvane Observer <news@corvane-observer.example>" if newsletter else "Mara Quill <mara@example.org>"
    )
    mail["To"] = "reader@example.org"
    mail["Subject"] = f"Fwd: {TITLE}"
    mail["Date"] = "Fri, 12 Mar 2021 23:30:00 -0500"
    if newsletter:
        mail["List-Unsubscribe"] = "<mailto:off@corvane-observer.example>"
    mail.set_content("\n\n".join(PARAGRAPHS) + "\n\n-- \nCorvane Observer, 1 Lake Street\n")
    mail.add_alternative(make_page(), subtype="html")
    return mail.as_bytes()


def make_mhtml() -> bytes:
    """A page as Chromium saves it to one file."""
    page = make_page().encode()
    import quopri

    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.corvane-observer.example/world/2021/monitoring\r\n"
        f"Subject: {TITLE}\r\nDate: Sun, 14 Mar 2021 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----Boundary--x"\r\n\r\n------Boundary--x\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        "Content-Location: https://www.corvane-observer.example/world/2021/monitoring\r\n\r\n"
    )
    style = "\r\n------Boundary--x\r\nContent-Type: text/css\r\nContent-Location: cid:css\r\n\r\nbody {}\r\n------Boundary--x--\r\n"
    return head.encode() + quopri.encodestring(page) + style.encode()
