"""What somebody may ask of a browser from its view: each wish is looked at before it is fulfilled.

{"do": "navigate", "address": …}     {"do": "back"}     {"do": "reload"}
    {"do": "show"} the page again       {"do": "nothing"} but say that somebody is there
{"do": "click", "href": …, "policy": …}
{"do": "submit", "action": …, "method": …, "enctype": …, "entries": [[name, value], …]}
"""

import re
from collections.abc import Callable
from typing import Any, TypedDict, cast

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Link
from labsrv.kit.html.forms import MULTIPART, PLAIN, URLENCODED, Entries

LONGEST_ADDRESS = 8 * 1024
MOST_ENTRIES = 500
LONGEST_ENTRY = 256 * 1024
WHOLE = re.compile(r"/|[a-z][a-z0-9+.-]*://|(?:javascript|data|about|mailto|file|view-source):", re.IGNORECASE)


class Wish(TypedDict, total=False):
    """A message of the view. It comes from a page that may be hostile, so its values are anything until looked at."""

    do: object
    address: object
    href: object
    policy: object
    action: object
    method: object
    enctype: object
    entries: object


class BadWish(Exception):
    """Nobody can do this; the message says why."""


def fulfil(browser: Browser, wish: Any) -> None:
    """Do what is wished for, or raise `BadWish` or `BrowserError`."""
    act = DOES.get(str(wish.get("do"))) if isinstance(wish, dict) else None

    if act:
        return act(browser, cast(Wish, wish))

    raise BadWish("The view asked for something that no browser does.")


def navigate(browser: Browser, wish: Wish) -> None:
    """Open a typed address; as in every browser, http:// need not be typed."""
    address = text(wish, "address", LONGEST_ADDRESS).strip()
    if not address:
        raise BadWish("Type an address first, such as the one that the lab printed when it started.")

    browser.navigate(address if WHOLE.match(address) else f"http://{address}")


def click(browser: Browser, wish: Wish) -> None:
    """Click a link of the page."""
    href, page = text(wish, "href", LONGEST_ADDRESS), browser.page
    if page is None:
        raise BadWish("There is no page with a link.")

    browser.click(Link("", page.absolute(href, page.base), href, text(wish, "policy", 100) or None))


def submit(browser: Browser, wish: Wish) -> None:
    """Send a form of the page as it was filled in."""
    method = "POST" if text(wish, "method", 10).upper() == "POST" else "GET"
    enctype = text(wish, "enctype", 100)
    browser.send(
        text(wish, "action", LONGEST_ADDRESS),
        entries(wish.get("entries")),
        method=method,
        enctype=enctype if enctype in (MULTIPART, PLAIN) else URLENCODED,
    )


def back(browser: Browser, wish: Wish) -> None:
    """Go back one page."""
    browser.back()


def reload(browser: Browser, wish: Wish) -> None:
    """Ask for the page again."""
    browser.reload()


def nothing(browser: Browser, wish: Wish) -> None:
    """Leave everything as it is."""


def entries(given: Any) -> Entries:
    """Return a form's entries, or raise `BadWish`."""
    if not isinstance(given, list) or len(given) > MOST_ENTRIES:
        raise BadWish(f"A form sends a list of at most {MOST_ENTRIES} entries here.")
    for each in given:
        if not (isinstance(each, list) and len(each) == 2 and all(isinstance(part, str) for part in each)):
            raise BadWish("An entry of a form is a name and a value.")
        if len(each[0]) + len(each[1]) > LONGEST_ENTRY:
            raise BadWish(f"An entry of a form has at most {LONGEST_ENTRY:,} characters here.")

    return [(name, value) for name, value in given]


def text(wish: Wish, name: str, longest: int) -> str:
    """Return a text of the wish, "" if it is not there; raise `BadWish` where it is none, or too long."""
    value = wish.get(name, "")

    if isinstance(value, str) and len(value) <= longest:
        return value

    raise BadWish(f"The view sent no proper {name}.")


DOES: dict[str, Callable[[Browser, Wish], None]] = {
    "navigate": navigate,
    "click": click,
    "submit": submit,
    "back": back,
    "reload": reload,
    "show": nothing,
    "nothing": nothing,
}
