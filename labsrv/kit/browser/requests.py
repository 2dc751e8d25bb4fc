"""What a page makes its browser ask for while it stays: script's fetches, images, stylesheets, frames.

`Browser` is this and goes places besides.
"""

from collections.abc import Callable
from typing import Any

from labsrv.kit.addresses.urls import BadAddress, origin_of, resolve
from labsrv.kit.browser.history import History
from labsrv.kit.browser.page import Page, source_of
from labsrv.kit.browser.response import Response
from labsrv.kit.cookies.jar import CookieJar
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.fetch import cors
from labsrv.kit.fetch.errand import Credentials, Errand, Mode, Source
from labsrv.kit.fetch.network import Fetched, Network, NetworkError
from labsrv.kit.fetch.referrer import DEFAULT
from labsrv.kit.fetch.script_requests import Body, content_of, script_headers, unfit
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.http.transport import Transport


class BrowserError(SaidPlainly):
    """The browser cannot do this; the message says why and what to do. `exchanges` is how far it got."""

    def __init__(self, message: str, exchanges: list[Exchange] | None = None):
        super().__init__(message)
        self.exchanges = exchanges or []


class Requests:
    """What one person's browser asks the sites for; the page in the window stays as it is."""

    def __init__(self, name: str, transport: Transport, now: Callable[[], float], address: str):
        self.name = name
        self.address = address
        self.jar = CookieJar(now)
        self.page: Page | None = None
        self.memory = History(name)
        self.network = Network(name, address, transport, self.jar, now)
        self.network.listeners.append(self.memory.keep)

    # What a page does.

    def fetch(
        self,
        url: Any,
        *,
        mode: Mode = "cors",
        credentials: Credentials = "same-origin",
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: Body = None,
        json: Any = None,
        from_: Any = None,
    ) -> Response:
        """Do what `fetch()` does in script of the page or origin `from_` (the current page if there is one)."""
        # Misuse of this method is said at once; what a browser refuses is an answer that script has to cope with.
        address = self.absolute(url)
        source = self.source(from_, address)
        if mode not in ("cors", "no-cors", "same-origin"):
            raise BrowserError(f"Script cannot use mode {mode!r}: it is cors, no-cors or same-origin.")
        if credentials not in ("omit", "same-origin", "include"):
            raise BrowserError(f"Credentials are omit, same-origin or include, not {credentials!r}.")

        # The body decides on a type only where script has named none.
        content, kind = content_of(body, json)
        given = ({"Content-Type": "application/json"} if json is not None else {}) | (headers or {})
        errand = Errand([address], source, mode, "empty", cors.method_name(method), credentials=credentials)
        errand.body = content or b""
        errand.headers, dropped = script_headers(given, kind, mode)
        if refusal := unfit(errand.method, mode, content):
            return Response.error(address, f"blocked, because {refusal}", [])
        return self.ask(errand, dropped)

    def load_image(self, url: Any, *, from_: Any = None) -> Response:
        """Load what an `<img src>` on a page names."""
        address = self.absolute(url)
        return self.ask(Errand([address], self.source(from_, address), "no-cors", "image"))

    def load_style(self, url: Any, *, from_: Any = None) -> Response:
        """Load what a `<link rel=stylesheet>` on a page names."""
        address = self.absolute(url)
        return self.ask(Errand([address], self.source(from_, address), "no-cors", "style"))

    def load_frame(self, url: Any, *, from_: Any = None) -> Page:
        """Load what an `<iframe src>` on a page names; the page around it stays."""
        address = self.absolute(url)
        errand = Errand([address], self.source(from_, address), "navigate", "iframe")
        return page_of(self.follow(errand))

    # How it is done.

    def follow(self, errand: Errand) -> Fetched:
        """Return how a navigation ended, or raise `BrowserError`."""
        try:
            return self.network.fetch(errand)
        except NetworkError as error:
            raise BrowserError(sentence(str(error)), error.exchanges) from error

    def ask(self, errand: Errand, dropped: list[str] | None = None) -> Response:
        """Return what script gets to see of an answer."""
        try:
            return Response.of(self.network.fetch(errand), dropped or [])
        except NetworkError as error:
            response = Response.error(errand.url, f"blocked, because {error}", error.exchanges, dropped or [])
            response.preflight = error.preflight
            return response

    def source(self, from_: Any, otherwise: str = "", *, own: bool = False) -> Source:
        """Return where a request comes from.

        Without `from_`: the current page; if there is none, or with `own` one of another origin, the site itself.
        """
        if from_ is None and self.page and (not own or self.page.origin == origin_of(otherwise)):
            from_ = self.page
        if isinstance(from_, Page):
            return source_of(from_)
        if from_ is None:
            return Source(origin_of(otherwise) + "/")

        text = getattr(from_, "url", from_)
        return Source(text if text == "null" else self.absolute(text), DEFAULT)

    def absolute(self, url: Any) -> str:
        """Return an address that this browser opens, or raise `BrowserError`. A Site or a Page stands for its own."""
        text = getattr(url, "url", url)
        if not isinstance(text, str):
            raise BrowserError(f"{url!r} is no address: give one as text, or a Site or Page that has one.")
        try:
            address = resolve(self.page.url if self.page else None, text)
        except BadAddress as error:
            raise BrowserError(str(error)) from error

        # Whatever else a link may hold: a page's script is never run here, and nothing else leaves the lab.
        if address.startswith(("http://", "https://")):
            return address
        if address.startswith("javascript:"):
            raise BrowserError("This browser never runs the script of a page, and a javascript: address is script.")
        scheme = address.partition(":")[0]
        raise BrowserError(
            f"This browser opens http and https addresses, and {text!r} is for something else ({scheme}:)."
        )

    def current(self) -> Page:
        """Return the current page, or raise `BrowserError`."""
        if self.page is not None:
            return self.page

        raise BrowserError(f"{self.name}'s browser shows no page yet: call navigate(url) first.")


def page_of(outcome: Fetched) -> Page:
    """Return the page that a navigation ended on."""
    errand = outcome.errand
    return Page(errand.url, outcome.status, outcome.headers, outcome.body, errand.exchanges, errand)


def sentence(reason: str) -> str:
    """Return a reason as a sentence of its own; an address at its beginning stays as it is."""
    start = reason if reason.startswith("http") else reason[:1].upper() + reason[1:]
    return start.rstrip(".") + "."
