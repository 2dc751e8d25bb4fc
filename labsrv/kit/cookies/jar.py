"""A strict cookie jar that explains itself.

    parse a Set-Cookie  →  may it be stored?  →  the jar  →  may it be sent?  →  the Cookie header
    parsing.py             storing.py                        retrieving.py

It follows draft-ietf-httpbis-rfc6265bis-22, section 5, whose numbers all cookie modules cite as "RFC 6265bis". Where
Chromium differs, it follows Chromium, and a comment says so. It does not model partitioned cookies (the attribute is
ignored like any unknown one), nor that browsers block third-party cookies of their own accord.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import Lock

from labsrv.kit.addresses.sites import host_of, registrable_domain, same_site, trustworthy
from labsrv.kit.addresses.urls import path_of
from labsrv.kit.cookies.matching import path_matches
from labsrv.kit.cookies.model import Context, Cookie, Key, SameSite, Sent, Stored
from labsrv.kit.cookies.parsing import BadCookie, Parsed, parse
from labsrv.kit.cookies.retrieving import concerns, context_of, decide, in_sending_order, retrieval_for
from labsrv.kit.cookies.storing import Receipt, candidate, described, objection, to_evict

__all__ = [
    "Context",
    "Cookie",
    "CookieJar",
    "SameSite",
    "Sent",
    "Stored",
    "registrable_domain",
    "same_site",
    "trustworthy",
]


class CookieJar:
    """One browser's cookies. `now` returns seconds since the epoch.

    `lax_allow_unsafe_seconds` is how long a cookie without SameSite goes along with a cross-site top-level POST: two
    minutes in browsers, 0 switches the exception off. `listeners` are called after each change of what is kept.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.time,
        *,
        lax_allow_unsafe_seconds: float = 120,
        max_per_domain: int = 180,
        max_total: int = 3000,
    ):
        self.now = now
        self.lax_allow_unsafe_seconds = lax_allow_unsafe_seconds
        self.max_per_domain = max_per_domain
        self.max_total = max_total
        self.listeners: list[Callable[[], None]] = []
        self._cookies: dict[Key, Cookie] = {}
        self._lock = Lock()

    def receive(
        self,
        set_cookie: str,
        url: str,
        *,
        from_http: bool = True,
        site_for_cookies: str | None = None,
        top_level_navigation: bool = False,
    ) -> Stored:
        """Decide about one Set-Cookie that came from `url`; return whether it was stored, and why.

        `from_http=False` is script that writes `document.cookie`. `site_for_cookies` is the address of the top-level
        page that the request was made for, "null" for none that counts; None is a request of the page's own site.
        """
        if not host_of(url):
            return Stored(False, None, "refused, because the address it came from has no host")

        # A malformed cookie is refused whole, before anything in it counts.
        now = self.now()
        try:
            parsed = parse(set_cookie, now)
        except BadCookie as error:
            return Stored(False, None, f"refused, because {error}")

        context = context_of(url, site_for_cookies, top_level_navigation)
        receipt = Receipt(url, from_http, context == "strict", top_level_navigation)
        # Decided and stored under one lock: between two answers nobody finds the jar half changed.
        with self._lock:
            stored = self._store(candidate(parsed, url, now), parsed, receipt, now)
        if stored.stored or stored.removed:
            self._tell()
        return stored

    def _store(self, new: Cookie, parsed: Parsed, receipt: Receipt, now: float) -> Stored:
        """5.7: keep the cookie, delete the one that it ends, or refuse it."""
        self._drop_expired(now)
        why_not = objection(new, parsed, receipt, self._cookies.values())

        if why_not is None and new.expired(now):
            return self._removed(new)

        if why_not is None:
            return self._kept(new)

        return Stored(False, new, f"refused, because {why_not}")

    def _removed(self, new: Cookie) -> Stored:
        """Delete what an expired Set-Cookie replaces: a cookie of the same name, host and path."""
        old = self._cookies.pop(new.key, None)

        if old is not None:
            return Stored(False, new, "removed, because its expiry is in the past", removed=True)

        return Stored(False, new, "refused, because its expiry is in the past and there is no such cookie to remove")

    def _kept(self, new: Cookie) -> Stored:
        """Insert the cookie; a jar that is full afterwards lets others go, or this very one."""
        old = self._cookies.get(new.key)

        # The draft keeps the creation time whenever a cookie is replaced (5.7). Chromium keeps it only for the
        # same value: a new session gets a new place in the order, and its own two minutes of "Lax-allowing-unsafe".
        if old is not None and old.value == new.value:
            new = replace(new, created=old.created)
        else:
            self._cookies.pop(new.key, None)

        self._cookies[new.key] = new
        self._remove_excess()

        if new.key in self._cookies:
            replaces = " in place of the one before" if old else ""
            return Stored(True, new, f"stored{replaces}, because no rule forbids it: {described(new)}")

        return Stored(
            False, new, f"refused, because the jar is full and this cookie of {new.domain} is the first to go"
        )

    def cookies_for(
        self,
        url: str,
        *,
        method: str = "GET",
        site_for_cookies: str | None = None,
        top_level_navigation: bool = False,
        same_site_context: Context | None = None,
        for_script: bool = False,
        credentials: bool = True,
    ) -> list[Sent]:
        """Decide about every cookie whose domain matches the host, in sending order; those sent count as used now.

        `site_for_cookies` is as in `receive`; `same_site_context` replaces what follows from it (chains of redirects).
        """
        now = self.now()
        retrieval = retrieval_for(
            url,
            method=method,
            context=same_site_context or context_of(url, site_for_cookies, top_level_navigation),
            for_script=for_script,
            credentials=credentials,
            now=now,
            lax_allow_unsafe_seconds=self.lax_allow_unsafe_seconds,
        )

        # To be sent counts as used, which decides who goes first when the jar is full.
        with self._lock:
            self._drop_expired(now)
            matching = [cookie for cookie in self._cookies.values() if concerns(cookie, retrieval.host)]
            return [self._used(decide(cookie, retrieval), now) for cookie in in_sending_order(matching)]

    def _used(self, decision: Sent, now: float) -> Sent:
        """5.8.3, step 3: note when a cookie was last sent."""
        if not decision.sent:
            return decision

        used = replace(decision.cookie, last_access=now)
        self._cookies[used.key] = used
        return Sent(True, used, decision.reason)

    def header(self, decisions: Iterable[Sent]) -> str:
        """5.8.3, step 4: return the one Cookie header's value for these decisions, "" if nothing is sent."""
        sent = [decision.cookie for decision in decisions if decision.sent]
        return "; ".join(f"{cookie.name}={cookie.value}" if cookie.name else cookie.value for cookie in sent)

    def script_cookies(self, url: str) -> str:
        """Return what `document.cookie` shows to script on a page at this address."""
        return self.header(self.cookies_for(url, for_script=True))

    def put(self, cookie: Cookie) -> None:
        """Put a cookie into the jar as it is, past every rule: whoever holds a stolen one can."""
        with self._lock:
            self._cookies[cookie.key] = cookie
        self._tell()

    def get(self, name: str, url: str | None = None) -> Cookie | None:
        """Return the first cookie of this name in sending order, if given an address the first that goes there."""
        return next((cookie for cookie in self.all() if cookie.name == name and goes_to(cookie, url)), None)

    def remove(self, name: str, *, domain: str | None = None, path: str | None = None) -> int:
        """Delete the cookies of this name, of one domain or path if given, and return how many."""
        with self._lock:
            doomed = [
                cookie
                for cookie in self._cookies.values()
                if cookie.name == name and domain in (None, cookie.domain) and path in (None, cookie.path)
            ]
            for cookie in doomed:
                del self._cookies[cookie.key]

        self._tell()
        return len(doomed)

    def clear(self) -> None:
        """Delete every cookie."""
        with self._lock:
            self._cookies.clear()
        self._tell()

    def forget_session_cookies(self) -> None:
        """Close the browser: delete every cookie that has no expiry (5.7)."""
        with self._lock:
            self._cookies = {key: cookie for key, cookie in self._cookies.items() if cookie.expires is not None}
        self._tell()

    def copy(self, now: Callable[[], float] | None = None) -> "CookieJar":
        """Return a jar of the same cookies and settings, with a time of its own if given; this one is left alone."""
        other = CookieJar(
            now or self.now,
            lax_allow_unsafe_seconds=self.lax_allow_unsafe_seconds,
            max_per_domain=self.max_per_domain,
            max_total=self.max_total,
        )
        with self._lock:
            other._cookies = dict(self._cookies)
        return other

    def all(self) -> list[Cookie]:
        """Return the cookies that have not expired, in sending order."""
        with self._lock:
            self._drop_expired(self.now())
            return in_sending_order(self._cookies.values())

    def __len__(self) -> int:
        return len(self.all())

    def __repr__(self) -> str:
        return f"<CookieJar: {', '.join(f'{cookie.name} for {cookie.domain}' for cookie in self.all()) or 'empty'}>"

    def _tell(self) -> None:
        """Call the listeners, outside the lock: they will look into the jar."""
        for listen in list(self.listeners):
            listen()

    def _drop_expired(self, now: float) -> None:
        """5.7: evict all expired cookies whenever there are any."""
        for key in [key for key, cookie in self._cookies.items() if cookie.expired(now)]:
            del self._cookies[key]

    def _remove_excess(self) -> None:
        """5.7: let cookies go until the limits are kept."""
        while excess := to_evict(list(self._cookies.values()), self.max_per_domain, self.max_total):
            del self._cookies[excess.key]


def goes_to(cookie: Cookie, url: str | None) -> bool:
    """Return whether host and path of an address are the cookie's; every cookie goes to no address in particular."""
    if url is None:
        return True

    host = host_of(url)
    if concerns(cookie, host) and (cookie.host_only is False or cookie.domain == host):
        return path_matches(path_of(url), cookie.path)

    return False
