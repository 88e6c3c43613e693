"""Mail messages (EML, MBOX) to text: the headers people see, the body, the names and sizes of attachments.

Never opens an attachment, apart from a message forwarded as one.
"""

from __future__ import annotations

import email
import hashlib
import re
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import TYPE_CHECKING, cast

from dedupe_app.text.markup import read_page
from dedupe_app.text.plain import decode
from dedupe_app.text.reading import Reading, Source, UnreadableError, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
_UNSEEN_HEADERS = ("Bcc", "Reply-To")
_MAX_DEPTH = 5
# The parser of the standard library takes time by the square of a header's length, each time the header is asked for.
_LONGEST_HEADER, _LONGEST_PARAMETERS = 50_000, 5_000
_MBOX_START = re.compile(rb"^From [^\r\n]+\r?\n", re.M)
_EMLX_COUNT = re.compile(rb"\A\d+[ \t]*\r?\n")


class _Patient(EmailPolicy):
    """Parses no header past a length, and none that is nested without an end."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the header as it is read; what is too deep to be read is empty."""
        most = _LONGEST_PARAMETERS if name.lower().startswith("content-") else _LONGEST_HEADER
        try:
            header = super().header_fetch_parse(name, value[:most])
        except RecursionError:
            header = super().header_fetch_parse(name, "")
        return cast("str", header)


_POLICY = _Patient()


def read_mail(source: Source) -> Reading:
    """Return one message, or all messages of a mailbox one after another."""
    data = _EMLX_COUNT.sub(b"", source.data)
    messages = [data]
    if data.startswith(b"From "):
        messages = [part for part in _MBOX_START.split(data) if part.strip()]
    texts: list[str] = []
    looks: list[str] = []
    left = source.limits.text_chars
    for message in messages:
        parsed = cast("EmailMessage", email.message_from_bytes(message, policy=_POLICY))
        texts.append("\n".join(_lines(parsed, left, _MAX_DEPTH)))
        looks += _looks(parsed)
        left -= len(texts[-1])
        if left < 0:
            break
    if not any(text.strip() for text in texts):
        raise damaged("it does not begin as a mail message does")
    return Reading("\n\n".join(texts), looks=tuple(looks), is_cut=left < 0)


def _looks(message: EmailMessage) -> Iterator[str]:
    """Yield what else is in a message: to whom it goes unseen, and what each part holds, the unnamed ones as well."""
    for name in _UNSEEN_HEADERS:
        yield _header(message, name)
    for part in message.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            content = content if isinstance(content, bytes) else b""
            if part.get_content_maintype() == "text":
                content = b" ".join(content.split())
            yield hashlib.sha256(content).hexdigest()


def _lines(message: EmailMessage, limit_chars: int, depth: int) -> Iterator[str]:
    for name in _HEADERS:
        value = _header(message, name)
        if value:
            yield f"{name}: {value}"
    yield ""
    body, others = _parts(message)
    for part in body:
        yield _part_text(part, limit_chars)
    for part in others:
        if part.get_content_type() == "message/rfc822" and depth:
            for inner in _children(part):
                yield from _lines(inner, limit_chars, depth - 1)
            continue
        name = _file_name(part)
        if name:
            # Two mails may differ in nothing but what is attached under one name.
            yield f"Attachment: {name} ({_size(part)} bytes)"


def _size(part: EmailMessage) -> int:
    content = part.get_payload(decode=True)
    return len(content) if isinstance(content, bytes) else 0


def _parts(message: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """Return the parts that make the body, and all others, in their order."""
    body: list[EmailMessage] = []
    others: list[EmailMessage] = []
    stack = [message]
    while stack:
        part = stack.pop()
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart" and not part.is_multipart():
            body.append(part)  # what parts it from the next is not there: all of it is shown
        elif kind == "multipart/alternative":
            chosen = _alternative(part)
            stack.extend([chosen] if chosen is not None else [])
        elif part.is_multipart() and kind != "message/rfc822":
            stack.extend(reversed(_children(part)))
        elif kind in ("text/plain", "text/html") and not part.is_attachment():
            body.append(part)
        else:
            others.append(part)
    return body, others


def _alternative(message: EmailMessage) -> EmailMessage | None:
    """Return the version to read: plain text where there is some, otherwise the last one."""
    versions = _children(message)
    for part in versions:
        if part.get_content_type() == "text/plain" and _contents(part).strip():
            return part
    return versions[-1] if versions else None


def _children(message: EmailMessage) -> list[EmailMessage]:
    parts = message.get_payload()
    return (
        [part for part in parts if isinstance(part, EmailMessage)] if message.is_multipart() else []
    )


def _contents(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _part_text(part: EmailMessage, limit_chars: int) -> str:
    data = _contents(part)
    charset = part.get_content_charset() or ""
    if part.get_content_type() == "text/html":
        return read_page(data, limit_chars, charset)[0]
    try:
        return decode(data, charset)
    except UnreadableError:
        return ""


def _header(message: EmailMessage, name: str) -> str:
    """Return a header in one line; the parser of the standard library fails on some broken ones."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""
