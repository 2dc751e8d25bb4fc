"""What views write of an exchange in the same words."""

import re
from datetime import UTC, datetime

from labsrv.kit.http.traffic import Exchange

LONGEST_BODY = 8_000
# What a page looks like stands before what it says, and would push it out of sight.
STYLE = re.compile(r"(<style\b[^<>]*>)([^<]{200,})(?=</style)", re.IGNORECASE)
NAMELESS = "(no name)"  # of a cookie: `Set-Cookie: tea` has a value only (RFC 6265bis, 5.6)


def set_cookies(exchange: Exchange) -> list[str]:
    """Return the values of the answer's Set-Cookie headers."""
    return [value for name, value in exchange.response_headers if name.lower() == "set-cookie"]


def body_text(body: bytes) -> str:
    """Return a body as text, or how long it is if it is none. Of a page's style, its length stands for the rest."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A body is recorded up to a limit, which may have cut its last character in two.
        if len(body) - error.start > 4:
            return f"({len(body):,} bytes that are no text)"
        text = body[: error.start].decode("utf-8")

    if "\0" in text:
        return f"({len(body):,} bytes that are no text)"
    text = STYLE.sub(lambda found: f"{found[1]}({len(found[2]):,} characters of style)", text)
    if len(text) <= LONGEST_BODY:
        return text
    return f"{text[:LONGEST_BODY]}…\n({len(text) - LONGEST_BODY:,} characters more)"


def lab_time(seconds: float) -> str:
    """Return a moment on a lab's clock in words; in seconds since the epoch."""
    when = datetime.fromtimestamp(seconds, UTC)
    return f"{when:%a} {when.day} {when:%b}, {when:%H:%M:%S}"
