"""Hosts, sites and secure channels: the words in which cookie rules are written.

    origin   scheme, host and port              http://shop.localhost:8000
    site     scheme and registrable domain      http, shop.localhost
    host     what cookies are kept for          a.shop.localhost, whatever the port

The list of public suffixes is large and is read when a rule asks for it first. `localhost` is on no such list; browsers
treat it like one, so `shop.localhost` and `idp.localhost` are two sites, and `a.shop.localhost` belongs to the first.
"""

import ipaddress
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@cache
def public_suffixes() -> "PublicSuffixList":
    """Read the list that the library carries; nothing is downloaded."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(maxsize=1024)
def canonical_host(host: str) -> str:
    """RFC 6265bis, 5.1.2: return the host in lower case, every label that is not ASCII as an A-label.

    Return "" for a name that IDNA forbids. A trailing dot stays: `shop.example.` is another host than `shop.example`.
    """
    if host.isascii():
        return host.lower()

    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        return ""


@lru_cache(maxsize=1024)
def scheme_and_host(url: str) -> tuple[str, str]:
    """Return an address's scheme and canonical host, the host "" when there is none; IPv6 keeps its brackets."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", ""

    return parts.scheme, f"[{host}]" if ":" in host else canonical_host(host)


def host_of(url: str) -> str:
    """Return the canonical host of an address, or "" when it has none (`null`, `data:`)."""
    return scheme_and_host(url)[1]


@lru_cache(maxsize=1024)
def ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address that a host stands for by itself, or None for a name."""
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def registrable_domain(host: str) -> str | None:
    """Return the public suffix and one label more; None for an IP address and for a public suffix itself."""
    dot = "." if host.endswith(".") else ""
    name = host.removesuffix(".")

    if ip_address(host) or name == "localhost":
        return None

    if name.endswith(".localhost"):
        return ".".join(name.split(".")[-2:]) + dot

    domain = public_suffixes().privatesuffix(name)
    return domain + dot if domain else None


def is_public_suffix(host: str) -> bool:
    """Return whether strangers register names below this one: `com`, `co.uk`, `github.io`, `localhost`."""
    return ip_address(host) is None and registrable_domain(host) is None


def same_site(url_a: str, url_b: str) -> bool:
    """Return whether two addresses are same site: equal schemes and equal registrable domains, whatever the ports.

    HTML, "schemelessly same site" and "same site". An opaque origin (`null`, `data:`) is no one's site.
    """
    scheme_a, host_a = scheme_and_host(url_a)
    scheme_b, host_b = scheme_and_host(url_b)

    if not host_a or not host_b or scheme_a != scheme_b:
        return False

    if host_a == host_b:
        return True

    domain = registrable_domain(host_a)
    return domain is not None and domain == registrable_domain(host_b)


def trustworthy(url: str) -> bool:
    """Return whether a browser treats the channel as secure: https, or http to this very machine.

    The draft leaves "secure protocol" to the browser. Chromium and Firefox count `localhost`, `*.localhost`,
    127.0.0.0/8 and [::1], and so store and send Secure cookies there over plain http; Safari does not.
    """
    scheme, host = scheme_and_host(url)

    if scheme in ("https", "wss"):
        return bool(host)

    return scheme in ("http", "ws") and is_loopback(host)


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Return whether a host is this very machine (Secure Contexts, 3.1)."""
    name = host.removesuffix(".")
    address = ip_address(host)

    if address is not None:
        return address.is_loopback

    return name == "localhost" or name.endswith(".localhost")
