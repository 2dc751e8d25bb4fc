"""May this cookie be sent? (RFC 6265bis, 5.8)

`decide` asks rule after rule; the first that objects withholds the cookie. Each rule is one function that returns the
end of a sentence ("withheld, because …"), or None.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from labsrv.kit.addresses.sites import host_of, is_public_suffix, same_site, trustworthy
from labsrv.kit.addresses.urls import path_of
from labsrv.kit.cookies.matching import domain_matches, path_matches
from labsrv.kit.cookies.model import Context, Cookie, Sent

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")  # RFC 9110, 9.2.1


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A question to the jar: for which request, or for which page's script.

    `context` is "strict" for a same-site request, "lax" for a cross-site top-level navigation, "cross" for any other.
    """

    host: str
    path: str
    secure: bool
    method: str
    context: Context
    for_script: bool
    credentials: bool
    now: float
    lax_allow_unsafe_seconds: float


def retrieval_for(
    url: str,
    *,
    method: str,
    context: Context,
    for_script: bool,
    credentials: bool,
    now: float,
    lax_allow_unsafe_seconds: float,
) -> Retrieval:
    """Return the question that a request to this address, or script on it, asks."""
    host = host_of(url)
    return Retrieval(
        host=host,
        path=path_of(url) if host else "/",
        secure=trustworthy(url),
        method=method,
        context=context,
        for_script=for_script,
        credentials=credentials,
        now=now,
        lax_allow_unsafe_seconds=lax_allow_unsafe_seconds,
    )


def context_of(url: str, site_for_cookies: str | None, top_level_navigation: bool) -> Context:
    """5.2: return how a request stands to the page that causes it; no page (a typed address) is same-site."""
    if site_for_cookies is None or same_site(url, site_for_cookies):
        return "strict"

    if top_level_navigation:
        return "lax"

    return "cross"


def in_sending_order(cookies: Iterable[Cookie]) -> list[Cookie]:
    """5.8.3, step 2: longer paths first, and among equals the earlier created."""
    return sorted(cookies, key=lambda cookie: (-len(cookie.path), cookie.created))


def concerns(cookie: Cookie, host: str) -> bool:
    """Return whether a host could have to do with this cookie at all."""
    return domain_matches(host, cookie.domain)


def decide(cookie: Cookie, retrieval: Retrieval) -> Sent:
    """5.8.3, step 1: return whether the cookie goes along, and why."""
    why_not = next((why for rule in RULES if (why := rule(cookie, retrieval))), None)

    if why_not is None:
        return Sent(True, cookie, f"sent, because {scope(cookie)} and {occasion(cookie, retrieval)}")

    return Sent(False, cookie, f"withheld, because {why_not}")


def host_is_the_one(cookie: Cookie, retrieval: Retrieval) -> str | None:
    """A host-only cookie goes to the very host that set it."""
    if not cookie.host_only or cookie.domain == retrieval.host:
        return None

    return f"it is host-only for {cookie.domain}, and {retrieval.host} is another host"


def domain_is_no_public_suffix(cookie: Cookie, retrieval: Retrieval) -> str | None:
    """A domain that has become a public suffix since covers strangers now."""
    if cookie.host_only or not is_public_suffix(cookie.domain):
        return None

    return f"its Domain={cookie.domain} is a public suffix, and strangers' sites lie below it"


def request_has_credentials(cookie: Cookie, retrieval: Retrieval) -> str | None:
    """Fetch, "credentials mode": `omit` sends no cookies."""
    if retrieval.credentials:
        return None

    return "the request is made without credentials"


def path_is_covered(cookie: Cookie, retrieval: Retrieval) -> str | None:
    """The request's path must path-match the cookie's path."""
    if path_matches(retrieval.path, cookie.path):
        return None

    return f"Path={cookie.path} does not cover {retrieval.path}"


def channel_is_secure(cookie: Cookie, retrieval: Retrieval) -> str | None:
    """A Secure cookie travels over secure channels only."""
    if not cookie.secure or retrieval.secure:
        return None

    return "Secure cookies do not travel over plain http"


def script_sees_no_http_only(cookie: Cookie, retrieval: Retrieval) -> str | None:
    """An HttpOnly cookie is for HTTP only."""
    if not cookie.http_only or not retrieval.for_script:
        return None

    return "HttpOnly hides it from script"


def same_site_allows(cookie: Cookie, retrieval: Retrieval) -> str | None:
    """Strict: same-site only. Lax: besides, cross-site top-level navigations with a safe method."""
    if cookie.same_site == "None" or retrieval.context == "strict":
        return None

    if cookie.same_site == "Strict":
        return "SameSite=Strict cookies are not sent with any cross-site request"

    # From here on Lax, and what counts as Lax: browsers differ on the latter, so the reason names it.
    lax = (
        "a cookie without SameSite counts as Lax, and Lax cookies"
        if cookie.same_site == "Default"
        else "SameSite=Lax cookies"
    )
    if retrieval.for_script:
        return f"{lax} are not shown to script in a cross-site frame"

    if retrieval.context == "cross":
        return f"{lax} are sent with a cross-site request only if it is a top-level navigation"

    if retrieval.method in SAFE_METHODS or fresh_enough(cookie, retrieval):
        return None

    return f"{lax} are not sent with a cross-site {retrieval.method}"


def fresh_enough(cookie: Cookie, retrieval: Retrieval) -> bool:
    """5.6.7.2, "Lax-allowing-unsafe": a cookie without SameSite goes with a cross-site POST while it is fresh."""
    seconds = retrieval.lax_allow_unsafe_seconds
    return cookie.same_site == "Default" and seconds > 0 and retrieval.now - cookie.created <= seconds


RULES = (
    host_is_the_one,
    domain_is_no_public_suffix,
    request_has_credentials,
    path_is_covered,
    channel_is_secure,
    script_sees_no_http_only,
    same_site_allows,
)


def scope(cookie: Cookie) -> str:
    """Return which hosts the cookie is for."""
    return f"it is host-only for {cookie.domain}" if cookie.host_only else f"its Domain={cookie.domain} covers the host"


def occasion(cookie: Cookie, retrieval: Retrieval) -> str:
    """Return what lets the cookie go along with this very request."""
    if retrieval.for_script:
        return "script may read it without HttpOnly"

    # The first that holds is said: a same-site request needs no attribute's leave.
    if retrieval.context == "strict":
        return "the request is same-site"

    if cookie.same_site == "None":
        return "SameSite=None lets it go with cross-site requests"

    if retrieval.method in SAFE_METHODS:
        lax = "without SameSite it counts as Lax, which" if cookie.same_site == "Default" else "SameSite=Lax"
        return f"{lax} allows a cross-site top-level navigation with {retrieval.method}"

    return (
        f"without SameSite it goes with a cross-site top-level {retrieval.method} too"
        f" until {retrieval.lax_allow_unsafe_seconds:g} seconds after it was set"
    )
