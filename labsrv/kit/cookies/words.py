"""What each attribute of a cookie means, one short sentence each, and what is missing.

A `Attribute` protects ("kept"), leaves something open ("open"), or does neither ("").
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from labsrv.kit.cookies.model import Cookie
from labsrv.kit.cookies.storing import HOST_PREFIXES, HTTP_PREFIXES, PREFIXES, prefix_of

Tone = Literal["kept", "open", ""]
NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its name, what the cookie says about it, and what follows."""

    attribute: str
    says: str
    meaning: str
    tone: Tone = ""


def words_about(cookie: Cookie, lax_allow_unsafe_seconds: float = 120) -> list[Attribute]:
    """Return a word about every attribute, the missing ones too."""
    return [
        about_secure(cookie),
        about_http_only(cookie),
        about_same_site(cookie, lax_allow_unsafe_seconds),
        about_prefix(cookie),
        about_domain(cookie),
        about_path(cookie),
        about_expiry(cookie),
    ]


def about_secure(cookie: Cookie) -> Attribute:
    """Secure: on which channels the cookie travels."""
    if cookie.secure:
        return Attribute(
            "Secure", "given", "It travels over https only; http to this very machine counts as secure.", "kept"
        )

    return Attribute(
        "Secure", NOT_GIVEN, "It travels over plain http too, where others on the way can read it.", "open"
    )


def about_http_only(cookie: Cookie) -> Attribute:
    """HttpOnly: whether page script sees the cookie."""
    if cookie.http_only:
        return Attribute("HttpOnly", "given", "Page script cannot read it: document.cookie leaves it out.", "kept")

    return Attribute("HttpOnly", NOT_GIVEN, "Any script on the page, an injected one too, reads it.", "open")


def about_same_site(cookie: Cookie, lax_allow_unsafe_seconds: float) -> Attribute:
    """SameSite: whether the cookie goes along when another site asks."""
    match cookie.same_site:
        case "Strict":
            return Attribute(
                "SameSite", "Strict", "It stays at home whenever another site asks, even by a link.", "kept"
            )
        case "Lax":
            meaning = "From another site it goes along by links and GET forms only, when the whole page changes."
            return Attribute("SameSite", "Lax", meaning, "kept")
        case "None":
            return Attribute(
                "SameSite", "None", "It goes along whoever asks: other sites' forms, frames, fetches.", "open"
            )

    # Chromium and its kin assume Lax; Firefox and Safari have not followed, and a lesson may not promise it of them.
    meaning = "Browsers like Chromium assume Lax; others send it with every request."
    if lax_allow_unsafe_seconds > 0:
        fresh = f"for the first {duration(lax_allow_unsafe_seconds)} send it with cross-site POSTs"
        meaning = f"Browsers like Chromium assume Lax, and {fresh}; others assume nothing."
    return Attribute("SameSite", NOT_GIVEN, meaning, "open")


def about_prefix(cookie: Cookie) -> Attribute:
    """The name's prefix: what browsers demand of every cookie of this name."""
    prefix = prefix_of(cookie.name)
    if prefix is None:
        return Attribute("Prefix", "none", "Another host of the same site may set a cookie of this name.", "open")

    demands = ["Secure"]
    demands += ["HttpOnly and HTTP"] if prefix in HTTP_PREFIXES else []
    demands += ["Path=/ and no Domain"] if prefix in HOST_PREFIXES else []
    planted = prefix not in HOST_PREFIXES
    meaning = f"Browsers keep a cookie of this name only with {', '.join(demands)}"
    meaning += "; another host of the site may still set it." if planted else ": no other host can plant one."
    return Attribute("Prefix", PREFIXES[prefix], meaning, "open" if planted else "kept")


def about_domain(cookie: Cookie) -> Attribute:
    """Domain: which hosts get the cookie."""
    if cookie.host_only:
        return Attribute("Domain", NOT_GIVEN, f"It goes to {cookie.domain} only, to no host below it.", "kept")

    return Attribute("Domain", cookie.domain, f"It goes to {cookie.domain} and to every host below it.", "open")


def about_path(cookie: Cookie) -> Attribute:
    """Path: which addresses of a host get the cookie."""
    if cookie.path == "/":
        return Attribute("Path", "/", "It goes along to every path of the host.")

    return Attribute("Path", cookie.path, "It goes along to this path and below; pages beside it can still get at it.")


def about_expiry(cookie: Cookie) -> Attribute:
    """Expires and Max-Age: how long the browser keeps the cookie."""
    if cookie.expires is None:
        return Attribute(
            "Expires", NOT_GIVEN, "It lives until the browser is closed, longer where closed tabs come back."
        )

    return Attribute("Expires", moment(cookie.expires), "It is kept until then, also when the browser is closed.")


def moment(seconds: float) -> str:
    """Return seconds since the epoch as a date and time in UTC, as far as the calendar goes."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return "beyond the calendar"


def duration(seconds: float) -> str:
    """Return a short time in words."""
    if seconds == 120:
        return "two minutes"

    return f"{seconds:g} seconds"
