r"""Addresses as browsers read them (the URL Standard), which is not always as Python reads them.

/\evil.localhost   →  http://evil.localhost/      a backslash is a slash
///evil.localhost  →  http://evil.localhost/      so are more slashes than two
/a<TAB>b           →  /ab                         tabs and line breaks vanish
"""

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
FORBIDDEN_IN_HOSTS = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
C0_AND_SPACE = "".join(map(chr, range(0x21)))
OPAQUE = "null"
LONG = 1000


class BadAddress(Exception):
    """No browser can make sense of this address; the message says why."""


def resolve(base: str | None, address: str) -> str:
    """Return the absolute form of an address found on the page `base`, or raise `BadAddress`.

    An address of another scheme than http and https comes back as it is.
    """
    text = re.sub(r"[\t\r\n]", "", address.strip(C0_AND_SPACE))
    scheme, rest = split_scheme(text)

    if scheme and scheme not in DEFAULT_PORTS:
        return f"{scheme}:{rest}"
    rest = turn_backslashes(rest)
    if scheme and (base is None or scheme != urlsplit(base).scheme or rest.startswith("//")):
        return normal(f"{scheme}://{rest.lstrip('/')}")
    if base is None:
        raise BadAddress(f"{address!r} is no whole address: it has to begin with http://.")
    if rest.startswith("//"):
        return normal(f"{urlsplit(base).scheme}://{rest.lstrip('/')}")

    return normal(beside(base, rest))


@lru_cache(maxsize=1024)
def path_of(url: str) -> str:
    """Return the path of an address, "/" when it has none."""
    return urlsplit(url).path or "/"


def path_and_query(url: str) -> str:
    """Return what a request for an address asks for: an address from its path on, without the fragment."""
    query = urlsplit(url).query
    return (urlsplit(url).path or "/") + (f"?{query}" if query else "")


def split_scheme(text: str) -> tuple[str, str]:
    """Return the scheme in lower case ("" if there is none) and what follows its colon."""
    found = SCHEME.match(text)
    return (found[1].lower(), text[found.end() :]) if found else ("", text)


def turn_backslashes(text: str) -> str:
    """Turn the backslashes before the query into slashes."""
    path, mark, rest = split_at(text, "?#")
    return path.replace("\\", "/") + mark + rest


def split_at(text: str, marks: str) -> tuple[str, str, str]:
    """Split at the first of these marks."""
    found = re.search(f"[{re.escape(marks)}]", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def beside(base: str, relative: str) -> str:
    """Return the address that a relative one means on this page."""
    parts = urlsplit(base)
    path, mark, rest = split_at(relative, "?#")

    if path.startswith("/"):
        whole = path
    elif path:
        whole = parts.path.rpartition("/")[0] + "/" + path
    else:
        whole = parts.path or "/"
        if mark != "?" and parts.query:
            whole += f"?{parts.query}"

    return f"{parts.scheme}://{parts.netloc}{whole}{mark}{rest}"


def normal(url: str) -> str:
    """Return an absolute http(s) address in its one spelling; raises `BadAddress` for one that has none."""
    # A browser asks this several times per request; what somebody made very long is not worth remembering.
    return remembered_spelling(url) if len(url) < LONG else spell(url)


def spell(url: str) -> str:
    """Return an address in its one spelling, worked out anew."""
    try:
        parts = urlsplit(url)
        user, _, place = parts.netloc.rpartition("@")
        port = urlsplit(f"//{place}").port
        host = checked_host(place)
    except ValueError as error:
        raise BadAddress(f"{url!r} is no address that a browser can open ({error}).") from error
    if not host:
        raise BadAddress(f"{url!r} names no host.")

    # Two spellings of one address must compare equal, or a rule on origins could be walked around.
    user = quote(user.rstrip(":"), safe="%:!$&'()*+,;=~")
    netloc = f"{user}@{host}" if user else host
    netloc += "" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}"
    # What a browser leaves as it is in one part, it writes with a percent sign in another (URL Standard).
    path = quote(without_dots(parts.path or "/"), safe="%/:@!$&'()*+,;=~[]")
    query = quote(parts.query, safe="%/:@!$&()*+,;=~?[]|^{}`\\")
    return urlunsplit((parts.scheme, netloc, path, query, quote(parts.fragment, safe="%/:@!$&'()*+,;=~?#[]{}|^\\")))


def checked_host(place: str) -> str:
    """Return the host of `host:port` in lower case and ASCII; raise ValueError if nobody can be called so."""
    if place.startswith("["):
        return f"[{urlsplit(f'//{place}').hostname}]"

    name = unquote(place.partition(":")[0])
    host = (name if name.isascii() else name.encode("idna").decode()).lower()
    if FORBIDDEN_IN_HOSTS.search(host):
        raise ValueError(f"{name!r} is no name of a host")
    return host


def without_dots(path: str) -> str:
    """Remove `.` and `..` from a path, written as %2e too."""
    segments = path.split("/")
    kept: list[str] = []

    for number, segment in enumerate(segments):
        dots = segment.lower().replace("%2e", ".")
        if dots == ".." and len(kept) > 1:
            kept.pop()
        elif dots not in (".", ".."):
            kept.append(segment)
        if dots in (".", "..") and number == len(segments) - 1:
            kept.append("")

    return "/".join(kept) or "/"


def without_fragment(url: str) -> str:
    """Return the address as it goes over the wire."""
    return url.partition("#")[0]


def with_query(url: str, query: str) -> str:
    """Replace the query, as a GET form does."""
    return urlsplit(url)._replace(query=query).geturl()


def host_header(url: str) -> str:
    """Return the host, with its port where it is not the usual one."""
    return urlsplit(url).netloc.rpartition("@")[2]


def origin_of(url: str) -> str:
    """Return the origin (scheme, host, port) as browsers write it; "null" for all but http and https."""
    return remembered_origin(url) if len(url) < LONG else read_origin(url)


def read_origin(url: str) -> str:
    """Return the origin of an address, read anew."""
    parts = urlsplit(url)

    if parts.scheme in DEFAULT_PORTS and parts.hostname:
        return f"{parts.scheme}://{host_header(normal(url))}"

    return OPAQUE


remembered_origin = lru_cache(maxsize=1024)(read_origin)
remembered_spelling = lru_cache(maxsize=1024)(spell)


def same_origin(url: str, origin: str) -> bool:
    """Return whether the address belongs to this origin; "null" is nobody's."""
    return origin != OPAQUE and origin_of(url) == origin


def has_login(url: str) -> bool:
    """Return whether the address carries a user name, as in http://user:password@host/."""
    return "@" in urlsplit(url).netloc
