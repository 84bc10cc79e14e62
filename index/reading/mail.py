"""Mails and pages that a browser saved as one mail-like file (MHTML)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import ReadingError
from index.reading.encoding import decode
from index.reading.pages import decode_page, read_page, read_text_of_page
from index.reading.scraped import split_scraped_text
from index.types import UNDATED, Article, DatePrecision, PublishedDate

MOST_PARTS = 500


def read_mhtml(data: bytes, file: str) -> list[Article]:
    """The articles of a page saved as MHTML. Errors: ReadingError."""
    message = _parse(data)
    address = message.get("Snapshot-Content-Location") or message.get("Content-Location")
    for part in _parts(message):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            location = str(address or part.get("Content-Location") or "")
            return read_page(_text(part), file, location if location.startswith("http") else None)
    raise ReadingError("holds no web page")


def read_eml(data: bytes, file: str) -> list[Article]:
    """The article of a mail: its subject is the title, its sender the publisher (of a newsletter) or author.

    Errors: ReadingError.
    """
    message = _parse(data)
    if not message.keys() or ("From" not in message and "Subject" not in message):
        raise ReadingError("is no mail")
    text = _body(message, file)
    name, address = parseaddr(str(message.get("From") or ""))
    sender = name or address
    newsletter = "List-Unsubscribe" in message or "List-Id" in message or "List-ID" in message
    return [
        Article(
            id="",
            title=_subject(message),
            text=text,
            publisher=sender or None if newsletter else None,
            authors=() if newsletter or not sender else (sender,),
            published=_sent(message),
            file=file,
        )
    ]


def _parse(data: bytes) -> EmailMessage:
    try:
        message = message_from_bytes(data, policy=policy.default)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise ReadingError(f"is a damaged mail ({type(error).__name__})") from error
    if not isinstance(message, EmailMessage):
        raise ReadingError("is no mail")
    return message


def _parts(message: EmailMessage) -> list[EmailMessage]:
    parts: list[EmailMessage] = []
    for part in message.walk():
        if isinstance(part, EmailMessage) and not part.is_multipart() and not part.is_attachment():
            parts.append(part)
        if len(parts) > MOST_PARTS:
            break
    return parts


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise ReadingError("is a damaged mail")
    charset = part.get_content_charset()
    return decode(data, charset) if charset else decode_page(data)


def _body(message: EmailMessage, file: str) -> str:
    """The mail's text: its web page's, unless the plain text beside it says more than twice as much."""
    texts = {p.get_content_type(): p for p in reversed(_parts(message)) if p.get_content_maintype() == "text"}
    page = read_text_of_page(_text(texts["text/html"]), _subject(message)) if "text/html" in texts else ""
    plain = ""
    if "text/plain" in texts:
        raw = re.sub(r"\n-- ?\n.*\Z", "", _text(texts["text/plain"]), flags=re.DOTALL)
        plain = "\n\n".join(a.text for a in split_scraped_text(raw, file)) or raw
    if not page and not plain:
        raise ReadingError("holds no text")
    return plain if len(plain) > 2 * len(page) else page


def _subject(message: EmailMessage) -> str:
    subject = " ".join(str(message.get("Subject") or "").split())
    return re.sub(r"^(?:(?:re|fwd?|fw|aw|wg|rv|tr)\s*:\s*)+", "", subject, flags=re.IGNORECASE)


def _sent(message: EmailMessage) -> PublishedDate:
    words = str(message.get("Date") or "")
    try:
        return PublishedDate(parsedate_to_datetime(words).date(), DatePrecision.DAY, words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return UNDATED
