"""What script gets to see of an answer, and why not more."""

import json
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import Headers

from labsrv.kit.browser.page import decode_text
from labsrv.kit.fetch import cors
from labsrv.kit.fetch.errand import Kind
from labsrv.kit.fetch.network import Fetched
from labsrv.kit.http.traffic import Exchange


@dataclass(repr=False)
class Response:
    """An answer as `fetch()` hands it to script. What script may not read is empty here; `exchange` has it all.

    `type` is "basic" (own origin), "cors" (allowed by the other origin), "opaque" (mode no-cors) or "error" (blocked).
    """

    url: str
    type: Kind
    reason: str
    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    exchanges: list[Exchange] = field(default_factory=list)
    preflight: Exchange | None = None
    dropped: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, outcome: Fetched, dropped: list[str]) -> "Response":
        """Return the answer, cut down to what its kind shows (Fetch, "filtered response")."""
        errand = outcome.errand
        seen = cls(errand.url, errand.kind, outcome.reason, exchanges=errand.exchanges, dropped=dropped)
        seen.preflight = errand.preflight

        if errand.kind == "opaque":
            seen.url = ""
            return seen
        with_cookies = errand.credentials == "include"
        headers = cors.without_set_cookie(outcome.headers)
        seen.headers = cors.exposed(outcome.headers, with_cookies=with_cookies) if errand.kind == "cors" else headers
        seen.status, seen.body = outcome.status, outcome.body
        return seen

    @classmethod
    def error(cls, url: str, reason: str, exchanges: list[Exchange], dropped: list[str] | None = None) -> "Response":
        """Return the answer that is none: script gets a TypeError."""
        return cls(url, "error", reason, exchanges=exchanges, dropped=dropped or [])

    @property
    def readable(self) -> bool:
        """Return whether script may read status, headers and text."""
        return self.type in ("basic", "cors")

    @property
    def ok(self) -> bool:
        """Return whether the status is a 2xx that script can see."""
        return 200 <= self.status <= 299

    @property
    def exchange(self) -> Exchange | None:
        """Return the last exchange with the site, readable or not; None if nothing was sent."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def text(self) -> str:
        """Return the body that script can read."""
        return decode_text(self.body, self.headers.get("Content-Type", ""))

    def json(self) -> Any:
        """Return what the body's JSON says; raises ValueError, with the reason, where nothing can be read."""
        if self.readable:
            return json.loads(self.text)

        raise ValueError(f"There is nothing to read: {self.reason}.")

    def __repr__(self) -> str:
        return f"<Response {self.type} {self.status or '-'} {self.url or '-'}: {self.reason}>"
