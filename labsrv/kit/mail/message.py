"""A message as it goes over the wire (RFC 5322), and as a person reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from functools import cache
from typing import Any

from labsrv.kit.mail.bounds import excess_of
from labsrv.kit.mail.head import LONGEST_TEXT, body, one_address, one_line
from labsrv.kit.mail.html import hrefs
from labsrv.kit.people import MAIL_DOMAIN

# A long link stays on one line (RFC 5322, 2.1.1: 998 characters at most), so that it is whole in the source as well.
WRITING = SMTP.clone(max_line_length=998, cte_type="7bit")
WEB = re.compile(r"https?://[^\s<>\"']+")
# What ends a sentence around a link is not a part of it.
TRAILING = ".,;:!?)]}"
CLOSES = {")": "(", "]": "[", "}": "{"}
MOST_LINKS = 100
NOT_TAKEN_APART = "This message has {} and is not taken apart. It reads, as it came:\n\n"
# Whoever nests a header's comments makes the standard library's parser go too deep.
STUMBLES = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Message:
    """A message that arrived. `raw` is what came over the wire; `at` is when it came, aware, on the lab's clock."""

    to: str
    sender: str
    subject: str
    text: str
    html: str | None
    at: datetime
    raw: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return len(self.raw)

    @property
    def links(self) -> list[str]:
        """Return the web addresses in the text, then those that only the HTML has."""
        in_html = [href for href in hrefs(self.html or "") if WEB.fullmatch(href)]
        return list(dict.fromkeys(links_in(self.text) + in_html))[:MOST_LINKS]


def links_in(text: str) -> list[str]:
    """Return the web addresses in a text, in order, without what ends the sentence around them."""
    return list(dict.fromkeys(address for _, address in addresses_in(text)))[:MOST_LINKS]


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each web address begins in a text, and the address."""
    for match in WEB.finditer(text):
        yield match.start(), without_end(match[0])


def without_end(address: str) -> str:
    """Return an address without the signs that end the sentence or the bracket around it; a bracket that opened in it
    belongs to it.
    """
    while address[-1] in TRAILING:
        if address[-1] in CLOSES and address.count(address[-1]) <= address.count(CLOSES[address[-1]]):
            break
        address = address[:-1]
    return address


def compose(sender: str, to: str, subject: str, text: str, html: str | None, at: datetime) -> bytes:
    """Return a message as bytes with CRLF. Raises `BadHeader` or `ValueError` for what must not be sent."""
    message = EmailMessage(policy=WRITING)
    message["From"] = parse_address(sender)
    message["To"] = one_address(to)
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=MAIL_DOMAIN)
    message.set_content(body(text))
    if html is not None:
        message.add_alternative(body(html), subtype="html")
    return message.as_bytes(policy=SMTP)


@cache
def parse_address(sender: str) -> Address:
    """Return the sender's name and address: `The tea shop <shop@post.localhost>`, or an address alone."""
    name, address = parseaddr(one_line(sender))
    return Address(name, addr_spec=one_address(address))


def understood(raw: bytes, to: str, sender: str, at: datetime) -> Message:
    """Return a message that somebody sent, as far as it can be understood; `sender` is who the envelope names."""
    if excess := excess_of(raw):
        return Message(to, sender, "", NOT_TAKEN_APART.format(excess) + source_of(raw), None, at, raw)

    parsed = message_from_bytes(raw, policy=SMTP)
    return Message(
        to=to,
        sender=header(parsed, "From") or sender,
        subject=header(parsed, "Subject"),
        text=part(parsed, "plain") or "",
        html=part(parsed, "html"),
        at=at,
        raw=raw,
    )


def source_of(raw: bytes) -> str:
    """Return a message as it came over the wire, as text; of a long one its beginning."""
    return raw[:LONGEST_TEXT].decode("utf-8", "backslashreplace").replace("\r\n", "\n")


def header(message: EmailMessage, name: str) -> str:
    """Return a header in words, "" where it is missing or in pieces."""
    try:
        return str(message.get(name, ""))
    except STUMBLES:
        return ""  # The parser of the standard library stumbles over some hostile headers.


def part(message: EmailMessage, kind: str) -> str | None:
    """Return the text of that kind without the line end that every message has, or None."""
    try:
        found = message.get_body((kind,))
        content = None if found is None else content_of(found)
    except STUMBLES:
        return None

    return content.replace("\r\n", "\n").removesuffix("\n") if isinstance(content, str) else None


def content_of(found: Any) -> Any:
    """Return what a part says; in a charset that nobody knows, what of it is ASCII, and a sign for each other byte."""
    try:
        return found.get_content()
    except LookupError:
        return found.get_payload(decode=True).decode("ascii", "replace")
