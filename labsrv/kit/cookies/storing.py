"""May this cookie be stored? (RFC 6265bis, 5.7)

`candidate` makes the cookie that a Set-Cookie asks for; `objection` asks rule after rule and returns the first that
speaks against it. Each rule is one function that returns the end of a sentence ("refused, because …"), or None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from labsrv.kit.addresses.sites import host_of, ip_address, is_public_suffix, trustworthy
from labsrv.kit.addresses.urls import path_of
from labsrv.kit.cookies.matching import default_path, domain_matches, path_matches
from labsrv.kit.cookies.model import Cookie
from labsrv.kit.cookies.parsing import Parsed

HOST_PREFIXES = ("__host-", "__host-http-")
HTTP_PREFIXES = ("__http-", "__host-http-")

# `__Http-` and `__Host-Http-` are not in the draft: Chromium enforces them, and so do we.
PREFIXES = {"__secure-": "__Secure-", "__host-": "__Host-", "__http-": "__Http-", "__host-http-": "__Host-Http-"}


@dataclass(frozen=True)
class Receipt:
    """How a cookie was received: from which address, through which API, in whose page."""

    url: str
    from_http: bool = True
    same_site: bool = True
    top_level_navigation: bool = False


def candidate(parsed: Parsed, url: str, now: float) -> Cookie:
    """5.7: return the cookie that this Set-Cookie asks for, allowed or not."""
    host = host_of(url)
    domain = domain_attribute(parsed, host)

    # Max-Age counts before Expires, whichever came first.
    return Cookie(
        name=parsed.name,
        value=parsed.value,
        domain=domain or host,
        host_only=not domain,
        path=parsed.path or default_path(path_of(url)),
        secure=parsed.secure,
        http_only=parsed.http_only,
        same_site=parsed.same_site,
        expires=parsed.max_age if parsed.max_age is not None else parsed.expires,
        created=now,
        last_access=now,
    )


def domain_attribute(parsed: Parsed, host: str) -> str:
    """Return the Domain attribute, "" where it names the host itself and nothing can lie below it.

    A public suffix may set cookies for itself (5.7). So may an IP address: in Chromium such a cookie is
    host-only, in the draft it is not; no request shows the difference.
    """
    domain = parsed.domain or ""

    if domain == host and (ip_address(host) or is_public_suffix(host)):
        return ""

    return domain


def objection(new: Cookie, parsed: Parsed, receipt: Receipt, kept: Iterable[Cookie]) -> str | None:
    """Return why the cookie may not be stored, in words that follow "because", or None."""
    jar = list(kept)
    return next((why for rule in RULES if (why := rule(new, parsed, receipt, jar))), None)


def domain_is_ascii(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """A Domain attribute outside ASCII makes the cookie ignored; servers write A-labels."""
    if new.domain.isascii():
        return None

    return "its Domain attribute contains characters that are not ASCII"


def domain_covers_the_host(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """The host must domain-match the Domain attribute."""
    host = host_of(receipt.url)
    if domain_matches(host, new.domain):
        return None

    return f"Domain={new.domain} does not cover {host}, and a host sets cookies for itself and its parents only"


def domain_is_no_public_suffix(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """`attacker.example` sets no cookies for all of `example`."""
    if new.host_only or not is_public_suffix(new.domain):
        return None

    return f"Domain={new.domain} is a public suffix, and strangers' sites lie below it"


def secure_needs_a_secure_channel(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """Whoever can change plain http sets no Secure cookies."""
    if not new.secure or trustworthy(receipt.url):
        return None

    return "a Secure cookie may not be set over plain http"


def script_sets_no_http_only(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """A "non-HTTP" API sets no HttpOnly cookies."""
    if not new.http_only or receipt.from_http:
        return None

    return "script may not set an HttpOnly cookie"


def leave_secure_cookies_alone(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """Plain http neither replaces nor shadows a Secure cookie."""
    if trustworthy(receipt.url) or not any(overlays(new, old) for old in kept):
        return None

    return "plain http may not overlay a Secure cookie of the same name"


def overlays(new: Cookie, old: Cookie) -> bool:
    """5.7: a name for a name, domains in either direction, the path in one direction only."""
    return (
        old.secure
        and old.name == new.name
        and (domain_matches(old.domain, new.domain) or domain_matches(new.domain, old.domain))
        and path_matches(new.path, old.path)
    )


def same_site_cookies_come_same_site(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """A cross-site answer sets SameSite cookies only when it fills the whole window."""
    if new.same_site == "None" or receipt.same_site:
        return None

    if receipt.from_http and receipt.top_level_navigation:
        return None

    what = "a cookie without SameSite counts as Lax and" if new.same_site == "Default" else f"SameSite={new.same_site}"
    if not receipt.from_http:
        return f"{what} may not be set by script in a cross-site frame"

    return f"{what} may not be set by the answer to a cross-site request that is no top-level navigation"


def same_site_none_is_secure(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """Who asks for cross-site use must ask for Secure too."""
    if new.same_site != "None" or new.secure:
        return None

    return "SameSite=None needs the Secure attribute"


def prefix_keeps_its_promise(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """A name that promises something is refused unless the attributes keep it."""
    prefix = prefix_of(new.name)
    if prefix is None:
        return None

    promises = (
        (new.secure, "needs the Secure attribute"),
        (prefix not in HTTP_PREFIXES or (new.http_only and receipt.from_http), "needs the HttpOnly attribute"),
        (prefix not in HOST_PREFIXES or new.host_only, "forbids the Domain attribute"),
        # The draft would take any attribute that ends up as the default path "/"; Chromium wants it spelt out.
        (prefix not in HOST_PREFIXES or parsed.path == "/", "needs Path=/"),
    )
    return next((f"the prefix {PREFIXES[prefix]} {why}" for kept_it, why in promises if not kept_it), None)


def nameless_mimics_no_prefix(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """`=__Host-sid` would be sent as `__Host-sid`, like the cookie that a server trusts."""
    prefix = None if new.name else prefix_of(new.value)
    if prefix is None:
        return None

    return (
        f"it has no name and a value that begins with {PREFIXES[prefix]}, and would read like such a cookie when sent"
    )


def nameless_value_has_no_equals_sign(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """`=a=b` would be sent as `a=b`. The draft minds only values that begin like a prefix; Chromium refuses all."""
    if new.name or "=" not in new.value:
        return None

    return "it has no name and an equals sign in its value, and would read like another cookie when sent"


def prefix_of(text: str) -> str | None:
    """5.4: return the longest prefix, in lower case: servers may compare names without case, so browsers must."""
    found = [prefix for prefix in PREFIXES if text.lower().startswith(prefix)]
    return max(found, key=len, default=None)


def script_replaces_no_http_only(new: Cookie, parsed: Parsed, receipt: Receipt, kept: list[Cookie]) -> str | None:
    """A "non-HTTP" API replaces no HttpOnly cookies, nor deletes them."""
    if receipt.from_http or not any(old.http_only and old.key == new.key for old in kept):
        return None

    return "script may not replace an HttpOnly cookie"


RULES = (
    domain_is_ascii,
    domain_covers_the_host,
    domain_is_no_public_suffix,
    secure_needs_a_secure_channel,
    script_sets_no_http_only,
    leave_secure_cookies_alone,
    same_site_cookies_come_same_site,
    same_site_none_is_secure,
    prefix_keeps_its_promise,
    nameless_mimics_no_prefix,
    nameless_value_has_no_equals_sign,
    script_replaces_no_http_only,
)


def described(cookie: Cookie) -> str:
    """Return where a stored cookie will go, and for how long."""
    where = f"to {cookie.domain} only" if cookie.host_only else f"to {cookie.domain} and every host below it"
    path = "" if cookie.path == "/" else f" under {cookie.path}"
    return f"it goes {where}{path}, {until(cookie)}"


def until(cookie: Cookie) -> str:
    """Return when the cookie ends, in UTC."""
    if cookie.expires is None:
        return "until the browser is closed"

    return f"until {datetime.fromtimestamp(cookie.expires, UTC):%Y-%m-%d %H:%M:%S} UTC"


def to_evict(kept: list[Cookie], max_per_domain: int, max_total: int) -> Cookie | None:
    """5.7, "remove excess cookies": return the next cookie to go, or None when there is room for all.

    First the cookies without Secure of a crowded domain, then its others, then any; the longest unused one of each.
    """
    crowd: dict[str, list[Cookie]] = {}
    for cookie in kept:
        crowd.setdefault(cookie.domain, []).append(cookie)

    crowded = [cookie for cookies in crowd.values() if len(cookies) > max_per_domain for cookie in cookies]
    first_to_go = [cookie for cookie in crowded if not cookie.secure] or crowded

    if not first_to_go and len(kept) > max_total:
        first_to_go = kept

    return min(first_to_go, key=lambda cookie: cookie.last_access, default=None)
