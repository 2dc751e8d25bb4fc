"""A browser that explains itself: it keeps the rules of a real one, and says why for every cookie.

    alice.navigate(url)              type an address; with from_=page, click a link on that page
    alice.click("Your basket")       click a link of the current page
    alice.submit(form, name="…")     fill in a form and send it
    alice.fetch(url, mode="cors")    what script of the current page would do, with CORS
    alice.load_image(url), .load_style(url), .load_frame(url)
    alice.page, alice.back(), alice.reload(), alice.sees("Hello"), alice.why("session")

Standards: Fetch, HTML, Fetch Metadata, Referrer Policy, RFC 6265bis. Script on a page is never run. Not modelled: the
HTTP cache, HSTS, Content-Security-Policy and X-Frame-Options, partitioned cookies.
"""

import time
from collections.abc import Callable
from typing import Any

from labsrv.kit.addresses.urls import with_query
from labsrv.kit.browser.history import KEPT
from labsrv.kit.browser.page import Link, Page
from labsrv.kit.browser.requests import BrowserError, Requests, page_of
from labsrv.kit.fetch.errand import TYPED, Errand, Source
from labsrv.kit.fetch.referrer import POLICIES
from labsrv.kit.html.forms import URLENCODED, Entries, Form, encode, urlencoded
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.http.transport import Transport
from labsrv.kit.lifetime import Lifetime

__all__ = ["Browser", "BrowserError"]


class Browser(Requests):
    """One person's browser.

    `history` has its last exchanges, `pages` the pages that `back` returns to. `listeners` are called with the page
    after each visit, whoever caused it; an answer without content, and a download, leave `page` as it was.
    """

    lifetime: Lifetime | None = None  # that of the lab which this browser belongs to

    def __init__(
        self,
        name: str,
        *,
        transport: Transport,
        now: Callable[[], float] = time.time,
        address: str = "192.0.2.10",
        person: Any = None,
    ):
        super().__init__(name, transport, now, address)
        self.person = person
        self.pages: list[Page] = []
        self.listeners: list[Callable[[Page], None]] = []

    # Going somewhere.

    def navigate(self, url: Any, *, from_: Any = None) -> Page:
        """Type an address, or click a link to it on the page or origin `from_`; return the page it leads to."""
        source = self.source(from_) if from_ is not None else TYPED
        return self.visit(self.navigation(self.absolute(url), source))

    def click(self, link: str | Link) -> Page:
        """Click a link of the current page: one of its `links`, or the one of these words or this address."""
        page = self.current()
        found = link if isinstance(link, Link) else page.link(link)
        if found is None:
            words = ", ".join(repr(each.text) for each in page.links) or "none"
            raise BrowserError(f"This page has no link {link!r}. Its links: {words}.")

        policy = found.policy if found.policy in POLICIES else page.policy
        return self.visit(self.navigation(self.absolute(found.url), Source(page.url, policy)))

    def submit(self, form: Any, /, *, from_: Any = None, method: str | None = None, **fields: Any) -> Page:
        """Fill in a form and send it: a Form, the name or id of one on this page, or the address it sends to.

        For an address the current page's form with this action is sent, hidden fields and all. Without one, or with
        `from_`, it is as if that page (by default one of the site itself) held a form with these fields.
        """
        form, source = self.form_for(form, from_, method)
        entries, button = form.filled(fields)
        action = (button and button.action) or form.action
        method = method or (button and button.method) or form.method
        return self.visit(self.submission(self.absolute(action), method.upper(), entries, form.enctype, source))

    def send(self, action: str, entries: Entries, *, method: str = "GET", enctype: str = URLENCODED) -> Page:
        """Send a form of the current page with these very entries, as they are when a person presses its button."""
        page = self.current()
        address = self.absolute(page.absolute(action, page.base) if action.strip() else page.url)
        return self.visit(self.submission(address, method.upper(), entries, enctype, self.source(page)))

    def back(self) -> Page:
        """Go back one page. It is shown as it was, without a request, unless it said `Cache-Control: no-store`."""
        if len(self.pages) < 2:
            raise BrowserError("There is no page to go back to.")

        before = self.pages[-2]
        if "no-store" in before.headers.get("Cache-Control", "").lower():
            if before.errand.method != "GET":
                raise BrowserError("That page answered a form and was not to be stored: send the form again.")
            return self.visit_again(before, self.pages[:-2])

        self.pages.pop()
        self.page = before
        self.tell(before)
        return before

    def reload(self) -> Page:
        """Ask for the current page again, for the reason it was asked for: an answered form is sent again.

        RFC 6265bis, 8.8.5: what a reload may send follows from how the page was reached.
        """
        page = self.current()
        own = self.pages and self.pages[-1] is page
        return self.visit_again(page, self.pages[:-1] if own else self.pages)

    # Looking.

    def sees(self, text: str) -> bool:
        """Return whether the current page shows this text."""
        return self.page is not None and self.page.sees(text)

    def script_cookies(self) -> str:
        """Return what `document.cookie` says on the current page."""
        return self.jar.script_cookies(self.page.url) if self.page else ""

    def why(self, name: str) -> str:
        """Return what was last decided about the cookie of this name, in one sentence."""
        gone = all(cookie.name != name for cookie in self.jar.all())
        return self.memory.why(name, gone=gone)

    @property
    def history(self) -> list[Exchange]:
        """Return the exchanges that this browser had, oldest first."""
        return self.memory.exchanges

    def __repr__(self) -> str:
        return f"<Browser {self.name}: {self.page or 'no page yet'}>"

    # How it is done.

    def navigation(self, url: str, source: Source) -> Errand:
        """Return the errand of a click or a typed address."""
        return Errand([url], source, "navigate", "document", by_hand=True)

    def submission(self, action: str, method: str, entries: Entries, enctype: str, source: Source) -> Errand:
        """Return the errand of a form (HTML, "form submission algorithm")."""
        if method != "POST":
            return self.navigation(with_query(action, urlencoded(entries)), source)

        errand = self.navigation(action, source)
        errand.method = "POST"
        errand.body, kind = encode(entries, enctype)
        errand.headers = [("Content-Type", kind)]
        return errand

    def visit(self, errand: Errand) -> Page:
        """Go where the errand leads, and stay there."""
        return self.arrive(page_of(self.follow(errand)))

    def arrive(self, page: Page) -> Page:
        """Show the page that an errand has ended on."""
        # An answer without content, and a download, leave the page where it is (HTML, "navigate").
        download = page.headers.get("Content-Disposition", "").lower().startswith("attachment")
        if page.status not in (204, 205) and not download:
            self.page = page
            self.pages = [*self.pages[-KEPT:], page]
        self.tell(page)
        return page

    def visit_again(self, page: Page, before: list[Page]) -> Page:
        """Ask for a page once more; where no answer comes, what `back` returns to stays."""
        known, self.pages = self.pages, before
        errand = page.errand.again()
        # What the way there has cut Referer down to, a reload does not bring back (as in Chromium).
        errand.referrer = page.errand.referrer
        try:
            return self.visit(errand)
        except BrowserError:
            self.pages = known
            raise

    def tell(self, page: Page) -> None:
        """Call the listeners with the page that a visit has led to."""
        for listen in list(self.listeners):
            listen(page)

    def form_for(self, form: Any, from_: Any, method: str | None) -> tuple[Form, Source]:
        """Return the form that is meant, and the page it stands on."""
        if isinstance(form, Form):
            page = form.page if from_ is None else from_
            return form, self.source(page, form.action)
        if isinstance(form, str) and not looks_like_an_address(form):
            return self.form_named(form), self.source(self.page)

        action = self.absolute(form)
        if from_ is None and self.page and (known := self.page.form_to(action)):
            return known, self.source(self.page)
        return Form(action, method or "POST", enctype=URLENCODED), self.source(from_, action, own=True)

    def form_named(self, name: str) -> Form:
        """Return the current page's form of this name or id."""
        forms = self.current().forms
        found = next((form for form in forms if name in (form.name, form.id)), None)
        if found:
            return found

        names = ", ".join(repr(form.name) for form in forms) or "none"
        raise BrowserError(f"This page has no form named {name!r}. Its forms: {names}.")


def looks_like_an_address(text: str) -> bool:
    """Return whether a text is an address, and no form's name."""
    return "/" in text or text.startswith("?")
