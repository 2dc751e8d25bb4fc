"""What a browser remembers of its exchanges: the last ones, and the last words about each cookie."""

from labsrv.kit.cookies.parsing import cookie_name
from labsrv.kit.http.traffic import Exchange

KEPT = 1_000
NAMELESS = "the cookie without a name"


class History:
    """The exchanges of one browser."""

    def __init__(self, who: str):
        self.who = who
        self.exchanges: list[Exchange] = []
        self.last_words: dict[str, str] = {}

    def keep(self, exchange: Exchange) -> None:
        """Keep an exchange, and the last words about each cookie in it."""
        self.exchanges.append(exchange)
        del self.exchanges[:-KEPT]
        set_here = [value for name, value in exchange.response_headers if name.lower() == "set-cookie"]

        words = [(sent.cookie.name, sent.reason) for sent in exchange.cookies_sent]
        for value, stored in zip(set_here, exchange.cookies_set, strict=False):
            words.append((stored.cookie.name if stored.cookie else cookie_name(value), stored.reason))
        for name, reason in words:
            self.last_words[name] = f"{name or NAMELESS}: {reason.rstrip('.')} ({exchange.method} {exchange.url})."

    def why(self, name: str, *, gone: bool = False) -> str:
        """Return what was last decided about the cookie of this name; `gone` says that the jar has it no more."""
        words = self.last_words.get(name)

        if words is None:
            return f"{self.who}'s browser has not met a cookie named {name!r}."
        if gone and words.removeprefix(f"{name or NAMELESS}: ").startswith(("sent", "stored", "withheld")):
            return f"{words[:-1]}; since then it has expired or was removed."
        return words
