"""A signed token, seen through: what it says, whether it holds, why not, and what a site makes of another one.

    TokenInspector(token, keys=lab.jwks)                    a JWKS, a JWK, a PEM, a secret, or a function returning one
    TokenInspector(token, send=as_bearer(lab.alice, url))   one click sends it; the answer shows below

    paste, edit, sign, send ──▶ kernel: labsrv.kit.tokens: compact, verdicts, signatures
                                   │
    three parts, meanings, verdict ◀── one dict, the same for the same token and keys

Nothing is called valid here whose signature was not checked with a key that was given. Keys stay in the kernel: the
front end, and the notebook's file, get their names only.
"""

import threading
from collections.abc import Callable
from typing import Any

import traitlets

from labsrv.kit.clock import Clock
from labsrv.kit.json_text import BadJson, read_json, squeezed_json
from labsrv.kit.lifetime import Lifetime, newest
from labsrv.kit.text import cut, plain
from labsrv.kit.tokens.compact import LONGEST, BadToken, Token, encode, read_unverified, with_text
from labsrv.kit.tokens.keys import BadKey, KeySet, TokenKey, read_keys
from labsrv.kit.tokens.signatures import SIGNING, fits, new_key, sign_again
from labsrv.kit.tokens.verdicts import Verdict, judge, verdicts
from labsrv.widgets.base import View, source
from labsrv.widgets.tokens.answers import as_bearer, try_out
from labsrv.widgets.tokens.shown import LONGEST_PART, NEW_KEY, as_lines, keys_shown, part_shown, sentence, verdict_shown

__all__ = ["TokenInspector", "as_bearer"]

PARTS = ("header", "claims", "signature")
EDITED = "The {} changed here since the signature was made: before that it fitted."
OWN = "It is that of the new key made here, which no reader has."
REMEMBERED = 50


class TokenInspector(View):
    """One token. `token` is what is looked at; code sets it, and finds in it what was edited and signed here."""

    _esm = source(__file__, "fields.js", "inspector.js")
    _css = source(__file__, "inspector.css")

    LOOKS = frozenset({"paste", "segment", "edit", "key", "sign", "back", "look"})

    token = traitlets.Unicode()
    title = traitlets.Unicode("Token").tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    told = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    can_send = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        token: str = "",
        *,
        keys: Any = None,
        clock: Clock | None = None,
        send: Callable[[str], Any] | None = None,
        lifetime: Lifetime | None = None,
        **options: Any,
    ):
        self.lock = threading.RLock()
        self.keys_given, self.typed, self.made = keys, "", KeySet()
        self.known = KeySet()
        self.clock = clock or Clock()
        self.send_to = send
        self.came, self.sent, self.by_hand = token, "", False
        # What somebody typed stays as they typed it, though the token holds it squeezed; and a signature that once
        # fitted is remembered with what it was about, to say later what was changed.
        self.drafts: dict[str, tuple[str, str]] = {}
        self.fitted: dict[str, tuple[str, str]] = {}
        super().__init__(token=token, can_send=send is not None, **options)
        self.lifetime = lifetime or self.clock.lifetime or newest()
        self.look()
        self.tell_time()
        self.clock.listeners.append(self.tell_time)
        self.observe(self.arrived, "token")
        self.on_msg(self.wished)
        self.lasts_as_long_as(self.lifetime)

    @property
    def verdict(self) -> Verdict:
        """Return what is to be thought of the token now, on the lab's clock."""
        return judge(read_unverified(self.token), self.all_keys(), self.time())

    def time(self) -> float:
        """Return the time that counts here, in seconds since the epoch: that of a lab that has ended stands still."""
        return self.lifetime.time() if self.lifetime else self.clock.time()

    def all_keys(self) -> KeySet:
        """Return the keys that were given, asked for anew, and those that were typed into the view."""
        given = read_keys(self.keys_given, "the key given")
        return given + read_keys(self.typed, "the key typed in") if self.typed else given

    def as_text(self) -> str:
        """Return the token, what its members mean, and the verdict."""
        return "\n".join(as_lines(read_unverified(self.token), self.verdict, self.time()))

    # From the token to what there is to see.

    def look(self, *_: Any) -> None:
        """Show the token as it is now: the same token and keys always show the same."""
        # All verdicts at once, each with its moment: the front end goes from one to the next without asking.
        token = read_unverified(self.token)
        self.known = self.all_keys()
        turns = verdicts(token, self.known)
        self.remember(token, turns[-1][1])
        more = self.what_happened_here(token, turns[0][1])
        self.shown = {
            "length": len(self.token),
            "fault": token.fault,
            "compact": cut(plain(self.token), LONGEST_PART) if token.fault else "",
            "alg": token.alg if token.alg in SIGNING else SIGNING[0],
            "parts": {name: self.part(name, token) for name in PARTS},
            "verdicts": [[since, verdict_shown(each) | more] for since, each in turns],
            "keys": keys_shown(self.known + self.made),
            "edited": self.token != self.came,
        }
        if self.answer:
            self.answer = self.answer | {"stale": self.token != self.sent}

    def arrived(self, _: Any) -> None:
        """Look at another token; what code has set is what edits are undone to."""
        if not self.by_hand:
            self.came = self.token
        self.look()

    def part(self, name: str, token: Token) -> dict[str, Any]:
        """Return what there is to see of one part; what somebody types stays as they typed it."""
        part = getattr(token, name)
        segment, draft = self.drafts.get(name, (None, None))
        edited = part.segment != getattr(read_unverified(self.came), name).segment
        return part_shown(name, part, draft if segment == part.segment else None) | {"edited": edited}

    def remember(self, token: Token, verdict: Verdict) -> None:
        """Remember what a signature was about when it fitted."""
        if verdict.key:
            self.fitted[token.signature.segment] = (token.header.segment, token.claims.segment)
            while len(self.fitted) > REMEMBERED:
                del self.fitted[next(iter(self.fitted))]

    def what_happened_here(self, token: Token, verdict: Verdict) -> dict[str, Any]:
        """Return better reasons than one can see from outside: what was edited, what was signed with a new key."""
        if verdict.state != "broken":
            return {}

        before = self.fitted.get(token.signature.segment)
        if before:
            changed = [
                name for name, segment in zip(PARTS, before, strict=False) if getattr(token, name).segment != segment
            ]
            return {"hints": [EDITED.format(" and the ".join(changed))]}
        own = any(fits(token.alg, key, token.signed, token.signature.data or b"") for key in self.made.usable)
        return {"hints": [OWN]} if own else {}

    def tell_time(self, _: float = 0.0) -> None:
        """Send the front end the time on the lab's clock; it counts the seconds by itself."""
        with self.lock:
            count = self.told.get("count", 0) + 1
            self.told = {"time": round(self.time(), 3), "count": count}

    # From what somebody does to the token.

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Do what somebody did in the view; what cannot be done is said, and changes nothing."""
        wish = wish if isinstance(wish, dict) else {}
        said = ""
        self.by_hand = True
        try:
            self.fulfil(wish)
        except (BadToken, BadKey) as error:
            said = sentence(str(error))
        finally:
            self.by_hand = False
            self.said = said
            self.send({"done": wish.get("count")})

    def fulfil(self, wish: dict[str, Any]) -> None:
        """Do one thing, or raise `BadToken` or `BadKey`."""
        # A wish of another shape is not fulfilled: whatever runs in the notebook's page can send one.
        match wish:
            case {"do": "paste", "text": str(text)}:
                self.token = without_bearer(text)
            case {"do": "segment", "part": str(part), "text": str(text)} if part in PARTS:
                self.replace(part, text)
            case {"do": "edit", "part": "header" | "claims" as part, "text": str(text)}:
                self.edit(part, text)
            case {"do": "key", "text": str(text)}:
                self.typed = text.strip("\n")
                self.look()
            case {"do": "sign", "alg": str(alg), "key": int(index)}:
                self.token = sign_again(self.token, alg, self.key_for(alg, index))
                self.look()
            case {"do": "send"} if self.send_to:
                self.sent = self.token
                self.answer = try_out(self.send_to, self.sent) | {"stale": False}
            case {"do": "back"}:
                self.drafts, self.token = {}, self.came
            case {"do": "look"}:
                self.tell_time()

    def replace(self, part: str, text: str) -> None:
        """Put other text in place of one encoded part; a whole token takes the place of all."""
        if text.count(".") == 2:
            self.token = without_bearer(text)
            return

        token = read_unverified(self.token)
        segments = {name: getattr(token, name).segment for name in PARTS} | {part: "".join(text.split())[:LONGEST]}
        self.token = ".".join(segments.values())

    def edit(self, part: str, text: str) -> None:
        """Encode edited text anew: JSON without the spaces between its parts, anything else as it was typed."""
        token = read_unverified(self.token)
        old = getattr(token, part)
        text = text[:LONGEST]
        new = squeezed(text)
        # Spaces alone change nothing: the part stays as it came, letter by letter.
        same = old.text is not None and new == squeezed(old.text)
        self.drafts[part] = (old.segment if same else encode(new.encode("utf-8", "surrogatepass")), text)
        if same:
            self.look()
        else:
            self.token = with_text(token, part, new)

    def key_for(self, alg: str, index: int) -> TokenKey | None:
        """Return the key that somebody chose to sign with, or raise `BadKey`."""
        own = self.known.usable + self.made.usable
        if alg == "none":
            return None
        if index == NEW_KEY:
            made = new_key(alg)
            self.made = KeySet((made,))
            return made
        if 0 <= index < len(own):
            return own[index]

        raise BadKey("This key is not there any more.")

    def last_look(self) -> None:
        """Tell the lab's last moment."""
        self.tell_time()

    def listen_no_more(self) -> None:
        """Listen to the clock no more."""
        if self.tell_time in self.clock.listeners:
            self.clock.listeners.remove(self.tell_time)


def without_bearer(text: str) -> str:
    """Return a token without what comes along when it is copied from a header: spaces, and the word Bearer."""
    found = text.strip()
    return found[7:].strip() if found[:7].lower() == "bearer " else found


def squeezed(text: str) -> str:
    """Return JSON without the spaces between its parts, and other text as it is."""
    try:
        read_json(text)
    except BadJson:
        return text
    return squeezed_json(text)
