"""Mallory's moves against passwords, a line or two each, and how an attack tells what it came to."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from labsrv.kit.addresses.urls import host_header
from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.http.transport import Request
from labsrv.kit.lessons.attacks import Outcome
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.passwords.cracking import crack, guesses
from labsrv.labs.passwords.gate import DEVICE
from labsrv.labs.passwords.people import WEAK, change_password, is_logged_in, log_in, stored

WORDS = ("dragon", "monkey", "football", "sunshine", "baseball", "princess")
LIKELY = tuple(f"{one}-{other}" for one, other in itertools.permutations(WORDS, 2))
WRONG, STRANGER = "wrong-guess-of-mallory", "nobody-of-that-name"
NEW = "Seven-fake-words-of-nobody-7"


def try_one(browser: Browser, shop: Site, name: str, password: str) -> int:
    """Send one guess, and return the answer's status: 303 for a login, 401 for a wrong one, 429 for too many."""
    return log_in(browser, shop, name=name, password=password).exchanges[0].status


def write_by_hand(
    browser: Browser, url: str, fields: Mapping[str, str], headers: Sequence[tuple[str, str]] = ()
) -> Exchange:
    """Send a form with a program of one's own: with whatever headers, and with no cookie but what these say."""
    body = urlencode(fields).encode()
    about = [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]
    written = Request("POST", url, [("Host", host_header(url)), *about, *headers], body)
    return browser.network.converse(written, [])[1]


def guess(browser: Browser, shop: Site, name: str, passwords: Iterable[str] = LIKELY) -> str | None:
    """Try passwords on one account, and return the one that opens it."""
    return next((each for each in passwords if try_one(browser, shop, name, each) == 303), None)


def spray(browser: Browser, shop: Site, names: Iterable[str], password: str = WEAK) -> str | None:
    """Try one password on many accounts, and return the name of the one that it opens."""
    return next((name for name in names if try_one(browser, shop, name, password) == 303), None)


def bot(lab: Lab, number: int) -> Browser:
    """Return a browser at an address of its own."""
    return lab.browser(f"bot-{number}")


def invent_device(browser: Browser, shop: Site, number: int) -> None:
    """Write a device cookie that the shop never gave out."""
    browser.jar.receive(f"{DEVICE}=made-up-{number}; Secure; Path=/", shop.url)


def work_for(lab: Lab, name: str) -> int:
    """Return how many hashes the shop makes when somebody tries this name: on a real shop, one hears it in the time."""
    before = lab.hasher.calls
    log_in(lab.mallory, lab.shop, name=name, password=WRONG)
    return lab.hasher.calls - before


# How an attack tells what it came to.


def choose(browser: Browser, shop: Site, password: str) -> None:
    """Let somebody log in and choose another password; the shop may refuse it."""
    log_in(browser, shop)
    change_password(browser, shop, new=password)


def cracked(lab: Lab, name: str) -> Outcome:
    """Guess at what the stolen table keeps of somebody, with the work of 100,000 fast hashes; use what comes out."""
    kept = stored(lab, name)
    found = crack(kept)
    if found is None:
        return Outcome(False, f"in the time of 100,000 fast hashes she made {guesses(kept):,} guesses, all wrong.")

    log_in(lab.mallory, lab.shop, name=name, password=found)
    return in_account(lab, name, f"{found!r}, found within {guesses(kept):,} guesses,")


def guessed_after_choosing(lab: Lab, choice: str, tried: list[str]) -> Outcome:
    """Let Bob choose a password, if the shop will have it, and try a few on his account."""
    choose(lab.bob, lab.shop, choice)
    found = guess(lab.mallory, lab.shop, lab.bob.person.name, tried)
    return told(bool(found), f"Bob was let choose {found!r}", "the shop did not let Bob choose what she would try")


def in_account(lab: Lab, name: str, what: str) -> Outcome:
    """Return whether Mallory sees somebody's account."""
    opens = is_logged_in(lab.mallory, lab.shop, as_=name)
    return Outcome(opens, f"{what} {'opens' if opens else 'does not open'} {name}'s account.")


def told_of_guess(
    found: str | None, yes: str = "{!r} opened Walter's account", no: str = "she was stopped before she came to it"
) -> Outcome:
    """Return the outcome of guessing."""
    return told(found is not None, yes.format(found), no)


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")
