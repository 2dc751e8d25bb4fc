"""What a redirect does to a request: Fetch, "HTTP-redirect fetch"."""

import itertools
from urllib.parse import urlsplit

from labsrv.kit.addresses.urls import OPAQUE, origin_of, resolve, same_origin
from labsrv.kit.cookies.jar import same_site

MOST = 20
STATUSES = (301, 302, 303, 307, 308)
# Fetch: the "request-body-header names" go with the body, Authorization stays with its origin.
ABOUT_THE_BODY = {"content-encoding", "content-language", "content-location", "content-type", "content-length"}
FOR_ONE_ORIGIN = {"authorization"}

Headers = list[tuple[str, str]]


def target(url: str, status: int, location: str | None) -> str | None:
    """Return where an answer sends the browser, or None if it does not; raise `BadAddress` for an unusable Location.

    A Location without a fragment keeps the one of the address it came from.
    """
    if status not in STATUSES or location is None:
        return None

    # HTTP carries bytes; browsers read them as UTF-8 (Fetch, "location URL").
    there = resolve(url, location.encode("latin-1", "replace").decode("utf-8", "replace"))
    fragment = urlsplit(url).fragment
    return f"{there}#{fragment}" if fragment and "#" not in location else there


def becomes_get(status: int, method: str) -> bool:
    """Return whether the redirect turns the request into a GET without a body."""
    return (status in (301, 302) and method == "POST") or (status == 303 and method not in ("GET", "HEAD"))


def kept_headers(headers: Headers, *, now_get: bool, other_origin: bool) -> Headers:
    """Return the headers that go on to the next address."""
    dropped = (ABOUT_THE_BODY if now_get else set()) | (FOR_ONE_ORIGIN if other_origin else set())
    return [(name, value) for name, value in headers if name.lower() not in dropped]


def taints_origin(urls: list[str], origin: str) -> bool:
    """Return whether the way led through a stranger, so that Origin becomes "null" (Fetch, "redirect-taint").

    The site's own redirect to a stranger keeps the name; the stranger's redirect, even back home, does not.
    """
    return any(
        not same_origin(after, origin_of(before)) and not same_origin(before, origin)
        for before, after in itertools.pairwise(urls)
    )


def crosses_origins(urls: list[str]) -> bool:
    """Return whether a redirect on the way led to another origin."""
    return any(not same_origin(after, origin_of(before)) for before, after in itertools.pairwise(urls))


def relation(urls: list[str], origin: str) -> str:
    """Return the Sec-Fetch-Site of a request that has come this way: its worst step decides (Fetch Metadata, 2.3).

    Chromium forgets the way of a CORS request where a redirect makes it ask again, or changes its method.
    """
    value = "same-origin"
    for url in urls:
        if same_origin(url, origin):
            continue
        if origin == OPAQUE or not same_site(origin, url):
            return "cross-site"
        value = "same-site"
    return value
