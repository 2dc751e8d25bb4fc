"""What-if questions about one cookie: which can be asked, and what the jar answers.

A question is plain data, `{"from": "own", "by": "form", "after": 180, "over": "http"}`, each part one of a short list.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from labsrv.kit.addresses.sites import host_of
from labsrv.kit.browser.what_if import By, would_be_sent
from labsrv.kit.cookies.jar import Cookie, CookieJar, registrable_domain, same_site, trustworthy

Choices = list[tuple[str, str]]

BY = {
    "link": "a link (GET)",
    "form": "a form (POST)",
    "fetch": "fetch with credentials",
    "image": "an image",
    "frame": "a frame",
}
AFTER = {0: "now", 3 * 60: "in 3 min", 31 * 60: "in 31 min", 13 * 3600: "in 13 h"}
OVER = ("http", "https")
FIRST: dict[str, Any] = {"from": "own", "by": "link", "after": 0, "over": "http"}
MOST_SITES = 12
ELSEWHERE = "elsewhere.example"


def hosts_of(sites: Any) -> list[str]:
    """Return the hosts of sites, given as addresses, as things with a `url`, or as a dict of either."""
    given: Iterable[Any] = sites.values() if isinstance(sites, Mapping) else sites
    hosts = [host_of(str(getattr(site, "url", site))) for site in given]
    return list(dict.fromkeys(host for host in hosts if host))[:MOST_SITES]


def sources_for(cookie: Cookie, known: Iterable[str]) -> Choices:
    """Return from where a request to the cookie's host could come, as (key, words): the key is a host, or "typed"."""
    home = cookie.domain
    sisters = [host for host in known if host != home and same_site(f"http://{host}", f"http://{home}")]
    others = [host for host in known if host != home and host not in sisters]

    if not sisters and (domain := registrable_domain(home)):
        sisters = [f"sister.{domain}"]
    return [
        ("typed", "no page: the address is typed"),
        ("own", f"{home} itself"),
        *((host, f"{host} (same site)") for host in sisters),
        *((host, f"{host} (another site)") for host in others or [ELSEWHERE]),
    ]


def valid_question(question: Any, cookie: Cookie, known: Iterable[str]) -> dict[str, Any]:
    """Return a question whose every part can be asked; what cannot is asked as it is at first."""
    given = question if isinstance(question, dict) else {}
    choices: dict[str, list[Any]] = {
        "from": [key for key, _ in sources_for(cookie, known)],
        "by": list(BY),
        "after": list(AFTER),
        "over": list(OVER),
    }
    return {part: one_of(given.get(part), choices[part], FIRST[part]) for part in FIRST}


def one_of(value: Any, choices: list[Any], otherwise: Any) -> Any:
    """Return the choice that this value is; never one of another kind (True is no 1)."""
    return next((each for each in choices if type(each) is type(value) and each == value), otherwise)


def answer_to(jar: CookieJar, cookie: Cookie, question: dict[str, Any]) -> dict[str, Any]:
    """Return the jar's decision about the cookie, with the address that was asked about and a note where one helps."""
    to = address(cookie, question["over"])
    source = question["from"]
    from_ = None if source == "typed" else f"{question['over']}://{cookie.domain if source == 'own' else source}/"
    by: By = "link" if source == "typed" else question["by"]

    decisions = would_be_sent(jar, to, from_=from_, by=by, after=question["after"])
    found = next((each for each in decisions if each.cookie.key == cookie.key), None)

    if found is None:
        return {"sent": False, "reason": "withheld, because no address has this host", "to": to, "note": ""}

    note = loopback_note(cookie, to) if found.sent else ""
    return {"sent": found.sent, "reason": found.reason, "to": to, "note": note}


def address(cookie: Cookie, scheme: str) -> str:
    """Return an address that the cookie is meant for."""
    return f"{scheme}://{cookie.domain}{cookie.path}"


def loopback_note(cookie: Cookie, url: str) -> str:
    """Return why a Secure cookie went over http, which it does on this machine alone."""
    if cookie.secure and url.startswith("http:") and trustworthy(url):
        return f"Secure does not stop it: browsers trust http to this very machine, and {cookie.domain} is here."

    return ""
