"""What a request tells of the page it comes from: Referrer Policy (W3C), 8.3 to 8.5."""

from urllib.parse import urlsplit

from labsrv.kit.addresses.urls import host_header, origin_of, same_origin
from labsrv.kit.cookies.jar import trustworthy

DEFAULT = "strict-origin-when-cross-origin"
POLICIES = (
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    DEFAULT,
    "unsafe-url",
)
LONGEST = 4096


def policy_of(header: str | None, otherwise: str = DEFAULT) -> str:
    """Return the last policy in a Referrer-Policy header that a browser knows (8.1)."""
    known = [token.strip().lower() for token in (header or "").split(",")]
    return next((token for token in reversed(known) if token in POLICIES), otherwise)


def referrer(policy: str, page: str | None, url: str) -> str | None:
    """Return the Referer that a request to `url` from this page has, or None (8.3)."""
    if page is None or origin_of(page) == "null":
        return None

    # A path may say much, an origin little: each policy chooses between them by where the request goes.
    whole, origin = strip_secrets(page), origin_of(page) + "/"
    whole = whole if len(whole) <= LONGEST else origin
    own = same_origin(url, origin_of(page))
    downgrade = trustworthy(page) and not trustworthy(url)

    return {
        "no-referrer": None,
        "no-referrer-when-downgrade": None if downgrade else whole,
        "same-origin": whole if own else None,
        "origin": origin,
        "strict-origin": None if downgrade else origin,
        "origin-when-cross-origin": whole if own else origin,
        "strict-origin-when-cross-origin": whole if own else None if downgrade else origin,
        "unsafe-url": whole,
    }[policy]


def strip_secrets(url: str) -> str:
    """Return the address without user name, password and fragment (8.4)."""
    return urlsplit(url)._replace(netloc=host_header(url), fragment="").geturl()
