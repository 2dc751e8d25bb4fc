"""What a cookie is, and what the jar says about one."""

from dataclasses import dataclass, field
from typing import Literal

SameSite = Literal["Strict", "Lax", "None", "Default"]
Context = Literal["strict", "lax", "cross"]
Key = tuple[str, str, bool, str]


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie as a browser keeps it (RFC 6265bis, 5.7).

    Times are seconds since the epoch; `expires` is None for a session cookie, which lives until the browser is closed.
    `same_site` is "Default" when the server gave no SameSite attribute, or one that nobody knows.
    """

    name: str
    value: str = field(repr=False)
    domain: str
    path: str = "/"
    host_only: bool = True
    secure: bool = False
    http_only: bool = False
    same_site: SameSite = "Default"
    expires: float | None = None
    created: float = 0.0
    last_access: float = 0.0

    @property
    def key(self) -> Key:
        """Return what makes two cookies the same one: the newer replaces the older."""
        return self.name, self.domain, self.host_only, self.path

    def expired(self, now: float) -> bool:
        """Return whether the cookie's time is over; at the very second of its expiry it is, as in Chromium."""
        return self.expires is not None and self.expires <= now


@dataclass(frozen=True, slots=True)
class Stored:
    """The jar's answer to one Set-Cookie; `removed` says that it deleted a cookie that was there."""

    stored: bool
    cookie: Cookie | None
    reason: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The jar's answer about one cookie and one request."""

    sent: bool
    cookie: Cookie
    reason: str
