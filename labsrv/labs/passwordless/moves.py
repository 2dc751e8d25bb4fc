"""Mallory's moves against links and codes, a line or two each, and how an attack tells what it came to."""

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from hashlib import md5
from urllib.parse import parse_qs, urlencode, urlsplit

from labsrv.kit.addresses.urls import host_header
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.cookies.jar import Cookie
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.http.transport import Request
from labsrv.kit.lessons.attacks import Outcome
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.passwordless.people import ask_for_link, enter_code, is_logged_in

ASKED = "__Host-asked"
OUTSIDE = (
    "Mail goes to a real server now (AUTHLAB_SMTP_URL): nobody's mailbox is flooded there. Unset it, and try again."
)


def link_for(lab: Lab, who: Browser) -> str:
    """Return the link in the newest mail for somebody."""
    return str(lab.mail.last(who).links[0])


def token_of(address: str) -> str:
    """Return the token that an address carries."""
    return parse_qs(urlsplit(address).query).get("token", [""])[0]


def use_token(browser: Browser, shop: Site, token: str) -> Page:
    """Send the button's form with a token."""
    return browser.submit(shop.magic, token=token)


def ask_naming_a_host(browser: Browser, shop: Site, address: str, host: str) -> None:
    """Ask for somebody's link, and let a header say that the shop is called something else."""
    browser.navigate(shop.login)
    browser.fetch(shop.ask_for_link, method="POST", body={"address": address}, headers={"X-Forwarded-Host": host})


def write_by_hand(
    browser: Browser,
    url: str,
    fields: Mapping[str, str],
    headers: Sequence[tuple[str, str]] = (),
    method: str = "POST",
) -> Exchange:
    """Send a request with a program of one's own: with whatever headers, and with no cookie but what these say."""
    body = urlencode(fields).encode()
    about = [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]
    host = [] if "Host" in dict(headers) else [("Host", host_header(url))]
    written = Request(method, url, [*host, *(about if fields else []), *headers], body)
    return browser.network.converse(written, [])[1]


def scan(lab: Lab, of: Browser) -> Browser:
    """Open every link in the newest mail for somebody, as the mail server of a company does; return its browser."""
    scanner = lab.browser("scanner")
    for link in lab.mail.last(of).links:
        scanner.navigate(link)
    return scanner


def asked_cookie(browser: Browser, shop: Site) -> Cookie:
    """Return the cookie by which the shop knows the browser that asked."""
    return next(each.cookie for each in browser.jar.cookies_for(shop.url) if each.cookie.name == ASKED)


def tabs(lab: Lab, of: Browser, many: int) -> list[Browser]:
    """Return browsers with a copy of somebody's cookie: to the shop they are the one that asked."""
    cookie = asked_cookie(of, lab.shop)
    found = [lab.browser(f"tab-{number}") for number in range(1, many + 1)]
    for each in found:
        each.jar.put(cookie)
    return found


def likely_tokens(name: str, at: float, around: int = 5) -> Iterator[str]:
    """Yield what a hash of the name and the second would be, for the seconds around a time."""
    for second in range(int(at) - around, int(at) + around + 1):
        yield md5(f"{name} {second}".encode(), usedforsecurity=False).hexdigest()


def likely_codes(at: float) -> list[str]:
    """Return what a generator draws first if it begins at this second or the one before, with and without zeros."""
    found = []
    for second in (int(at), int(at) - 1):
        found.append(f"{random.Random(second).randrange(1_000_000):06}")
        found.append(f"{random.Random(second).randrange(100_000, 1_000_000)}")
    return found


def guess(browser: Browser, shop: Site, challenge: str, code: str = "000000") -> int:
    """Enter a code, and return the answer's status: 303 for a login, 401 for a wrong one, 429 for too many."""
    return enter_code(browser, shop, challenge, code).exchanges[0].status


def flood(lab: Lab, victim: Browser, senders: list[Browser]) -> int:
    """Ask for somebody's link again and again; return how many mails came. Refuses where mail is real."""
    if lab.mail.outside or os.environ.get("AUTHLAB_SMTP_URL", "").strip():
        raise RuntimeError(OUTSIDE)

    before = len(lab.mail.inbox(victim))
    for sender in senders:
        ask_for_link(sender, lab.shop, victim.person.email)
    return len(lab.mail.inbox(victim)) - before


# How an attack tells what it came to.


def in_account(lab: Lab, browser: Browser, of: Browser, what: str) -> Outcome:
    """Return whether a browser sees somebody's account."""
    opens = is_logged_in(browser, lab.shop, as_=of)
    return Outcome(opens, f"{what} {'opens' if opens else 'does not open'} {of.person.name}'s account.")


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")
