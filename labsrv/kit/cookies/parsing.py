"""Parse a Set-Cookie header field (RFC 6265bis, 5.6), as forgiving as browsers are.

    name=value; Attribute=value; Attribute

An attribute that breaks its own rule is dropped and the cookie stays; a cookie that breaks a rule is refused whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from labsrv.kit.cookies.dates import parse_date
from labsrv.kit.cookies.model import SameSite

LARGEST_NAME_AND_VALUE = 4096
LARGEST_ATTRIBUTE = 1024
LONGEST_LIFE = 400 * 24 * 60 * 60
EARLIEST = 0.0

# %x00-08 / %x0A-1F / %x7F: the control characters, except the tab
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0A-\x1F\x7F]")
MAX_AGE = re.compile(r"[+-]?[0-9]+")
SPACE = " \t"
ENFORCEMENTS: dict[str, SameSite] = {"none": "None", "strict": "Strict", "lax": "Lax"}


class BadCookie(Exception):
    """Raised for a Set-Cookie that is no cookie; the message completes "refused, because …"."""


@dataclass(frozen=True)
class Parsed:
    """A name, a value and the attributes that count. What is None was not given, or was dropped.

    `expires` is in seconds since the epoch; `path` is "" where the attribute asks for the default path.
    """

    name: str
    value: str = field(repr=False)
    max_age: float | None = None
    expires: float | None = None
    domain: str | None = None
    path: str | None = None
    secure: bool = False
    http_only: bool = False
    same_site: SameSite = "Default"


def parse(set_cookie: str, now: float) -> Parsed:
    """Return what a Set-Cookie header field says, or raise `BadCookie`. `now` is in seconds since the epoch."""
    if CONTROL_CHARACTER.search(set_cookie):
        raise BadCookie("it contains a control character")

    pair, *unparsed_attributes = set_cookie.split(";")
    # The draft allows tabs anywhere and drops them at the ends; Chromium refuses those that are left inside.
    if any("\t" in text.strip(SPACE) for part in set_cookie.split(";") for text in part.split("=", 1)):
        raise BadCookie("it contains a tab")

    # From here on only the pair can spoil the cookie: an attribute that nobody understands is dropped.
    name, value = name_and_value(pair)
    cookie = Parsed(name, value, **attributes(unparsed_attributes, now))

    if 0 < octets(name) + octets(value) <= LARGEST_NAME_AND_VALUE:
        return cookie

    if not name and not value:
        raise BadCookie("it has neither a name nor a value")

    raise BadCookie(f"its name and value are together longer than {LARGEST_NAME_AND_VALUE} bytes")


def cookie_name(set_cookie: str) -> str:
    """Return the name in a Set-Cookie header field, or in a pair of a Cookie header field; "" if it has none."""
    return name_and_value(set_cookie.partition(";")[0])[0]


def name_and_value(pair: str) -> tuple[str, str]:
    """5.6: without an equals sign there is only a value."""
    name, equals, value = pair.partition("=")
    if equals:
        return name.strip(SPACE), value.strip(SPACE)

    return "", pair.strip(SPACE)


def attributes(unparsed: list[str], now: float) -> dict[str, Any]:
    """Return the attributes that count, by the names of `Parsed`; of several with one name the last one wins."""
    kept: dict[str, Any] = {}
    for cookie_av in unparsed:
        name, _, value = cookie_av.partition("=")
        read = ATTRIBUTES.get(name.strip(SPACE).lower())
        value = value.strip(SPACE)

        if read and octets(value) <= LARGEST_ATTRIBUTE:
            kept |= read(value, now)

    return kept


def octets(text: str) -> int:
    """Return a length in bytes: header fields arrive as Latin-1, one character a byte; script writes any text."""
    try:
        return len(text.encode("latin-1"))
    except UnicodeEncodeError:
        return len(text.encode("utf-8", "surrogatepass"))


def expires(value: str, now: float) -> dict[str, float | None]:
    """5.6.1: a cookie-date, at most 400 days ahead (5.5); anything else is no date.

    By the draft, an unreadable date leaves a readable one before it in force; in Chromium the last one counts.
    """
    expiry_time = parse_date(value)
    if expiry_time is None:
        return {"expires": None}

    return {"expires": min(expiry_time, now + LONGEST_LIFE)}


def max_age(value: str, now: float) -> dict[str, float | None]:
    """5.6.2: seconds from now, at most 400 days (5.5); zero and less mean "at once".

    As in Chromium, the last one counts even if it is unreadable, and a plus sign may stand in front.
    """
    if not MAX_AGE.fullmatch(value):
        return {"max_age": None}

    delta_seconds = min(int(value), LONGEST_LIFE)
    return {"max_age": now + delta_seconds if delta_seconds > 0 else EARLIEST}


def domain(value: str, now: float) -> dict[str, str]:
    """5.6.3: one leading dot is dropped, upper case becomes lower; an empty one means "this host only".

    A dot alone is empty by the draft; Chromium takes it for a domain, which covers nobody.
    """
    return {"domain": value.removeprefix(".").lower() or value}


def path(value: str, now: float) -> dict[str, str]:
    """5.6.4: what does not start with a slash asks for the default path."""
    return {"path": value if value.startswith("/") else ""}


def secure(value: str, now: float) -> dict[str, bool]:
    """5.6.5: the attribute's presence counts, whatever its value."""
    return {"secure": True}


def http_only(value: str, now: float) -> dict[str, bool]:
    """5.6.6: the attribute's presence counts, whatever its value."""
    return {"http_only": True}


def same_site(value: str, now: float) -> dict[str, SameSite]:
    """5.6.7: Strict, Lax or None in any case; anything else counts as if it were not there."""
    return {"same_site": ENFORCEMENTS.get(value.lower(), "Default")}


ATTRIBUTES: dict[str, Callable[[str, float], dict[str, Any]]] = {
    "expires": expires,
    "max-age": max_age,
    "domain": domain,
    "path": path,
    "secure": secure,
    "httponly": http_only,
    "samesite": same_site,
}
