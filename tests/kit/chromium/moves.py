"""What a page can make a browser do, for Chromium as markup, and for our browser as a call.

URL stands for the address, NUMBER for the try's number.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page

Ours = Callable[[Browser, str, Page], Any]


@dataclass(frozen=True)
class Move:
    """How both browsers do it. `kind` is "part" (of a page), "hand" (an element to press) or "typed"."""

    kind: str
    markup: str
    ours: Ours
    script: bool = False


def filled(markup: str, number: str, address: str) -> str:
    """Return an element for one try."""
    return markup.replace("URL", escape(address)).replace("NUMBER", number)


def element(markup: str, ours: Ours) -> Move:
    """Return the move of an element that loads something."""
    return Move("part", markup.replace("ENDED", "onload=\"ended('NUMBER')\" onerror=\"ended('NUMBER')\""), ours)


READ = """async (url, options) => {
    try {
        const answer = await fetch(url, options), text = await answer.text()
        return [answer.type, answer.status, text, ...answer.headers.keys()].join(' ').trim()
    } catch { return 'error' }
}"""


def fetch(*options: dict[str, Any], query: str = "", **one: Any) -> Move:
    """Return the move of script that fetches, one after another where several options are given.

    `query` is added to the address from the second time on.
    """
    turns = list(options) or [one]
    script = f"""<script>(async () => {{
        const read = {READ}, all = []
        for (const options of {json.dumps(turns)})
            all.push(await read('URL' + (all.length ? '{query}' : ''), options))
        ended('NUMBER', all.join(', '))
    }})()</script>"""

    def ours(alice: Browser, url: str, page: Page) -> Any:
        return [alice.fetch(url + (query if number else ""), from_=page, **each) for number, each in enumerate(turns)]

    return Move("part", script, ours, script=True)


def link(attributes: str = "") -> Move:
    """Return the move of a link, followed by hand; one in a frame has to fill the window, or nobody follows it."""

    def ours(alice: Browser, url: str, page: Page) -> Any:
        if page is not alice.page:
            return alice.navigate(url, from_=page)
        return alice.click(next(each for each in page.links if each.url == url))

    return Move("hand", f"<a id=go {attributes} href='URL'>Go</a>", ours)


def form(method: str = "POST", attributes: str = "") -> Move:
    """Return the move of a form, sent by hand."""
    markup = f"<form {attributes} method={method} action='URL'><input name=a value=1><button id=go>Go</button></form>"
    return Move("hand", markup, lambda alice, url, page: alice.submit(page.form_to(url)))


TYPED = Move("typed", "", lambda alice, url, page: alice.navigate(url))
IMAGE = element("<img src='URL' ENDED>", lambda alice, url, page: alice.load_image(url, from_=page))
STYLE = element("<link rel=stylesheet href='URL' ENDED>", lambda alice, url, page: alice.load_style(url, from_=page))
FRAME = element("<iframe src='URL' ENDED></iframe>", lambda alice, url, page: alice.load_frame(url, from_=page))
