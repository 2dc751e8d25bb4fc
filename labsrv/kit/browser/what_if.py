"""Would these cookies be sent if …? The jar's own rules, asked about a request that nobody sends.

    would_be_sent(alice.jar, "http://shop.localhost/", from_="http://mallory.localhost/", by="form", after=180)

The jar is copied, the copy's time moved on, and the copy asked: nothing is used, evicted or noted in the jar itself.
"""

from typing import Literal

from labsrv.kit.addresses.sites import host_of
from labsrv.kit.cookies.jar import CookieJar
from labsrv.kit.cookies.model import Cookie, Sent
from labsrv.kit.cookies.retrieving import concerns
from labsrv.kit.cookies.storing import until
from labsrv.kit.fetch.errand import Errand, Source
from labsrv.kit.fetch.network import initiator

By = Literal["link", "form", "fetch", "image", "frame"]


def would_be_sent(jar: CookieJar, url: str, *, from_: str | None, by: By = "link", after: float = 0.0) -> list[Sent]:
    """Decide about every cookie of an address's host, as if the page `from_` (None: typed) asked `after` seconds on.

    A cookie that has expired by then is among those withheld.
    """
    moment = jar.now() + after
    errand = errand_of(url, from_, by)
    decisions = jar.copy(lambda: moment).cookies_for(
        url,
        method=errand.method,
        site_for_cookies=initiator(errand),
        top_level_navigation=errand.top_level,
        credentials=errand.with_cookies,
    )
    return decisions + [gone(cookie) for cookie in jar.copy().all() if goes_there_no_more(cookie, url, moment)]


def errand_of(url: str, from_: str | None, by: By) -> Errand:
    """Return what a browser would set out to do, with the very fields that `Browser` gives it."""
    # The same errands as in `Browser`, so that the same rules answer.
    source = Source(from_)

    match by:
        case "link":
            return Errand([url], source, "navigate", "document", by_hand=True)
        case "form":
            return Errand([url], source, "navigate", "document", "POST", by_hand=True)
        case "fetch":
            return Errand([url], source, "cors", "empty", credentials="include")
        case "image":
            return Errand([url], source, "no-cors", "image")
        case "frame":
            return Errand([url], source, "navigate", "iframe")

    raise ValueError(f"A page sends a request by link, form, fetch, image or frame, not by {by!r}.")


def goes_there_no_more(cookie: Cookie, url: str, moment: float) -> bool:
    """Return whether a cookie of this host expires before the moment."""
    return cookie.expired(moment) and concerns(cookie, host_of(url))


def gone(cookie: Cookie) -> Sent:
    """Return the decision about a cookie that is not in the jar any more."""
    return Sent(False, cookie, f"withheld, because it is gone by then: it lives {until(cookie)}")
