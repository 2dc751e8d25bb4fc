"""A browser in the notebook: its address bar, its page, its cookies.

    BrowserView(lab.alice)                                          what Alice sees
    HBox([BrowserView(lab.alice), BrowserView(lab.mallory)])        side by side

What code does to the browser shows at once, and what is clicked here, code finds in `lab.alice.page`.

    click, form, address ──▶ kernel: Browser ──HTTP──▶ site
                                       │
    frame ◀── cleaned by the view's script ◀── markup, images and styles as data

The page in the frame is hostile by design. It runs no script, sends no request, and leads nowhere: see the `.js`.
"""

import threading
import time
from typing import Any

import traitlets

from labsrv.kit.browser.browser import Browser, BrowserError
from labsrv.kit.browser.framing import Framed, framed
from labsrv.kit.browser.page import Page
from labsrv.kit.cookies.jar import Cookie
from labsrv.widgets.base import View
from labsrv.widgets.browser.wishes import BadWish, fulfil

# Seconds between two updates while code makes many visits.
PAUSE = 0.05
LONGEST_VALUE = 24
LONGEST_TRACEBACK = 4_000
MOST_COOKIES = 60

NO_PAGE = "shows no page yet. Type an address, or let code navigate."
# Side by side each takes an equal part.
LAYOUT = {"flex": "1 1 0", "min_width": "280px", "margin": "2px"}
BARE = "Its styles are not shown: they ask for too much work."
TOLD = {
    "empty": "The answer has no content.",
    "too much": "This page has {excess}; it is not shown here. Its source is in lab.{name}.page.text.",
    "other": "This is a file, and no page: {size:,} bytes of {kind}.",
}


class BrowserView(View):
    """What one browser shows. `height` is that of the page, in pixels; `with_cookies=False` leaves the list out."""

    LOOKS = frozenset({"show", "nothing"})

    name = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(360).tag(sync=True)
    with_cookies = traitlets.Bool(True).tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    cookies = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, browser: Browser, **options: Any):
        self.browser = browser
        self.lock = threading.RLock()
        self.ready = state_of(browser)
        self.stale = {"page", "cookies"}
        self.updates = 0
        self.updated = 0.0
        self.due: threading.Timer | None = None
        super().__init__(name=browser.name, **({"layout": LAYOUT} | options))
        self.update()
        browser.listeners.append(self.show_page)
        browser.jar.listeners.append(self.show_cookies)
        self.on_msg(self.fulfil_wish)
        self.lasts_as_long_as(browser.lifetime)

    def as_text(self) -> str:
        """Return the page as a line."""
        return f"{self.browser.name}: {self.browser.page or 'no page yet'}"

    def show_page(self, _: Page) -> None:
        """Show where the browser is now; what its page needs is loaded by whoever made the visit."""
        self.ready = state_of(self.browser)
        self.changed("page")

    def show_cookies(self, *_: Any) -> None:
        """Look at the cookies again."""
        self.changed("cookies")

    def changed(self, part: str) -> None:
        """Show what has changed: at once, or a moment later while there is much of it."""
        with self.lock:
            self.stale.add(part)
            wait = self.updated + PAUSE - time.monotonic()
            if wait <= 0:
                self.update()
            elif self.due is None:
                self.due = threading.Timer(wait, self.update)
                self.due.daemon = True
                self.due.start()

    def update(self) -> None:
        """Send the front end what there is to see."""
        with self.lock:
            if self.due:
                self.due.cancel()
            stale, self.stale, self.due, self.updated = self.stale, set(), None, time.monotonic()
            if "page" in stale:
                # The count tells two visits apart that brought the same.
                self.updates += 1
                self.shown = {**self.ready, "count": self.updates}
            if "cookies" in stale:
                self.cookies = [cookie_row(each) for each in self.browser.jar.all()[:MOST_COOKIES]]

    def fulfil_wish(self, _: Any, wish: Any, __: Any) -> None:
        """Do what somebody did in the view, and answer with what came of it."""
        try:
            fulfil(self.browser, wish)
            if self.ready["kind"] == "trouble":
                self.show_page(self.browser.current())
        except (BrowserError, BadWish) as error:
            self.ready = state_of(self.browser, str(error))
            self.changed("page")
        finally:
            self.update()
            self.send({"done": True})

    def last_look(self) -> None:
        """Show what waits to be shown."""
        self.update()

    def listen_no_more(self) -> None:
        """Listen to neither the browser nor its jar."""
        forget(self.browser.listeners, self.show_page)
        forget(self.browser.jar.listeners, self.show_cookies)


def forget(listeners: list[Any], listener: Any) -> None:
    """Remove a listener from a list, if it is there."""
    if listener in listeners:
        listeners.remove(listener)


def state_of(browser: Browser, trouble: str = "") -> dict[str, Any]:
    """Return what there is to see, as plain data; `trouble` is a sentence in place of the page."""
    page = browser.page
    state = {"back": len(browser.pages) > 1, "url": page.url if page else "", "title": page.title if page else ""}

    if trouble:
        return {**state, "kind": "trouble", "said": trouble, "page": page is not None}
    if page is None:
        return {**state, "kind": "blank", "said": f"{browser.name.capitalize()}'s browser {NO_PAGE}"}

    # Loaded by this very browser: what a page shows depends on the cookies that go along.
    found = framed(browser, page)
    return {
        **state,
        "kind": found.kind,
        "said": said_of(found, page, browser.name),
        "status": page.status,
        "trail": [f"{each.method} {each.url} → {each.status}" for each in page.exchanges[:-1]],
        "markup": found.markup,
        "images": found.images,
        "styles": found.styles,
        "bare": found.bare,
        "error": (page.exchange.error or "")[-LONGEST_TRACEBACK:],
    }


def said_of(found: Framed, page: Page, name: str) -> str:
    """Return what is to be said about a page beside showing it, or in place of it."""
    kind = page.headers.get("Content-Type", "an unknown kind")
    told = TOLD.get(found.kind, "").format(size=len(page.body), kind=kind, excess=found.excess, name=name)
    if found.left_out:
        told += f"{found.left_out} of its images and stylesheets are not shown: too many, or too large."
    if found.bare:
        told = f"{told} {BARE}".strip()
    return told


def cookie_row(cookie: Cookie) -> dict[str, Any]:
    """Return a cookie as a row of a short list."""
    value = cookie.value if len(cookie.value) <= LONGEST_VALUE else cookie.value[: LONGEST_VALUE - 1] + "…"
    marks = [("Secure", cookie.secure), ("HttpOnly", cookie.http_only)]
    same_site = "no SameSite" if cookie.same_site == "Default" else f"SameSite={cookie.same_site}"
    where = cookie.domain if cookie.host_only else f"{cookie.domain} and its subdomains"
    return {
        "name": cookie.name,
        "value": value,
        "where": where + ("" if cookie.path == "/" else cookie.path),
        "marks": ", ".join([*(mark for mark, there in marks if there), same_site]),
    }
