"""What a browser says with a request besides its cookies: Host, Origin, Referer, Sec-Fetch-*."""

from labsrv.kit.addresses.urls import OPAQUE, host_header, same_origin
from labsrv.kit.cookies.jar import trustworthy
from labsrv.kit.fetch import redirects
from labsrv.kit.fetch.errand import Errand, Pairs

ACCEPT = {
    "document": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "iframe": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "image": "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "style": "text/css,*/*;q=0.1",
    "empty": "*/*",
}


def headers_of(errand: Errand, agent: str, *, asked: Pairs | None = None) -> Pairs:
    """Return what a browser says before the cookies; `asked` makes it the preflight of the request."""
    given = [] if asked is not None else errand.headers
    pairs = [("Host", host_header(errand.url)), ("User-Agent", agent)]

    if asked is not None or not any(name.lower() == "accept" for name, _ in given):
        pairs.append(("Accept", "*/*" if asked is not None else ACCEPT[errand.destination]))
    pairs += given
    if asked is None and (errand.body or errand.method in ("POST", "PUT")):
        pairs.append(("Content-Length", str(len(errand.body))))
    pairs += asked or []
    if (origin := origin_header(errand)) is not None:
        pairs.append(("Origin", origin))
    if errand.referrer is not None:
        pairs.append(("Referer", errand.referrer))
    return pairs + fetch_metadata(errand, preflight=asked is not None)


def origin_header(errand: Errand) -> str | None:
    """Return the Origin header, or None where the request has none (Fetch, "append a request Origin header")."""
    if errand.kind == "cors":
        return errand.origin
    if errand.method in ("GET", "HEAD"):
        return None
    # Fetch lets the referrer policy hide the origin of script's no-cors requests too; Chromium does so for forms only.
    if errand.mode != "navigate" or errand.origin == OPAQUE:
        return errand.origin

    downgrade = errand.origin.startswith("https:") and not errand.url.startswith("https:")
    hide = {
        "no-referrer": True,
        "no-referrer-when-downgrade": downgrade,
        "strict-origin": downgrade,
        "strict-origin-when-cross-origin": downgrade,
        "same-origin": not same_origin(errand.url, errand.origin),
    }
    # The page's policy decides; by Fetch, that of a redirect on the way would. Chromium asks once, before it sets out.
    return OPAQUE if hide.get(errand.source.policy, False) else errand.origin


def fetch_metadata(errand: Errand, *, preflight: bool = False) -> Pairs:
    """Return the Sec-Fetch-* headers (Fetch Metadata, 2); only trustworthy addresses get them."""
    if not trustworthy(errand.url):
        return []

    typed = errand.mode == "navigate" and errand.source.url is None
    pairs = [
        ("Sec-Fetch-Site", "none" if typed else redirects.relation(errand.urls, errand.source.origin)),
        ("Sec-Fetch-Mode", "cors" if preflight else errand.mode),
        ("Sec-Fetch-Dest", errand.destination),
    ]
    return [*pairs, ("Sec-Fetch-User", "?1")] if errand.mode == "navigate" and errand.by_hand else pairs
